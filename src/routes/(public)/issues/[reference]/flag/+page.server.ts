import { flag } from '#lib/issues/server/index.ts';
import { askerOf } from '#lib/web/asker.ts';
import { attempt } from '#lib/web/attempt.ts';
import { issueAt, keepToCanonical, referenceIn } from '#lib/web/issue-at.ts';

/** Afterwards the page says thank you without the issue: it may be hidden by then. */
export async function load({ locals, params, url }) {
	const reference = keepToCanonical(params, url);
	if (url.searchParams.has('thanks')) return { reference, title: '', thanks: true, own: false };
	const { title, part } = await issueAt(locals, reference);
	return { reference, title, thanks: false, own: part === 'reporter' };
}

export const actions = {
	default: async ({ locals, params, request }) => {
		const form = await request.formData();
		const reference = referenceIn(params);
		return attempt(
			form,
			() =>
				flag(locals.db, askerOf(locals), {
					municipalityId: locals.municipality.id,
					reference,
					reason: String(form.get('reason') ?? ''),
					words: String(form.get('words') ?? '')
				}),
			`/issues/${reference}/flag?thanks`
		);
	}
};
