import { sql, type SQL } from 'drizzle-orm';
import { rows, type Db } from '../../../platform/server/db.ts';
import { leaseSeconds, untried, type Chunk } from './chunks.ts';
import { ints } from './ledger.ts';
import type { Batch, Lane, Member } from './station.ts';

/** What a lane needs to know besides, from which table. */
export interface Needs {
	columns: SQL;
	joined: SQL;
}

const columns = sql`a.n, a.language, a.ward, a.person_id as "personId",
	a.contact_point_id as "contactPointId", a.push_subscription_id as "pushSubscriptionId"`;

/** Everybody in a chunk who was not tried yet, in order. */
export async function membersOf<Each extends Member>(
	db: Db,
	chunk: Chunk,
	needs: Needs
): Promise<Batch<Each>> {
	const members = await rows<Each & Record<string, unknown>>(
		db,
		sql`select ${columns}, 0 as tries, ${needs.columns}
			from broadcast_audience a ${needs.joined}
			where a.broadcast_no = ${chunk.no} and a.n between ${chunk.lo} and ${chunk.hi}
				${chunk.again ? sql`and ${untried(chunk.no)}` : sql``}
			order by a.n`
	);
	return { no: chunk.no, chunk, members };
}

const atOnce = 200;

/**
 * Takes messages of a lane that are due for another try; until the lease ends nobody else does. Those
 * of one broadcast at a time.
 */
export async function claimRetries<Each extends Member>(
	db: Db,
	lane: Lane,
	needs: Needs
): Promise<Batch<Each> | null> {
	const taken = await rows<{ no: number; n: number; tries: number }>(
		db,
		sql`with due as (
				select r.broadcast_no, r.n from broadcasts b join broadcast_retries r on r.broadcast_no = b.no
				where b.state = 'sending' and r.lane_id = ${lane.id} and r.due <= clock_timestamp()
					and b.no = (
						select f.no from broadcasts f join broadcast_retries d on d.broadcast_no = f.no
						where f.state = 'sending' and d.lane_id = ${lane.id} and d.due <= clock_timestamp()
						order by f.emergency desc, f.opened_at limit 1
					)
				order by r.due limit ${atOnce} for update of r skip locked
			)
			update broadcast_retries r set due = clock_timestamp() + make_interval(secs => ${leaseSeconds})
			from due where r.broadcast_no = due.broadcast_no and r.n = due.n
			returning r.broadcast_no as no, r.n, r.tries`
	);
	if (!taken.length) return null;
	const [{ no }] = taken;
	const tries = new Map(taken.map((each) => [each.n, each.tries]));
	const members = await rows<Each & Record<string, unknown>>(
		db,
		sql`select ${columns}, ${needs.columns}
			from broadcast_audience a ${needs.joined}
			where a.broadcast_no = ${no} and a.n = any(${ints(taken.map(({ n }) => n))}::int[])
			order by a.n`
	);
	return { no, members: members.map((each) => ({ ...each, tries: tries.get(each.n) ?? 1 })) };
}
