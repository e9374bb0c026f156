import { and, inArray, sql } from 'drizzle-orm';
import * as v from 'valibot';
import type { Db } from '../../platform/server/db.ts';
import { job } from '../../platform/server/jobs.ts';
import { days, later } from '../../platform/time.ts';
import { outageHouseholds, outages } from './schema.ts';

const keptAfter = days(30);

/**
 * Forgets who said that it was off at their place, 30 days after an outage was over: the number of
 * households stays. Answers with how many outages were concerned.
 */
export async function forgetHouseholds(db: Db, now = new Date()): Promise<number> {
	const over = sql`coalesce(${outages.endedAt}, ${outages.closedAt})`;
	const done = await db
		.delete(outageHouseholds)
		.where(
			inArray(
				outageHouseholds.outageId,
				db
					.select({ id: outages.id })
					.from(outages)
					.where(
						and(
							inArray(outages.state, ['resolved', 'closed']),
							sql`${over} < ${later(now, -keptAfter).toISOString()}::timestamptz`
						)
					)
			)
		)
		.returning({ outageId: outageHouseholds.outageId });
	return new Set(done.map(({ outageId }) => outageId)).size;
}

export const forgetHouseholdsJob = job({
	name: 'forget-households',
	payload: v.object({}),
	run: async ({ db, now }) => void (await forgetHouseholds(db, now))
});
