import { eq, sql } from 'drizzle-orm';
import { rows, type Db } from '../../../platform/server/db.ts';
import { results, type Counts } from '../../broadcast.ts';
import type { ChannelName } from '../../channel.ts';
import { broadcasts } from './schema.ts';

/** How far a broadcast is. */
export interface Progress {
	audience: number;
	/** Tried at least once, or given up for something newer. */
	attempted: number;
	waiting: number;
	accepted: number;
	lost: number;
	/** By channel, ward and outcome. */
	counts: Counts;
}

/** Live counts of a broadcast, from what each flush added: nobody counts its audience or its ledger. */
export async function progressOf(db: Db, id: string): Promise<Progress | null> {
	const [broadcast] = await db.select().from(broadcasts).where(eq(broadcasts.id, id));
	if (!broadcast) return null;
	const counts = broadcast.counts ?? (await tallied(db, broadcast.no));
	return progressFrom(broadcast.audience, counts);
}

/** The same, of what one deed opened; null when it opened nothing yet. */
export async function progressOfDeed(db: Db, deed: string): Promise<Progress | null> {
	const [found] = await db
		.select({ id: broadcasts.id })
		.from(broadcasts)
		.where(eq(broadcasts.deed, deed));
	return found ? await progressOf(db, found.id) : null;
}

/** Counts added up over channels and wards. */
export function progressFrom(audience: number, counts: Counts): Progress {
	const sum = (...wanted: string[]) =>
		counts.reduce((all, { result, count }) => all + (wanted.includes(result) ? count : 0), 0);
	return {
		audience,
		attempted: counts.reduce((all, { count }) => all + count, 0),
		waiting: sum('waiting'),
		accepted: sum('accepted', 'delivered'),
		lost: sum('gone', 'failed', 'expired'),
		counts
	};
}

/** The tallies of a broadcast, added up. */
export async function tallied(db: Db, no: number): Promise<Counts> {
	const found = await rows<{ channel: ChannelName; ward: string; result: number; count: number }>(
		db,
		sql`select l.channel, t.ward, t.result, sum(t.count)::int as count
			from broadcast_tallies t join delivery_lanes l on l.id = t.lane_id
			where t.broadcast_no = ${no}
			group by 1, 2, 3 having sum(t.count) <> 0 order by 1, 2, 3`
	);
	return found.map((each) => ({ ...each, result: results[each.result] }));
}
