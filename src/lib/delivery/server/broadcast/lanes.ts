import { sql } from 'drizzle-orm';
import { rows, type Db } from '../../../platform/server/db.ts';

/** A lane for each push service that phones here belong to. */
export const openLanes = (tx: Db) =>
	tx.execute(sql`
		insert into delivery_lanes (channel, name)
		select 'web_push', origin from (select distinct origin from push_subscriptions where gone_at is null) as each
		where not exists (select from delivery_lanes l where l.name = each.origin)
		on conflict (name) do nothing`);

/** Nobody sends here for so long: every process is told by the row. True when it did not rest before. */
export async function restLane(
	db: Db,
	laneId: number,
	seconds: number,
	fault: string
): Promise<boolean> {
	const [{ rested }] = await rows<{ rested: boolean }>(
		db,
		sql`with before as (select coalesce(rest_until > clock_timestamp(), false) as rested from delivery_lanes where id = ${laneId}),
			rest as (
				update delivery_lanes set rest_until = greatest(rest_until, clock_timestamp() + make_interval(secs => ${seconds})), fault = ${fault}
				where id = ${laneId} returning 1
			)
			select rested from before, rest`
	);
	return !rested;
}
