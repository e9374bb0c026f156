import { and, eq, inArray, isNull } from 'drizzle-orm';
import { photos } from '../../photos/server/schema.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import type { Case } from './append.ts';

/** Binds staged photos to the event they came with. Throws a 400 when one of them is gone. */
export async function attachProof(
	tx: Db,
	kase: Case & { eventId?: string },
	photoIds: string[] | undefined
) {
	if (!photoIds?.length) return;
	const taken = await tx
		.update(photos)
		.set({
			issueId: kase.subjectId,
			eventId: kase.eventId,
			private: kase.private,
			expiresAt: null
		})
		.where(
			and(
				inArray(photos.id, photoIds),
				eq(photos.municipalityId, kase.municipalityId),
				isNull(photos.issueId)
			)
		)
		.returning({ id: photos.id });
	if (taken.length !== photoIds.length)
		throw new Refusal(400, 'A photo is no longer there. Choose it again.', 'photo');
}
