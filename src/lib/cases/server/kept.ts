import { and, eq, gte, ne, sql } from 'drizzle-orm';
import { caseClocks } from '../../clocks/server/schema.ts';
import type { Db } from '../../platform/server/db.ts';
import { cases } from './schema.ts';

/** How often a promise was kept: of those that were done, or are late without being done. */
export interface Kept {
	/** The department or the ward. */
	id: string | null;
	kept: number;
	missed: number;
	/** Said to be done by us, whether a resident confirmed it or not; opened again it counts no more. */
	claimed: number;
	/** Of those, confirmed by somebody who lives with it. Silence confirms nothing. */
	confirmed: number;
}

const late = (now: Date) => sql`${now.toISOString()}::timestamptz`;

/**
 * How often “done by then” was kept since an instant, by department or by ward. A case counts when its
 * promise was due or when it was done; one that the reporter took back does not.
 */
export async function keptBy(
	db: Db,
	municipalityId: string,
	by: 'department' | 'ward',
	since: Date,
	now: Date
): Promise<Kept[]> {
	const id = by === 'department' ? cases.departmentId : cases.currentWardCode;
	const kept = sql`${caseClocks.endedAt} <= ${caseClocks.resolveDue}`;
	const missed = sql`coalesce(${caseClocks.endedAt}, ${late(now)}) > ${caseClocks.resolveDue}`;
	const found = await db
		.select({
			id,
			kept: sql<number>`(count(*) filter (where ${kept}))::int`,
			missed: sql<number>`(count(*) filter (where ${missed}))::int`,
			claimed: sql<number>`(count(*) filter (where ${cases.state} in ('resolved_claimed', 'verified_closed')))::int`,
			confirmed: sql<number>`(count(*) filter (where ${cases.state} = 'verified_closed'))::int`
		})
		.from(caseClocks)
		.innerJoin(cases, eq(cases.id, caseClocks.caseId))
		.where(
			and(
				eq(caseClocks.municipalityId, municipalityId),
				gte(caseClocks.startedAt, since),
				eq(cases.hidden, false),
				ne(cases.state, 'submitted'),
				ne(cases.state, 'withdrawn')
			)
		)
		.groupBy(id);
	return found.filter(({ kept, missed }) => kept + missed > 0);
}
