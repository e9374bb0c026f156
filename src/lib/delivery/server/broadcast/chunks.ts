import { sql } from 'drizzle-orm';
import { keptRows, rows, type Db } from '../../../platform/server/db.ts';
import { codeOf } from '../../broadcast.ts';
import { ints } from './ledger.ts';

/** How many are leased at once. */
const chunkSize = 1000;

/** Seconds a chunk stays with a process that says nothing: then another one takes it. */
export const leaseSeconds = 20;

/** A stretch of the audience in the hands of one process. */
export interface Chunk {
	no: number;
	lo: number;
	hi: number;
	/** Whether somebody else had it before and may have sent part of it. */
	again: boolean;
}

/** Cuts an audience: a chunk is in one ring and one lane and may leave at one time. */
export const cut = (tx: Db, no: number) =>
	tx.execute(sql`
		insert into broadcast_chunks (broadcast_no, lo, hi, lane_id, ring, not_before, state)
		select ${no}, min(n), max(n), lane_id, ring, not_before, 'ready'
		from (
			select n, lane_id, ring, not_before,
				(row_number() over (partition by ring, lane_id, not_before order by n) - 1) / ${chunkSize}::int as part
			from broadcast_audience where broadcast_no = ${no}
		) as each
		group by ring, lane_id, not_before, part`);

/**
 * Takes the next chunk of a lane that is due: emergencies first, then what was opened first, then ring
 * by ring. Nothing of a version leaves while an earlier one of its subject is in somebody's hands, or has still
 * to leave by the same lane.
 */
export async function claimChunk(
	db: Db,
	laneId: number,
	holder: string,
	at: Date
): Promise<Chunk | null> {
	const [chunk] = await keptRows<{ no: number; lo: number; hi: number; takes: number }>(
		db,
		sql`update broadcast_chunks as chunk
			set state = 'held', holder = ${holder}, lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds}), takes = takes + 1
			from (
				select c.broadcast_no, c.lo
				from broadcasts b join broadcast_chunks c on c.broadcast_no = b.no
				where b.state = 'sending' and c.lane_id = ${laneId}
					and (c.state = 'ready' or (c.state = 'held' and c.lease_until < clock_timestamp()))
					and (c.not_before is null or c.not_before <= ${at.toISOString()}::timestamptz)
					and not exists (
						select from broadcasts e join broadcast_chunks h on h.broadcast_no = e.no
						where e.municipality_id = b.municipality_id and e.subject = b.subject and e.subject_id = b.subject_id
							and e.version < b.version and e.finished_at is null
							and (h.state = 'held' or (h.state = 'ready' and h.lane_id = c.lane_id and e.state = 'sending'))
					)
				order by b.emergency desc, b.opened_at, c.ring, c.lo
				limit 1 for update of c skip locked
			) as next
			where chunk.broadcast_no = next.broadcast_no and chunk.lo = next.lo
			returning chunk.broadcast_no as no, chunk.lo, chunk.hi, chunk.takes`
	);
	return chunk ? { no: chunk.no, lo: chunk.lo, hi: chunk.hi, again: chunk.takes > 1 } : null;
}

/** Whether nothing newer took its place. */
export async function isSending(db: Db, no: number): Promise<boolean> {
	const found = await keptRows(
		db,
		sql`select 1 as one from broadcasts where no = ${no} and state = 'sending'`
	);
	return found.length > 0;
}

/** Says that we are still at it. False when somebody else has it by now, or it is superseded: send nothing more of it. */
export async function keepChunk(db: Db, { no, lo }: Chunk, holder: string): Promise<boolean> {
	const kept = await rows(
		db,
		sql`update broadcast_chunks c set lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds})
			from broadcasts b
			where c.broadcast_no = ${no} and c.lo = ${lo} and c.holder = ${holder} and c.state = 'held'
				and b.no = c.broadcast_no and b.state = 'sending'
			returning 1 as one`
	);
	return kept.length > 0;
}

/**
 * Gives back what was not sent, from there on; what was before it is done. How often it was taken stays
 * with the rest: somebody who died may have sent part of that too.
 */
export const giveBack = (db: Db, { no, lo, hi }: Chunk, from: number, holder: string) =>
	db.execute(sql`
		with mine as (
			update broadcast_chunks set state = 'done', hi = ${from - 1}
			where broadcast_no = ${no} and lo = ${lo} and holder = ${holder} and state = 'held' and ${from > lo}
			returning *
		), rest as (
			insert into broadcast_chunks (broadcast_no, lo, hi, lane_id, ring, not_before, state, takes)
			select broadcast_no, ${from}, ${hi}, lane_id, ring, not_before, 'ready', takes from mine
		)
		update broadcast_chunks set state = 'ready', holder = null, lease_until = null
		where broadcast_no = ${no} and lo = ${lo} and holder = ${holder} and state = 'held' and ${from <= lo}`);

/** Lanes that have something due now, and are not resting. */
export const busyLanes = (db: Db, at: Date) =>
	rows<{ id: number; channel: string; name: string }>(
		db,
		sql`select l.id, l.channel, l.name from delivery_lanes l
			where (l.rest_until is null or l.rest_until <= clock_timestamp()) and (
				exists (
					select from broadcasts b join broadcast_chunks c on c.broadcast_no = b.no
					where b.state = 'sending' and c.lane_id = l.id
						and (c.state = 'ready' or (c.state = 'held' and c.lease_until < clock_timestamp()))
						and (c.not_before is null or c.not_before <= ${at.toISOString()}::timestamptz)
				) or exists (
					select from broadcasts b join broadcast_retries r on r.broadcast_no = b.no
					where b.state = 'sending' and r.lane_id = l.id and r.due <= clock_timestamp()
				)
			)
			order by l.id`
	);

/** Who of an audience was neither told nor noted for another try. */
export const untried = (no: number) => sql`
	not exists (select from broadcast_outcomes o where o.broadcast_no = ${no} and o.n = a.n)
	and not exists (select from broadcast_retries t where t.broadcast_no = ${no} and t.n = a.n)`;

/** The rest of a superseded broadcast, apart from what is in somebody's hands: it is never sent. */
export async function supersedeRest(tx: Db, no: number): Promise<void> {
	// Two statements: the second sees what a holder wrote down while the first waited for them.
	const givenUp = await rows<{ lo: number; hi: number }>(
		tx,
		sql`update broadcast_chunks set state = 'done', holder = null
			where broadcast_no = ${no} and (state = 'ready' or (state = 'held' and lease_until < clock_timestamp()))
			returning lo, hi`
	);
	await tx.execute(sql`
		with given_up as (
			select * from unnest(${ints(givenUp.map(({ lo }) => lo))}::int[], ${ints(givenUp.map(({ hi }) => hi))}::int[]) as each (lo, hi)
		), never as (
			insert into broadcast_outcomes (broadcast_no, n, result, status, at)
			select ${no}, a.n, ${codeOf('superseded')}, 0, clock_timestamp()
			from given_up g join broadcast_audience a on a.broadcast_no = ${no} and a.n between g.lo and g.hi
			where ${untried(no)}
			returning n
		), waited as (
			delete from broadcast_retries where broadcast_no = ${no} returning n
		), gave_up as (
			insert into broadcast_outcomes (broadcast_no, n, result, status, at)
			select ${no}, n, ${codeOf('failed')}, 0, clock_timestamp() from waited
			returning n
		)
		insert into broadcast_tallies (broadcast_no, lane_id, ward, result, count)
		select ${no}, a.lane_id, a.ward, said.result, sum(said.one)
		from (
			select n, ${codeOf('superseded')}::smallint as result, 1 as one from never
			union all select n, ${codeOf('failed')}::smallint, 1 from gave_up
			union all select n, ${codeOf('waiting')}::smallint, -1 from waited
		) as said
		join broadcast_audience a on a.broadcast_no = ${no} and a.n = said.n
		group by a.lane_id, a.ward, said.result`);
}
