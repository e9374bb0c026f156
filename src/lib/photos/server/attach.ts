import { and, eq, gt, inArray, isNull } from 'drizzle-orm';
import type { Db } from '../../platform/server/db.ts';
import { photos } from './schema.ts';

/**
 * Makes staged photos part of an issue, in the order they were sent. Those that are gone, or belong
 * to something already, are left out. Answers the ids that were taken.
 */
export async function attachPhotos(
	tx: Db,
	photoIds: string[],
	to: { municipalityId: string; issueId: string; eventId?: string; private?: boolean },
	now: Date
): Promise<string[]> {
	if (photoIds.length === 0) return [];
	const { municipalityId, ...belongs } = to;
	const taken = await tx
		.update(photos)
		.set({ ...belongs, expiresAt: null })
		.where(
			and(
				inArray(photos.id, photoIds),
				eq(photos.municipalityId, municipalityId),
				isNull(photos.issueId),
				gt(photos.expiresAt, now)
			)
		)
		.returning({ id: photos.id });
	const ids = photoIds.filter((id) => taken.some((each) => each.id === id));
	for (const [position, id] of ids.entries())
		if (position > 0) await tx.update(photos).set({ position }).where(eq(photos.id, id));
	return ids;
}
