import type { Db } from '../../platform/server/db.ts';
import { log } from '../../platform/server/log.ts';
import type { Alert, AlertArea } from '../alert.ts';
import { partsOf } from '../parts.ts';
import type { CapPart } from './cap/compose.ts';
import { wardsWithin } from './within.ts';

/** The pieces of an area that do not touch, each with the wards it lies in. */
export async function capPartsOf(db: Db, alert: Alert): Promise<CapPart[]> {
	const areas = partsOf(alert.area);
	// Nothing is asked where nothing has to be told apart: a warning goes out though the map is away.
	if (areas.length === 1) return [{ n: 1, of: 1, area: alert.area, wards: alert.wards }];
	const parts: CapPart[] = [];
	for (const area of areas)
		parts.push({
			n: parts.length + 1,
			of: areas.length,
			area,
			wards: await wardsOf(db, alert, area)
		});
	return parts;
}

/** Those of an alert's wards in which a piece lies; all of them where it is a sliver of each, or nobody can tell. */
async function wardsOf(db: Db, { municipalityId, wards, issuedAt }: Alert, area: AlertArea) {
	const within = await db
		.transaction((tx) => wardsWithin(tx as unknown as Db, municipalityId, area, issuedAt!))
		.catch((reason): never[] => {
			log.error({ err: reason }, 'wards of a zone not told apart');
			return [];
		});
	const codes = new Set(within.map(({ code }) => code));
	const mine = wards.filter(({ code }) => codes.has(code));
	return mine.length ? mine : wards;
}
