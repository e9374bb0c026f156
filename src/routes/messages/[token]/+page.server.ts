import { clockMinutes } from '#lib/delivery/clock.ts';
import {
	changeByLink,
	resumeByLink,
	settingsByLink,
	stopByLink,
	stopKindByLink,
	verifyContact
} from '#lib/delivery/server/index.ts';
import { messageLanguages } from '#lib/delivery/wording.ts';
import { languages, type Language } from '#lib/i18n/languages.ts';
import { ask, attempt } from '#lib/web/attempt.ts';

export async function load({ locals, params, url, setHeaders }) {
	setHeaders({ 'cache-control': 'private, no-store' });
	return {
		link: await ask(() => settingsByLink(locals.db, params.token)),
		done: url.searchParams.get('done'),
		languages: messageLanguages.map((code) => ({ code, name: languages[code as Language] }))
	};
}

type Deed = (db: App.Locals['db'], token: string) => Promise<unknown>;

const simple =
	(deed: Deed, done: string) =>
	async ({
		locals,
		params,
		request
	}: {
		locals: App.Locals;
		params: { token: string };
		request: Request;
	}) =>
		attempt(
			await request.formData(),
			() => deed(locals.db, params.token),
			`/messages/${params.token}?done=${done}`
		);

export const actions = {
	stop: simple(stopByLink, 'stop'),
	stop_kind: simple(stopKindByLink, 'stop_kind'),
	resume: simple(resumeByLink, 'resume'),
	confirm: simple(verifyContact, 'confirm'),
	change: async ({ locals, params, request }) => {
		const form = await request.formData();
		const text = (name: string) => String(form.get(name) ?? '');
		return attempt(
			form,
			() =>
				changeByLink(locals.db, params.token, {
					language: text('language'),
					quiet: {
						from: clockMinutes(text('quiet_from')),
						to: clockMinutes(text('quiet_to'))
					}
				}),
			`/messages/${params.token}?done=change`
		);
	}
};
