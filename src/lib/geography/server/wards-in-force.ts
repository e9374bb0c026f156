import { sql } from 'drizzle-orm';

/**
 * What a query of a municipality's wards at a moment reads from and where: `w` is the ward, `t` the
 * term of its boundaries. Conditions and groupings may follow it.
 */
export const wardsInForce = (municipalityId: string, at: Date) => sql`
	wards w join boundary_terms t on t.municipality_id = w.municipality_id and t.boundary_set_id = w.boundary_set_id
	where w.municipality_id = ${municipalityId}::uuid and t.valid_from <= ${at.toISOString()}::timestamptz
		and (t.valid_to is null or t.valid_to > ${at.toISOString()}::timestamptz)`;
