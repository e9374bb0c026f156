import { redirect } from '@sveltejs/kit';
import { isBetween, showSecondFactor } from '#lib/identity/server/index.ts';
import { attempt } from '#lib/web/attempt.ts';
import { localPath, withNext } from '#lib/web/next.ts';
import { fromOf } from '#lib/web/sign-in.ts';
import { halfOf, startWork } from '#lib/web/staff-links.ts';

export async function load({ locals, url, cookies }) {
	const next = localPath(url.searchParams.get('next'), '/office');
	if (!(await isBetween(locals.db, halfOf({ cookies }), locals.device)))
		redirect(303, withNext('/sign-in/staff', next));
}

export const actions = {
	default: async (event) => {
		const form = await event.request.formData();
		return attempt(
			form,
			async () => {
				const { personId } = await showSecondFactor(event.locals.db, {
					signInId: halfOf(event),
					code: String(form.get('code') ?? ''),
					from: fromOf(event)
				});
				await startWork(event, personId, new Date());
			},
			localPath(event.url.searchParams.get('next'), '/office')
		);
	}
};
