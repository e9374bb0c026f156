import { sql } from 'drizzle-orm';
import { cleanLine } from '../../platform/text.ts';
import { readPoint } from '../../platform/server/columns.ts';
import { rows, type Db } from '../../platform/server/db.ts';
import type { PlaceKind } from '../place-file.ts';
import type { Position } from '../position.ts';
import { wardsInForce } from './wards-in-force.ts';

export type { PlaceKind } from '../place-file.ts';

export interface Place {
	name: string;
	kind: PlaceKind;
	point: Position | null;
	/** The wards it lies in, as far as the gazetteer knows. */
	wardCodes: string[];
	/** From 0 to 1: how well it fits what was typed. */
	fit: number;
}

// The narrower a place, the better it says where something is.
const narrowness: Record<PlaceKind, number> = {
	pole: 0,
	landmark: 1,
	street: 2,
	settlement: 3,
	suburb: 4
};
const nearlyEqual = 0.06;

/**
 * Places of a municipality that fit what somebody typed, the best first: imported places, streets and
 * landmarks, and the areas named by its wards. `12 Vlei Street, Thembeni` finds Vlei Street.
 */
export async function searchPlaces(
	db: Db,
	municipalityId: string,
	text: string,
	{ now = new Date(), limit = 8, least = 0.45 } = {}
): Promise<Place[]> {
	const wanted = cleanLine(text).toLowerCase().slice(0, 200);
	if (wanted.length < 2) return [];
	const found = await rows<{
		name: string;
		kind: PlaceKind;
		point: string | null;
		wards: string;
		fit: number;
	}>(
		db,
		sql`
		with known as (
			select name, kind, encode(st_asbinary(point), 'hex') as point, case when ward_code is null then '{}' else array[ward_code] end as wards
			from places where municipality_id = ${municipalityId}::uuid
			union all
			select area, 'suburb', null, array_agg(code order by code)
			from (select w.code, unnest(w.areas) as area from ${wardsInForce(municipalityId, now)}) as named
			group by area
		), fitted as (
			select *, greatest(
				similarity(lower(name), ${wanted}),
				0.95 * word_similarity(lower(name), ${wanted}),
				0.85 * word_similarity(${wanted}, lower(name)))::float8 as fit
			from known
		)
		select name, kind, point, array_to_json(wards)::text as wards, fit from fitted
		where fit >= ${least}::float8 order by fit desc, length(name), name limit 40`
	);
	return merge(
		found.map(({ name, kind, point, wards, fit }) => ({
			name,
			kind,
			point: point ? readPoint(point) : null,
			wardCodes: JSON.parse(wards) as string[],
			fit: Number(fit)
		}))
	).slice(0, limit);
}

/** The same name may be known as a point and as an area of several wards: one place with all of it. */
function merge(found: Place[]): Place[] {
	const byName = new Map<string, Place>();
	for (const place of found) {
		const key = `${place.kind}/${place.name.toLowerCase()}`;
		const known = byName.get(key);
		byName.set(
			key,
			known
				? {
						...known,
						point: known.point ?? place.point,
						wardCodes: [...new Set([...known.wardCodes, ...place.wardCodes])]
					}
				: place
		);
	}
	const places = [...byName.values()];
	const best = places[0]?.fit ?? 0;
	const rank = ({ fit, kind }: Place) => (best - fit <= nearlyEqual ? narrowness[kind] : 9);
	return places.sort((a, b) => rank(a) - rank(b) || b.fit - a.fit);
}
