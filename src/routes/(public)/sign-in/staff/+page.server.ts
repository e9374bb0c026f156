import { redirect } from '@sveltejs/kit';
import { isStaff } from '#lib/identity/permissions.ts';
import { showPassword } from '#lib/identity/server/index.ts';
import { attempt } from '#lib/web/attempt.ts';
import { localPath, withNext } from '#lib/web/next.ts';
import { fromOf } from '#lib/web/sign-in.ts';
import { keepHalf, startWork } from '#lib/web/staff-links.ts';

export function load({ locals, url }) {
	const next = localPath(url.searchParams.get('next'), '/office');
	if (locals.visitor && isStaff(locals.visitor)) redirect(303, next);
	return { next };
}

export const actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const next = localPath(event.url.searchParams.get('next'), '/office');
		let onward = next;
		return attempt(
			form,
			async () => {
				const shown = await showPassword(event.locals.db, {
					email: String(form.get('email') ?? ''),
					password: String(form.get('password') ?? ''),
					from: fromOf(event)
				});
				if (shown.personId) return startWork(event, shown.personId, null);
				keepHalf(event, shown.signInId!);
				onward = withNext('/sign-in/staff/code', next);
			},
			() => onward
		);
	}
};
