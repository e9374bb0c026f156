import { redirect } from '@sveltejs/kit';
import { peopleOfTry } from '#lib/identity/server/index.ts';
import { attempt } from '#lib/web/attempt.ts';
import { localPath, withNext } from '#lib/web/next.ts';
import { comeIn, tryOf } from '#lib/web/sign-in.ts';

export async function load({ locals, url, cookies }) {
	const next = localPath(url.searchParams.get('next'));
	const people = await peopleOfTry(locals.db, tryOf({ cookies }), locals.device);
	if (!people) redirect(303, withNext('/sign-in', next));
	return { next, people };
}

export const actions = {
	default: async (event) => {
		const form = await event.request.formData();
		const next = localPath(event.url.searchParams.get('next'));
		return attempt(
			form,
			() => comeIn(event, String(form.get('who') || 'nobody'), String(form.get('name') ?? '')),
			next
		);
	}
};
