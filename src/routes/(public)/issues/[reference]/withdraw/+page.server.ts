import { error } from '@sveltejs/kit';
import { m } from '#lib/i18n/index.ts';
import { withdraw } from '#lib/issues/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { askerOf } from '#lib/web/asker.ts';
import { attempt } from '#lib/web/attempt.ts';
import { deedOf } from '#lib/web/deed.ts';
import { issueAt, keepToCanonical, referenceIn } from '#lib/web/issue-at.ts';

/** Only the reporter comes here, and only while it can be done. */
export async function load({ locals, params, url }) {
	const issue = await issueAt(locals, keepToCanonical(params, url));
	if (issue.part !== 'reporter') error(404, m.shell_not_found());
	const { reference, title, kind, deeds } = issue;
	return {
		reference,
		title,
		kind,
		possible: deeds.some((deed) => deed === 'withdraw' || deed === 'take_back'),
		deed: newId()
	};
}

export const actions = {
	default: async ({ locals, params, request }) => {
		const form = await request.formData();
		const reference = referenceIn(params);
		return attempt(
			form,
			() =>
				withdraw(locals.db, askerOf(locals), {
					municipalityId: locals.municipality.id,
					reference,
					deedId: deedOf(form),
					code: String(form.get('code') ?? ''),
					words: String(form.get('words') ?? '')
				}),
			`/issues/${reference}`
		);
	}
};
