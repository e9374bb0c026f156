import type { Asker } from '#lib/identity/asker.ts';
import { reportIssue, type ReportFacts, type Reported } from '#lib/issues/server/index.ts';
import type { DemoSpot } from '../geography-spots.ts';
import { storyId } from './dice.ts';
import type { Stage } from './tell.ts';

/** Somebody of the story with their account, on a phone of their own. */
export const signedIn = ({ cast }: Stage, handle: string): Asker => ({
	actor: cast.byHandle(handle),
	receipts: [],
	device: storyId('phone', handle).replaceAll('-', '').slice(0, 22)
});

/** Where a spot of the story lies, as a report says it. */
export const at = (spot: DemoSpot) => ({
	lat: spot.point.lat,
	lon: spot.point.lon,
	place: spot.place,
	pinned: true
});

/** One report of today's people, told to nobody. */
export async function report(
	{ db, cast }: Stage,
	asker: Asker,
	key: string,
	facts: Omit<ReportFacts, 'municipalityId' | 'kind' | 'clientId'> & { kind?: 'suggestion' },
	when: Date
): Promise<Reported> {
	return reportIssue(
		db,
		asker,
		{
			kind: 'issue',
			...facts,
			municipalityId: cast.municipalityIds.KHA,
			clientId: storyId('today', key),
			silent: true
		},
		when
	);
}
