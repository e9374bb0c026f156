import { attachPhotos } from '../../photos/server/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import type { Case } from './append.ts';

/** Binds staged photos to the event they came with. Throws a 400 when one of them is gone. */
export async function attachProof(
	tx: Db,
	kase: Case & { eventId?: string },
	photoIds: string[] | undefined,
	now: Date
) {
	if (!photoIds?.length) return;
	const { municipalityId, subjectId: issueId, eventId, private: closed } = kase;
	const taken = await attachPhotos(
		tx,
		photoIds,
		{ municipalityId, issueId, eventId, private: closed },
		now
	);
	if (taken.length !== photoIds.length)
		throw new Refusal(400, 'A photo is no longer there. Choose it again.', 'photo');
}
