import { findWard } from '../../geography/server/index.ts';
import type { Point } from '../../platform/server/columns.ts';
import type { Db } from '../../platform/server/db.ts';
import type { ReportFacts } from './report-facts.ts';

/** Where an issue is, as its row keeps it. */
export interface Located {
	point: Point | null;
	/** Metres. */
	accuracy: number | null;
	located: 'position' | 'pin' | 'plus_code' | 'place' | 'ward' | 'none';
	place: string | null;
	wardCode: string | null;
	currentWardCode: string | null;
	maybeWardCodes: string[];
	boundarySetId: string | null;
}

/**
 * The place of a report, with its ward and the others it may lie in. Without one it has no ward and
 * waits in the queue of the unplaced.
 * @throws Refusal 400 when a position cannot be right or the ward is not one of this municipality
 */
export async function locate(db: Db, facts: ReportFacts, now: Date): Promise<Located> {
	const { municipalityId, lat, lon, accuracy, place, ward } = facts;
	const found = await findWard(
		db,
		municipalityId,
		{ lat, lon, accuracy, place, wardCode: ward },
		now
	);
	return {
		point: found.point,
		accuracy: found.accuracy,
		located: found.located === 'position' && facts.pinned ? 'pin' : found.located,
		place: place || null,
		wardCode: found.wardCode,
		currentWardCode: found.wardCode,
		maybeWardCodes: found.maybe,
		boundarySetId: found.boundarySetId
	};
}
