import { error, fail } from '@sveltejs/kit';
import { possibleCommitmentDeeds, readCommitmentNumber } from '#lib/commitments/rules.ts';
import { commitmentForOffice, issueIdsOf, linkIssues } from '#lib/commitments/server/index.ts';
import { isId, newId } from '#lib/platform/ids.ts';
import { ask, attempt, sentTexts } from '#lib/web/attempt.ts';

const numberIn = (params: { number: string }) =>
	readCommitmentNumber(params.number) ??
	error(404, 'This page does not exist, or it is not yours to see.');

export async function load({ locals, params, url }) {
	const { db, actor, municipality } = locals;
	const now = new Date();
	const commitment = await ask(() =>
		commitmentForOffice(db, actor, municipality.id, numberIn(params), now)
	);
	return {
		commitment,
		deeds: possibleCommitmentDeeds(commitment.state),
		made: url.searchParams.has('made'),
		deed: newId(now),
		now
	};
}

/** References as they are typed: by commas, spaces or lines. */
const referencesIn = (text: string) =>
	text
		.toUpperCase()
		.split(/[\s,;]+/)
		.filter(Boolean)
		.slice(0, 100);

export const actions = {
	link: async ({ locals, params, request, url }) => {
		const { db, actor, municipality } = locals;
		const form = await request.formData();
		const wanted = referencesIn(String(form.get('references') ?? ''));
		const deedId = String(form.get('deed'));
		const found = await issueIdsOf(db, actor, municipality.id, wanted);
		const unknown = wanted.filter((each) => !found.some(({ reference }) => reference === each));
		if (!wanted.length || unknown.length || !isId(deedId))
			return fail(400, {
				refusal: unknown.length
					? `Not found among the public issues of your ward: ${unknown.join(', ')}.`
					: 'Write at least one reference, for example KHA-26-7K3MQ.',
				field: 'references',
				sent: sentTexts(form)
			});

		return attempt(
			form,
			async () => {
				const { id } = await commitmentForOffice(db, actor, municipality.id, numberIn(params));
				const issueIds = found.map(({ id: issueId }) => issueId);
				await linkIssues(db, actor, { commitmentId: id, issueIds, deedId });
			},
			url.pathname
		);
	}
};
