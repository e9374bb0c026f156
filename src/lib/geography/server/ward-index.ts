import { sql } from 'drizzle-orm';
import { rows, type Database, type Db } from '../../platform/server/db.ts';
import type { Position } from '../position.ts';
import { indexWards, type FoundWard, type WardIndex, type WardShape } from '../ward-index.ts';
import { wardsChannel } from './boundary-sets.ts';
import { ringsOf } from './well-known-binary.ts';

interface Kept {
	index: WardIndex;
	/** Which sets it was made from. */
	stamp: string;
	/** No ward line changes from `from` until `until`. */
	from: Date;
	until: Date;
}

let kept: Kept | undefined;
let loading: { stamp: string; at: number; promise: Promise<Kept> } | undefined;
let listening = false;

/**
 * Keeps this process' copy of the ward lines true by NOTIFY, so that looking up a ward asks the
 * database nothing. Without it every look-up first asks for the newest set.
 */
export async function watchWards(database: Database) {
	const stop = await database.listen(wardsChannel, forgetWards);
	listening = true;
	return async () => {
		listening = false;
		await stop();
	};
}

/** The next look-up reads the ward lines again. */
export const forgetWards = () => {
	kept = undefined;
};

/** The index of all wards in force at an instant, made on first use and kept. */
export async function wardIndex(db: Db, now = new Date()): Promise<WardIndex> {
	const fits = (each: Kept) => each.from <= now && now < each.until;
	if (listening && kept && fits(kept)) return kept.index;
	const stamp = await newestSets(db);
	if (kept && kept.stamp === stamp && fits(kept)) return kept.index;

	// Several visitors may be the first: one of them reads.
	if (loading?.stamp !== stamp || loading.at !== now.getTime())
		loading = { stamp, at: now.getTime(), promise: load(db, stamp, now) };
	try {
		kept = await loading.promise;
		return kept.index;
	} finally {
		loading = undefined;
	}
}

const newestSets = async (db: Db): Promise<string> =>
	(
		await rows<{ stamp: string }>(
			db,
			sql`select count(*) || '/' || coalesce(max(boundary_set_id::text), '') || '/' || coalesce(max(valid_to)::text, '') as stamp from boundary_terms`
		)
	)[0].stamp;

const inForce = (now: Date) =>
	sql`t.valid_from <= ${now.toISOString()}::timestamptz and (t.valid_to is null or t.valid_to > ${now.toISOString()}::timestamptz)`;

const batch = 500;

async function load(db: Db, stamp: string, now: Date): Promise<Kept> {
	const shapes: WardShape[] = [];
	for (let after = ''; ; after = shapes[shapes.length - 1].code) {
		const some = await rows<{
			code: string;
			municipality: string;
			set: string;
			simplified: boolean;
			shape: Uint8Array;
		}>(
			db,
			sql`
			select w.code, w.municipality_id as municipality, w.boundary_set_id as set, s.simplified, st_asbinary(w.geom) as shape
			from wards w
			join boundary_terms t on t.municipality_id = w.municipality_id and t.boundary_set_id = w.boundary_set_id
			join boundary_sets s on s.id = w.boundary_set_id
			where ${inForce(now)} and w.code > ${after}
			order by w.code limit ${batch}`
		);
		for (const { code, municipality, set, simplified, shape } of some)
			shapes.push({
				code,
				municipalityId: municipality,
				boundarySetId: set,
				simplified,
				rings: ringsOf(shape)
			});
		if (some.length < batch) break;
	}
	return { index: indexWards(shapes), stamp, ...(await stretch(db, now)) };
}

/** From when until when these lines hold. */
async function stretch(db: Db, now: Date): Promise<{ from: Date; until: Date }> {
	const moment = sql`${now.toISOString()}::timestamptz`;
	const [found] = await rows<{ since: string | null; until: string | null }>(
		db,
		sql`
		with changes as (
			select valid_from as at from boundary_terms union all
			select valid_to from boundary_terms where valid_to is not null)
		select to_char(max(at) filter (where at <= ${moment}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as since,
			to_char(min(at) filter (where at > ${moment}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as until
		from changes`
	);
	return {
		from: new Date(found.since ?? -8.64e15),
		until: new Date(found.until ?? 8.64e15)
	};
}

/** The ward that covers a position at an instant, in one municipality or in any. */
export const wardOfPoint = async (
	db: Db,
	municipalityId: string | null,
	point: Position,
	now = new Date()
): Promise<FoundWard | null> => (await wardIndex(db, now)).at(point, municipalityId);
