import { redirect } from '@sveltejs/kit';
import { pendingTry } from '#lib/identity/server/index.ts';
import { attempt } from '#lib/web/attempt.ts';
import { localPath, withNext } from '#lib/web/next.ts';
import { sendCode, tryOf } from '#lib/web/sign-in.ts';

export async function load({ locals, url, cookies }) {
	const next = localPath(url.searchParams.get('next'));
	if (locals.visitor) redirect(303, next === '/' ? '/account' : next);
	const pending = await pendingTry(locals.db, tryOf({ cookies }), locals.device);
	return { next, waiting: pending !== undefined && !pending.proved };
}

export const actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const next = localPath(event.url.searchParams.get('next'));
		return attempt(
			form,
			() => sendCode(event, String(form.get('contact') ?? '')),
			withNext('/sign-in/code', next)
		);
	}
};
