import * as v from 'valibot';
import { fail } from '@sveltejs/kit';
import { wardsOf } from '#lib/geography/server/index.ts';
import { commitmentNumber } from '#lib/commitments/rules.ts';
import { issueIdsOf, makeCommitment, officesFor } from '#lib/commitments/server/index.ts';
import { isId, newId } from '#lib/platform/ids.ts';
import { isoDay } from '#lib/platform/time.ts';
import { ask, attempt, sentTexts, type Refused } from '#lib/web/attempt.ts';
import { readForm } from '#lib/web/read-form.ts';

const most = 100;

export async function load({ locals, url }) {
	const { db, actor, municipality } = locals;
	const now = new Date();
	const references = url.searchParams.getAll('issue').slice(0, most);
	return {
		offices: await officesFor(db, actor, municipality.id),
		office: url.searchParams.get('office') ?? '',
		wards: await wardsOf(db, municipality.id, now),
		issues: await issueIdsOf(db, actor, municipality.id, references),
		what: (url.searchParams.get('what') ?? '').slice(0, 200),
		today: isoDay(now, municipality.timezone),
		deed: newId(now)
	};
}

const text = v.optional(v.string(), '');
const schema = v.object({
	deed: v.pipe(
		v.string(),
		v.check((id) => isId(id), 'Open this page again: the form had lost its number.')
	),
	office: text,
	wardCode: text,
	what: text,
	evidence: text,
	dueOn: text,
	issue: v.optional(v.union([v.string(), v.array(v.string())]), [])
});

export const actions = {
	default: async ({ locals, request }) => {
		const { db, actor, municipality } = locals;
		const form = await request.formData();
		const { fields, problems } = readForm(form, schema);
		if (problems)
			return fail<Refused>(400, { refusal: problems[0].message, sent: sentTexts(form) });

		const references = [fields.issue].flat().slice(0, most);
		const issues = await ask(() => issueIdsOf(db, actor, municipality.id, references));
		let number = 0;
		return attempt(
			form,
			async () => {
				const made = await makeCommitment(db, actor, {
					...fields,
					id: fields.deed,
					municipalityId: municipality.id,
					issueIds: issues.map(({ id }) => id)
				});
				number = made.number;
			},
			() => `/office/commitments/${commitmentNumber(number)}?made=1`
		);
	}
};
