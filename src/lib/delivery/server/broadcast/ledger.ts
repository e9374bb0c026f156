import { sql } from 'drizzle-orm';
import { keptRows, type Db } from '../../../platform/server/db.ts';
import { codeOf, type Result } from '../../broadcast.ts';

/** What one try came to. */
export interface Said {
	n: number;
	ward: string;
	/** The service's own code: an HTTP status, 0 where there was none. */
	status: number;
	result: Exclude<Result, 'untried'>;
	/** Of `waiting`: seconds until the next try. */
	again?: number;
	/** How often it was tried, this time included. */
	tries: number;
}

/** Written down at the latest after so many milliseconds, or when there are so many: what a crash can lose track of. */
export const flushAfter = 25;
export const flushAt = 75;
/** So many unwritten, and nothing more of the batch leaves: who dies while the database is away has told few. */
export const mostUnwritten = 150;

/** Whose tries a stroke writes down. */
export interface Page {
	no: number;
	laneId: number;
	/** Who holds the chunk. */
	holder: string;
	/** The chunk they are in; none for messages that are tried again. */
	chunk?: { lo: number };
}

/**
 * Writes down what tries came to: final ones are appended, the others noted for their next try, the
 * tallies with them, in one statement. Each message gets one outcome, by construction and not by an
 * index: of a chunk only its holder writes, of messages tried again only who takes them off the list.
 * Saying the same again changes nothing.
 * @param round 1 and more when the same was said before and nobody knows whether it was heard
 * @returns false when the chunk is in other hands by now: they say what became of it
 */
export async function note(db: Db, page: Page, said: Said[], round = 0): Promise<boolean> {
	const final = said.filter(({ result }) => result !== 'waiting');
	const waiting = said.filter(({ result }) => result === 'waiting');
	const told = sql`${ints(final.map(({ n }) => n))}::int[], ${ints(final.map(({ result }) => codeOf(result)))}::smallint[],
		${ints(final.map(({ status }) => status))}::smallint[],
		${ints(waiting.map(({ n }) => n))}::int[], ${ints(waiting.map(({ status }) => status))}::smallint[],
		${ints(waiting.map(({ tries }) => tries))}::smallint[], ${ints(waiting.map(({ again = 1 }) => Math.ceil(again * 1000)))}::int[]`;
	const { no, laneId, holder, chunk } = page;
	if (!chunk) {
		await keptRows(db, sql`select note_tried_again(${no}::int, ${laneId}::int, ${told})`);
		return true;
	}
	const tallied = tally(said);
	const [{ noted }] = await keptRows<{ noted: boolean }>(
		db,
		sql`select note_chunk(${no}::int, ${laneId}::int, ${chunk.lo}::int, ${holder}::uuid, ${round > 0}::boolean, ${told},
			${texts(tallied.map(({ ward }) => ward))}::text[], ${ints(tallied.map(({ result }) => codeOf(result)))}::smallint[],
			${ints(tallied.map(({ count }) => count))}::int[]) as noted`
	);
	return noted;
}

/** A chunk has been gone through: everybody in it has an outcome or a next try. */
export const closeChunk = (db: Db, no: number, lo: number, holder: string) =>
	keptRows(
		db,
		sql`update broadcast_chunks set state = 'done', lease_until = null
			where broadcast_no = ${no} and lo = ${lo} and holder = ${holder} and state = 'held'`
	);

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
