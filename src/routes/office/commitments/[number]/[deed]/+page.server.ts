import { error } from '@sveltejs/kit';
import {
	commitmentObstacle,
	isCommitmentDeed,
	readCommitmentNumber,
	type CommitmentDeedName
} from '#lib/commitments/rules.ts';
import { commitmentForOffice, commitmentVerbs } from '#lib/commitments/server/index.ts';
import { isId, newId } from '#lib/platform/ids.ts';
import { isoDay } from '#lib/platform/time.ts';
import { ask, attempt } from '#lib/web/attempt.ts';

interface Params {
	number: string;
	deed: string;
}

function read({ number, deed }: Params): { number: number; deed: CommitmentDeedName } {
	const wanted = readCommitmentNumber(number);
	if (!wanted || !isCommitmentDeed(deed))
		error(404, 'This page does not exist, or it is not yours to see.');
	return { number: wanted, deed };
}

export async function load({ locals, params }) {
	const { db, actor, municipality } = locals;
	const { number, deed } = read(params);
	const now = new Date();
	const commitment = await ask(() => commitmentForOffice(db, actor, municipality.id, number, now));
	return {
		commitment,
		deed,
		gone: commitmentObstacle(deed, commitment, {}, now) === 'not_from_here',
		today: isoDay(now, municipality.timezone),
		deedId: newId(now),
		now
	};
}

export const actions = {
	default: async ({ locals, params, request }) => {
		const { db, actor, municipality } = locals;
		const { number, deed } = read(params);
		const form = await request.formData();
		const text = (name: string) => String(form.get(name) ?? '');
		return attempt(
			form,
			async () => {
				const { id } = await commitmentForOffice(db, actor, municipality.id, number);
				await commitmentVerbs[deed](db, actor, {
					commitmentId: id,
					deedId: isId(text('deed')) ? text('deed') : newId(),
					version: Number(text('version')) || undefined,
					words: text('words'),
					dueOn: text('dueOn'),
					progress: form.has('progress') ? Number(text('progress')) : undefined
				});
			},
			`/office/commitments/${params.number}`
		);
	}
};
