import { redirect } from '@sveltejs/kit';
import { isDemo } from '../../../../demo/index.ts';
import { pendingTry, proveCode } from '#lib/identity/server/index.ts';
import { attempt } from '#lib/web/attempt.ts';
import { localPath, withNext } from '#lib/web/next.ts';
import { comeIn, sendCode, tryOf } from '#lib/web/sign-in.ts';

export async function load({ locals, url, cookies }) {
	const next = localPath(url.searchParams.get('next'));
	const pending = await pendingTry(locals.db, tryOf({ cookies }), locals.device);
	if (!pending) redirect(303, withNext('/sign-in', next));
	return { next, sentTo: pending.masked, kind: pending.kind, outbox: isDemo() };
}

export const actions = {
	prove: async (event) => {
		const form = await event.request.formData();
		const next = localPath(event.url.searchParams.get('next'));
		let ask = false;
		return attempt(
			form,
			async () => {
				({ ask } = await proveCode(event.locals.db, {
					tryId: tryOf(event),
					code: String(form.get('code') ?? ''),
					device: event.locals.device
				}));
				if (!ask) await comeIn(event);
			},
			() => (ask ? withNext('/sign-in/who', next) : next)
		);
	},
	again: async (event) => {
		const form = await event.request.formData();
		const next = localPath(event.url.searchParams.get('next'));
		return attempt(
			form,
			() => sendCode(event, { again: tryOf(event) }),
			withNext('/sign-in/code', next)
		);
	}
};
