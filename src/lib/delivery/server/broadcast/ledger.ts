import { sql } from 'drizzle-orm';
import { rows, type Db } from '../../../platform/server/db.ts';
import { codeOf, type Result } from '../../broadcast.ts';

/** What one try came to. */
export interface Said {
	n: number;
	ward: string;
	/** The service's own code: an HTTP status, 0 where there was none. */
	status: number;
	result: Exclude<Result, 'untried' | 'waiting'> | 'waiting';
	/** Of `waiting`: seconds until the next try. */
	again?: number;
	/** How often it was tried, this time included. */
	tries: number;
}

/** Written down at the latest after so many milliseconds, or when there are so many: what a crash can lose track of. */
export const flushAfter = 25;
export const flushAt = 150;

/**
 * Writes down what tries came to: final ones are appended, the others noted for their next try, and
 * both are added to the tallies, all in one statement. Saying the same again changes nothing.
 */
export async function note(db: Db, no: number, laneId: number, said: Said[]): Promise<void> {
	const final = said.filter(({ result }) => result !== 'waiting');
	const waiting = said.filter(({ result }) => result === 'waiting');
	if (final.length) await noteFinal(db, no, laneId, final);
	if (waiting.length) await noteWaiting(db, no, laneId, waiting);
}

async function noteFinal(db: Db, no: number, laneId: number, said: Said[]) {
	const tallied = tally(said);
	const again = said.filter(({ tries }) => tries > 1);
	const [{ written }] = await rows<{ written: number }>(
		db,
		sql`select note_outcomes(${no}::int, ${laneId}::int, ${ints(said.map(({ n }) => n))}::int[],
			${ints(said.map(({ result }) => codeOf(result)))}::smallint[], ${ints(said.map(({ status }) => status))}::smallint[],
			${ints(again.map(({ n }) => n))}::int[], ${texts(tallied.map(({ ward }) => ward))}::text[],
			${ints(tallied.map(({ result }) => codeOf(result)))}::smallint[], ${ints(tallied.map(({ count }) => count))}::int[]) as written`
	);
	if (written !== said.length) await correctTally(db, no, laneId);
}

async function noteWaiting(db: Db, no: number, laneId: number, said: Said[]) {
	await db.execute(sql`
		with said as (
			select * from unnest(${ints(said.map(({ n }) => n))}::int[], ${ints(said.map(({ status }) => status))}::smallint[],
				${ints(said.map(({ tries }) => tries))}::smallint[], ${ints(said.map(({ again = 1 }) => Math.ceil(again * 1000)))}::int[])
				as each (n, status, tries, again)
		), before as (
			select n from broadcast_retries where broadcast_no = ${no} and n = any(${ints(said.map(({ n }) => n))}::int[])
		), put as (
			insert into broadcast_retries (broadcast_no, n, lane_id, tries, due, status)
			select ${no}, n, ${laneId}, tries, clock_timestamp() + make_interval(secs => again / 1000.0), status from said
			where not exists (select from broadcast_outcomes o where o.broadcast_no = ${no} and o.n = said.n)
			on conflict (broadcast_no, n) do update set tries = excluded.tries, due = excluded.due, status = excluded.status
			returning n
		)
		insert into broadcast_tallies (broadcast_no, lane_id, ward, result, count)
		select ${no}, ${laneId}, a.ward, ${codeOf('waiting')}, count(*)
		from put p join broadcast_audience a on a.broadcast_no = ${no} and a.n = p.n
		where p.n not in (select n from before) group by a.ward`);
}

/**
 * Two processes said what became of the same message (one of them was taken for dead): the first
 * counts, and the tallies of this lane are made anew from the ledger.
 */
const correctTally = (db: Db, no: number, laneId: number) =>
	db.transaction(async (tx) => {
		await tx.execute(sql`select pg_advisory_xact_lock(7262633, ${no})`);
		await tx.execute(sql`
			with truth as (
				select a.ward, o.result, count(*)::int as count
				from broadcast_outcomes o join broadcast_audience a on a.broadcast_no = ${no} and a.n = o.n
				where o.broadcast_no = ${no} and a.lane_id = ${laneId} group by 1, 2
			), told as (
				select ward, result, sum(count)::int as count from broadcast_tallies
				where broadcast_no = ${no} and lane_id = ${laneId} and result <> ${codeOf('waiting')} group by 1, 2
			)
			insert into broadcast_tallies (broadcast_no, lane_id, ward, result, count)
			select ${no}, ${laneId}, ward, result, coalesce(truth.count, 0) - coalesce(told.count, 0)
			from truth full join told using (ward, result)
			where coalesce(truth.count, 0) <> coalesce(told.count, 0)`);
	});

/** A chunk has been gone through: everybody in it has an outcome or a next try. */
export const closeChunk = (db: Db, no: number, lo: number, holder: string) =>
	db.execute(sql`
		update broadcast_chunks set state = 'done', lease_until = null
		where broadcast_no = ${no} and lo = ${lo} and holder = ${holder} and state = 'held'`);

interface Tallied {
	ward: string;
	result: Result;
	count: number;
}

function tally(said: Said[]): Tallied[] {
	const found = new Map<string, Tallied>();
	for (const { ward, result } of said) {
		const key = `${result}/${ward}`;
		const before = found.get(key);
		if (before) before.count++;
		else found.set(key, { ward, result, count: 1 });
	}
	return [...found.values()];
}

/** Arrays travel as text: both drivers and both databases read that the same way. */
export const ints = (values: number[]) => `{${values.join(',')}}`;
const texts = (values: string[]) => `{${values.map((each) => JSON.stringify(each)).join(',')}}`;
