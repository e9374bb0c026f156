import { sql } from 'drizzle-orm';
import { rows, type Db } from '../../platform/server/db.ts';
import type { WardLines } from '../carried.ts';
import { ringsOf } from './well-known-binary.ts';
import { wardsInForce } from './wards-in-force.ts';

/** A tenth of a metre: finer than any line was drawn. */
const sixDecimals = (degrees: number) => Math.round(degrees * 1e6) / 1e6;

/** The lines of a municipality's wards in force, as a phone carries them where there is no signal. */
export async function linesOf(
	db: Db,
	municipalityId: string,
	now = new Date()
): Promise<WardLines> {
	const found = await rows<{ code: string; simplified: boolean; shape: Uint8Array }>(
		db,
		sql`
		select w.code, (select simplified from boundary_sets s where s.id = w.boundary_set_id) as simplified,
			st_asbinary(w.geom) as shape
		from ${wardsInForce(municipalityId, now)}
		order by w.code`
	);
	return found.map(({ code, simplified, shape }) => ({
		code,
		simplified,
		rings: ringsOf(shape).map((ring) => [...ring].map(sixDecimals))
	}));
}
