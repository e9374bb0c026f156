import {
	answerRecordOf,
	councillorById,
	listCommitments,
	personRecord,
	reportBacksBy,
	tallyCommitments
} from '#lib/commitments/server/index.ts';
import { isId } from '#lib/platform/ids.ts';
import { notFound } from '#lib/platform/refusal.ts';
import { ask } from '#lib/web/attempt.ts';

/** One person's record over all their terms: it follows the person, not the seat. */
export async function load({ locals, params }) {
	const { db, municipality } = locals;
	const now = new Date();
	const councillor = await ask(async () => {
		if (!isId(params.person)) throw notFound();
		return councillorById(db, municipality.id, params.person);
	});
	const filter = { personId: councillor.personId };
	return {
		councillor,
		record: await personRecord(db, municipality.id, councillor.personId),
		heard: await answerRecordOf(db, municipality.id, councillor.personId, now),
		promises: await listCommitments(db, municipality.id, filter, { limit: 10 }, now),
		tally: await tallyCommitments(db, municipality.id, filter, now),
		reports: await reportBacksBy(db, municipality.id, councillor.personId),
		now
	};
}
