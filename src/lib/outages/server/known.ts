import { and, desc, eq, inArray, lte, sql } from 'drizzle-orm';
import { services } from '../../issues/server/schema.ts';
import type { Point } from '../../platform/server/columns.ts';
import type { Db } from '../../platform/server/db.ts';
import { activeStates } from '../rules.ts';
import { outages } from './schema.ts';

export interface AskedPlace {
	municipalityId: string;
	/** The code of what is reported. */
	service: string;
	point: Point | null;
	wardCode: string | null;
}

/** What whoever reports is told first. */
export interface KnownOutage {
	number: number;
	areaDesc: string;
	planned: boolean;
	startsAt: Date;
	forecastEnd: Date | null;
	households: number;
}

const shown = {
	number: outages.number,
	areaDesc: outages.areaDesc,
	planned: outages.planned,
	startsAt: outages.startsAt,
	forecastEnd: outages.forecastEnd,
	households: outages.households
};

/**
 * The outage a report lies in: active, begun, of its service, and over its position. A report without a
 * position lies in it only where its whole ward does. Null where none is known; the youngest of several.
 */
export async function knownOutage(
	db: Db,
	{ municipalityId, service, point, wardCode }: AskedPlace,
	now = new Date()
): Promise<KnownOutage | null> {
	if (!point && !wardCode) return null;
	const inside = point
		? sql`st_covers(${outages.area}, st_setsrid(st_makepoint(${point.lon}::float8, ${point.lat}::float8), 4326))`
		: sql`${wardCode} = any(${outages.wholeWardCodes})`;
	const [found] = await db
		.select(shown)
		.from(outages)
		.innerJoin(
			services,
			and(
				eq(services.municipalityId, outages.municipalityId),
				sql`${services.id} = any(${outages.serviceIds})`
			)
		)
		.where(
			and(
				eq(outages.municipalityId, municipalityId),
				inArray(outages.state, [...activeStates]),
				lte(outages.startsAt, now),
				eq(services.code, service),
				inside
			)
		)
		.orderBy(desc(outages.startsAt))
		.limit(1);
	return found ?? null;
}
