import { and, isNotNull, isNull, lte, sql } from 'drizzle-orm';
import { log } from '../../../platform/server/log.ts';
import { faultOf, rows, type Db } from '../../../platform/server/db.ts';
import { days, later } from '../../../platform/time.ts';
import { releaseBlocks } from '../push/blocks.ts';
import { shelf } from '../../broadcast.ts';
import { supersedeRest } from './chunks.ts';
import { tallied } from './counts.ts';
import { broadcasts } from './schema.ts';

/** How long it is known who was told: as long as a correction may have to follow them. */
const audienceKept = days(30);

/** Whether there is a broadcast that has not ended: all that is asked while there is nothing to do. */
export async function isAnyOpen(db: Db): Promise<boolean> {
	const [{ open }] = await rows<{ open: boolean }>(
		db,
		sql`select exists (select from broadcasts where finished_at is null) as open`
	);
	return open;
}

/** Ends every broadcast of which nothing is left to send. */
export async function finishBroadcasts(db: Db): Promise<void> {
	const superseded = await rows<{ no: number }>(
		db,
		sql`select no from broadcasts b where state = 'superseded' and finished_at is null
			and exists (select from broadcast_chunks c where c.broadcast_no = b.no and c.state <> 'done'
				and (c.state = 'ready' or c.lease_until < clock_timestamp()))`
	);
	for (const { no } of superseded) await db.transaction((tx) => supersedeRest(tx, no));
	const finished = await rows<{ id: string }>(
		db,
		sql`update broadcasts b set finished_at = clock_timestamp(), state = case state when 'sending' then 'done' else state end
		where finished_at is null and state in ('sending', 'superseded')
			and not exists (select from broadcast_chunks c where c.broadcast_no = b.no and c.state <> 'done')
			and not exists (select from broadcast_retries r where r.broadcast_no = b.no)
			returning id`
	);
	for (const { id } of finished) await db.transaction((tx) => releaseBlocks(tx, id));
}

/**
 * Of what is finished, keeps one byte for each of the audience and the counts, and drops the ledger;
 * after a month the audience itself. Never while something is being sent: dropping needs a moment alone.
 */
export async function compactBroadcasts(db: Db, now = new Date()): Promise<void> {
	if (await isAnyOpen(db)) return;
	const finished = await db
		.select({ id: broadcasts.id, no: broadcasts.no })
		.from(broadcasts)
		.where(and(isNotNull(broadcasts.finishedAt), isNull(broadcasts.compactedAt)));
	for (const { id, no } of finished) {
		await db.transaction(async (tx) => {
			const counts = await tallied(tx, no);
			await tx.execute(sql`
				insert into broadcast_results (broadcast_id, lo, results)
				select ${id}, a.n / ${shelf}::int * ${shelf}::int,
					decode(string_agg(lpad(to_hex(coalesce(o.result, 0)), 2, '0'), '' order by a.n), 'hex')
				from broadcast_audience a
				left join broadcast_outcomes o on o.broadcast_no = ${no} and o.n = a.n
				where a.broadcast_no = ${no}
				group by 2 on conflict do nothing`);
			await tx
				.update(broadcasts)
				.set({ compactedAt: now, counts })
				.where(sql`${broadcasts.id} = ${id}`);
		});
		await drop(db, no, false);
	}

	const old = await db
		.select({ id: broadcasts.id, no: broadcasts.no })
		.from(broadcasts)
		.where(
			and(
				isNotNull(broadcasts.compactedAt),
				isNull(broadcasts.forgottenAt),
				lte(broadcasts.finishedAt, later(now, -audienceKept))
			)
		);
	for (const { id, no } of old) {
		if (!(await drop(db, no, true))) continue;
		await db.execute(sql`delete from broadcast_results where broadcast_id = ${id}`);
		await db
			.update(broadcasts)
			.set({ forgottenAt: now })
			.where(sql`${broadcasts.id} = ${id}`);
	}
}

const lockNotAvailable = '55P03';

/** False when somebody was reading it: it is dropped at the next round. */
async function drop(db: Db, no: number, alsoAudience: boolean): Promise<boolean> {
	try {
		await db.execute(sql`select drop_broadcast_ledger(${no}::int, ${alsoAudience}::boolean)`);
		return true;
	} catch (reason) {
		if (faultOf(reason).code !== lockNotAvailable) throw reason;
		log.info({ broadcast: no }, 'ledger is dropped later');
		return false;
	}
}
