import { sql } from 'drizzle-orm';
import { wardsInForce } from '../../geography/server/index.ts';
import { rows, type Db } from '../../platform/server/db.ts';
import type { AlertArea } from '../alert.ts';

const shape = (area: AlertArea) => sql`st_geomfromgeojson(${JSON.stringify(area)}::text)`;

export interface WardWithin {
	code: string;
	number: number;
	/** Of the ward's own area, from 0 to 1. */
	share: number;
	population: number | null;
	areas: string[];
}

/** Less of a ward than this is the width of a line, not a place where somebody lives. */
const leastShare = 0.002;

/** Wards an area touches, and how much of each. */
export async function wardsWithin(
	db: Db,
	municipalityId: string,
	area: AlertArea,
	now: Date
): Promise<WardWithin[]> {
	const found = await rows<{
		code: string;
		number: number;
		share: number;
		population: number | null;
		areas: string;
	}>(
		db,
		sql`select code, number, share, population, areas from (
			select w.code, w.number, w.population, array_to_json(w.areas)::text as areas,
				(st_area(st_intersection(w.geom, ${shape(area)})) / nullif(st_area(w.geom), 0))::float8 as share
			from ${wardsInForce(municipalityId, now)} and st_intersects(w.geom, ${shape(area)})
		) as each where share >= ${leastShare}::float8 order by number`
	);
	return found.map((each) => ({
		code: each.code,
		number: Number(each.number),
		share: Math.min(1, Number(each.share)),
		population: each.population === null ? null : Number(each.population),
		areas: JSON.parse(each.areas) as string[]
	}));
}

/** What people call the places inside an area: suburbs first, then settlements, landmarks and streets. */
export async function namesWithin(
	db: Db,
	municipalityId: string,
	area: AlertArea
): Promise<string[]> {
	const found = await rows<{ name: string }>(
		db,
		sql`select name from (
			select distinct on (name) name, array_position(array['suburb', 'settlement', 'landmark', 'street'], kind) as place
			from places where municipality_id = ${municipalityId}::uuid and kind <> 'pole' and point is not null
				and st_intersects(point, ${shape(area)}) order by name, place
		) as each order by place, name limit 400`
	);
	return found.map(({ name }) => name);
}

/** Shelters and routes that are offered and lie in one of these areas: never safe. */
export async function conflictsWithin(
	db: Db,
	municipalityId: string,
	area: AlertArea
): Promise<string[]> {
	const found = await rows<{ name: string }>(
		db,
		sql`select name from shelters where municipality_id = ${municipalityId}::uuid and open and st_intersects(point, ${shape(area)})
			union all
			select name from evacuation_routes where municipality_id = ${municipalityId}::uuid and open and st_intersects(geom, ${shape(area)})
			order by name`
	);
	return found.map(({ name }) => name);
}

export interface Estimate {
	/** People who live inside; null where no population was imported. */
	people: number | null;
	/** Who follows one of the wards, by channel. */
	followers: Record<string, number>;
	/** Different people, phones and addresses among them. */
	reached: number;
}

/** Who lives there, and who can be reached: wards × share, and those who follow them. */
export async function estimate(
	db: Db,
	municipalityId: string,
	within: WardWithin[]
): Promise<Estimate> {
	const known = within.length > 0 && within.every(({ population }) => population !== null);
	const people = known
		? Math.round(within.reduce((sum, { population, share }) => sum + population! * share, 0))
		: null;
	if (!within.length) return { people, followers: {}, reached: 0 };
	const found = await rows<{ channel: string | null; count: number }>(
		db,
		sql`select channel, count(distinct coalesce(person_id, contact_point_id, push_subscription_id))::int as count
			from followings
			where municipality_id = ${municipalityId}::uuid and subject = 'ward' and ended_at is null
				and subject_id in (${sql.join(
					within.map(({ code }) => sql`${code}`),
					sql`, `
				)})
			group by grouping sets ((channel), ())`
	);
	const followers = Object.fromEntries(
		found.flatMap(({ channel, count }) => (channel ? [[channel, Number(count)]] : []))
	);
	const reached = Number(found.find(({ channel }) => channel === null)?.count ?? 0);
	return { people, followers, reached };
}
