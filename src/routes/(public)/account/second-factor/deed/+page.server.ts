import { error, fail, redirect } from '@sveltejs/kit';
import { isStaff } from '#lib/identity/permissions.ts';
import { showFactorAgain } from '#lib/identity/server/index.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { localPath } from '#lib/web/next.ts';

const codeField = 'second_factor';

/** The deed that waits, and every field of its form, to be sent on as they came. */
function waiting(url: URL, form: FormData) {
	const to = localPath(url.searchParams.get('to'), '/office');
	const fields = [...form].flatMap(([name, value]) =>
		typeof value === 'string' && name !== codeField ? [{ name, value }] : []
	);
	return { to, fields };
}

export function load({ locals, url, request, setHeaders }) {
	if (!isStaff(locals.actor)) error(404, 'This page does not exist, or it is not yours to see.');
	// Opened by its address, nothing waits here.
	if (request.method !== 'POST') redirect(303, localPath(url.searchParams.get('to'), '/office'));
	setHeaders({ 'cache-control': 'private, no-store' });
}

export const actions = {
	/** A weighty deed arrives here with its form (307), and waits for the code. */
	ask: async ({ request, url }) => waiting(url, await request.formData()),

	/** The code; then the form goes on to its deed as if it came from its own page. */
	show: async ({ request, url, locals: { db, actor } }) => {
		const form = await request.formData();
		const deed = waiting(url, form);
		try {
			await showFactorAgain(db, actor, String(form.get(codeField) ?? ''));
		} catch (reason) {
			if (!(reason instanceof Refusal)) throw reason;
			return fail(reason.status, { ...deed, refusal: reason.message });
		}
		redirect(307, deed.to);
	}
};
