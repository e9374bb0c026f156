import { sql } from 'drizzle-orm';

/** A case `c` that puts something to the councillor of its ward, and that everybody may read. */
export const isQuestion = sql`c.track = 'suggestion' and c.ward_code is not null and not c.hidden
	and not c.private and c.state not in ('submitted', 'withdrawn')`;

/** The grant `g` is that of whoever held the seat of the ward when the case `c` was opened. */
export const holdsSeat = sql`g.municipality_id = c.municipality_id and g.role = 'councillor'
	and coalesce(g.term, 'ward') in ('ward', 'acting') and g.ward_code = c.ward_code
	and g.starts_at <= c.opened_at and (g.ends_at is null or g.ends_at > c.opened_at)`;

/** The event `x` is an answer or a decision of a councillor. */
export const isCouncillors = sql`(x.kind = 'councillor_reply' or (x.actor_role = 'councillor' and x.state_to is not null))`;
