import { sql } from 'drizzle-orm';
import { rows, type Db } from '../../platform/server/db.ts';
import type { WardLines } from '../carried.ts';
import { ringsOf } from './well-known-binary.ts';

/** A tenth of a metre: finer than any line was drawn. */
const sixDecimals = (degrees: number) => Math.round(degrees * 1e6) / 1e6;

/** The lines of a municipality's wards in force, as a phone carries them where there is no signal. */
export async function linesOf(
	db: Db,
	municipalityId: string,
	now = new Date()
): Promise<WardLines> {
	const at = sql`${now.toISOString()}::timestamptz`;
	const found = await rows<{ code: string; simplified: boolean; shape: Uint8Array }>(
		db,
		sql`
		select w.code, s.simplified, st_asbinary(w.geom) as shape
		from wards w
		join boundary_terms t on t.municipality_id = w.municipality_id and t.boundary_set_id = w.boundary_set_id
		join boundary_sets s on s.id = w.boundary_set_id
		where w.municipality_id = ${municipalityId} and t.valid_from <= ${at} and (t.valid_to is null or t.valid_to > ${at})
		order by w.code`
	);
	return found.map(({ code, simplified, shape }) => ({
		code,
		simplified,
		rings: ringsOf(shape).map((ring) => [...ring].map(sixDecimals))
	}));
}
