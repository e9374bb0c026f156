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

/** The place of a report. Without one it has no ward and waits in the queue of the unplaced. */
export async function locate(_tx: Db, facts: ReportFacts): Promise<Located> {
	const point =
		facts.lat !== undefined && facts.lon !== undefined ? { lat: facts.lat, lon: facts.lon } : null;
	return {
		point,
		accuracy: point && facts.accuracy ? Math.round(facts.accuracy) : null,
		located: point ? (facts.pinned ? 'pin' : 'position') : facts.ward ? 'ward' : 'none',
		place: facts.place || null,
		wardCode: facts.ward ?? null,
		currentWardCode: facts.ward ?? null,
		maybeWardCodes: [],
		boundarySetId: null
	};
}
