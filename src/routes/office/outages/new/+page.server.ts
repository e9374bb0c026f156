import { composerChoices, proposalsFor, writeOutage } from '#lib/outages/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { wallTime } from '#lib/web/alert-form.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { deedOf } from '#lib/web/deed.ts';
import { noOutage, outageFactsOf, outageFieldsSent } from '#lib/web/outage-form.ts';

export async function load({ locals, url }) {
	const { db, actor, municipality } = locals;
	const now = new Date();
	const { timezone } = municipality;
	const like = url.searchParams.get('like')?.slice(0, 30);
	const choices = await ask(() => composerChoices(db, actor, municipality.id, now));
	const proposals = like ? await ask(() => proposalsFor(db, actor, municipality.id, now)) : [];
	const proposal = proposals.find(({ reports }) =>
		reports.some(({ reference }) => reference === like)
	);
	const empty = noOutage(now, timezone);
	return {
		choices,
		proposal: proposal && { like: like!, reports: proposal.issueIds.length },
		fields: proposal
			? {
					...empty,
					services: [proposal.service],
					corners: proposal.corners,
					starts: wallTime(proposal.since, timezone)
				}
			: empty,
		deed: newId(now)
	};
}

export const actions = {
	default: async ({ locals, request }) => {
		const { db, actor, municipality } = locals;
		const form = await request.formData();
		let number = 0;
		const answer = await attempt(
			form,
			async () => {
				({ number } = await writeOutage(db, actor, {
					...outageFactsOf(form, municipality.timezone),
					id: deedOf(form),
					municipalityId: municipality.id,
					like: String(form.get('like') ?? '')
				}));
			},
			() => `/office/outages/${number}?kept`
		);
		Object.assign(answer.data, { fields: outageFieldsSent(form) });
		return answer;
	}
};
