import { sql, type SQL } from 'drizzle-orm';
import { keptRows, rows, type Db } from '../../../platform/server/db.ts';
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
	const members = await keptRows<Each & Record<string, unknown>>(
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

/** Messages in the hands of one process until a moment, which names the lease: nobody else's ends exactly then. */
export interface RetryLease {
	no: number;
	ns: number[];
	/** As the database wrote it, to the microsecond. */
	until: string;
}

/**
 * Takes messages of a lane that are due for another try; until the lease ends nobody else does, and
 * `keepRetries` makes it longer. Those of one broadcast at a time.
 */
export async function claimRetries<Each extends Member>(
	db: Db,
	lane: Lane,
	needs: Needs,
	seconds = leaseSeconds
): Promise<{ batch: Batch<Each>; lease: RetryLease } | null> {
	const taken = await rows<{ no: number; n: number; tries: number; until: string }>(
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
			), lease as materialized (
				select clock_timestamp() + make_interval(secs => ${seconds}) as until
			)
			update broadcast_retries r set due = lease.until
			from due, lease where r.broadcast_no = due.broadcast_no and r.n = due.n
			returning r.broadcast_no as no, r.n, r.tries, r.due::text as until`
	);
	if (!taken.length) return null;
	const [{ no, until }] = taken;
	const tries = new Map(taken.map((each) => [each.n, each.tries]));
	const members = await rows<Each & Record<string, unknown>>(
		db,
		sql`select ${columns}, ${needs.columns}
			from broadcast_audience a ${needs.joined}
			where a.broadcast_no = ${no} and a.n = any(${ints(taken.map(({ n }) => n))}::int[])
			order by a.n`
	);
	return {
		batch: { no, members: members.map((each) => ({ ...each, tries: tries.get(each.n) ?? 1 })) },
		lease: { no, ns: taken.map(({ n }) => n), until }
	};
}

/**
 * Makes the lease of what is tried again longer, for whatever of it nothing was written down about yet.
 * False when it had ended: another process may have taken some of it by now.
 */
export async function keepRetries(
	db: Db,
	lease: RetryLease,
	seconds = leaseSeconds
): Promise<boolean> {
	const [kept] = await rows<{ until: string | null }>(
		db,
		sql`with lease as materialized (
				select clock_timestamp() + make_interval(secs => ${seconds}) as until
				where ${lease.until}::timestamptz > clock_timestamp()
			), mine as (
				update broadcast_retries r set due = lease.until
				from lease
				where r.broadcast_no = ${lease.no} and r.n = any(${ints(lease.ns)}::int[])
					and r.due = ${lease.until}::timestamptz
			)
			select until::text as until from lease`
	);
	if (!kept?.until) return false;
	lease.until = kept.until;
	return true;
}
