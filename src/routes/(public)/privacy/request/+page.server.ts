import { ownRequests, requestPrivacy } from '#lib/issues/server/index.ts';
import { askerOf } from '#lib/web/asker.ts';
import { attempt } from '#lib/web/attempt.ts';

export async function load({ locals, url }) {
	return {
		requests: await ownRequests(locals.db, askerOf(locals)),
		asked: url.searchParams.has('asked')
	};
}

export const actions = {
	default: async ({ locals, request }) => {
		const form = await request.formData();
		const text = (name: string) => String(form.get(name) ?? '');
		return attempt(
			form,
			() =>
				requestPrivacy(locals.db, askerOf(locals), {
					municipalityId: locals.municipality.id,
					kind: text('kind'),
					words: text('words'),
					receipt: text('receipt')
				}),
			'/privacy/request?asked'
		);
	}
};
