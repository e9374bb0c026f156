import { redirect } from '@sveltejs/kit';
import { isDemo } from '../../../../demo/index.ts';
import { addOwnContact, pendingTry } from '#lib/identity/server/index.ts';
import { attempt } from '#lib/web/attempt.ts';
import { forgetTry, tryOf } from '#lib/web/sign-in.ts';

export async function load({ locals, cookies }) {
	const pending = await pendingTry(locals.db, tryOf({ cookies }), locals.device);
	if (!pending) redirect(303, '/account#contacts');
	return { sentTo: pending.masked, outbox: isDemo() };
}

export const actions = {
	default: async (event) => {
		const form = await event.request.formData();
		return attempt(
			form,
			async () => {
				await addOwnContact(event.locals.db, event.locals.actor, {
					tryId: tryOf(event),
					code: String(form.get('code') ?? ''),
					device: event.locals.device
				});
				forgetTry(event);
			},
			'/account?saved=contacts#contacts'
		);
	}
};
