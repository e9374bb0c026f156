import { sql, type SQL } from 'drizzle-orm';
import * as v from 'valibot';
import { rows, type Db } from '../../../platform/server/db.ts';
import { enqueue, job } from '../../../platform/server/jobs.ts';
import { later } from '../../../platform/time.ts';
import { closeZoom, squareKey, type Counted, type MapGroup, type Squares } from '../../map.ts';

/** Changes added up in one transaction: 13 squares each, so that readers of fresh rows wait for nobody. */
const mostAtOnce = 20_000;

/** Adds up what changed since the last time. Answers how many changes it took in. */
export async function foldMap(db: Db): Promise<number> {
	const [{ taken }] = await rows<{ taken: number }>(
		db,
		sql`select map_fold(${mostAtOnce}::int) as taken`
	);
	return taken;
}

/** Every minute, and every second while something happens: the cells take in what changed. */
export const foldMapJob = job({
	name: 'issues.fold-map',
	payload: v.object({}),
	async run({ db, now }) {
		if (await foldMap(db)) await enqueue(db, foldMapJob, {}, { runAt: later(now, 1000) });
	}
});

/** Counts the map anew from the issues themselves. Answers how many issues it holds. */
export async function rebuildMap(db: Db): Promise<number> {
	const [{ held }] = await rows<{ held: number }>(db, sql`select map_rebuild()::float8 as held`);
	return held;
}

/** What lies in some squares, and how many public issues of any standing there are in all of them. */
export interface CountedSquares {
	all: number;
	squares: Counted[];
}

/** So many numbers the database tells of a square. */
const told = 5;
/**
 * Numbers, ids and names of ours, written into the statement: with parameters the driver would ask for
 * their types first, which takes as long as all the rest.
 * @throws when it is anything that people write
 */
export function written(value: number | string | ReadonlyArray<number | string>): SQL {
	const text = Array.isArray(value) ? `{${value.join()}}` : String(value);
	if (!/^[\w.,{}+-]*$/.test(text)) throw new Error('Only numbers, ids and names of ours');
	return sql.raw(`'${text}'`);
}

/**
 * What lies in the squares: the cells and what is not yet added to them, as one instant saw both.
 * One function of the database, planned once a connection, that answers one line of numbers.
 */
export async function countedIn(
	db: Db,
	municipalityId: string,
	{ zoom, rows: lines, columns }: Squares,
	groups: readonly MapGroup[]
): Promise<CountedSquares> {
	const [first, last] = [columns.map(({ from }) => from), columns.map(({ to }) => to)];
	const [{ counted }] = await rows<{ counted: string }>(
		db,
		sql`select map_counted(${written(municipalityId)}, ${written(zoom)}, ${written(lines.from)}, ${written(lines.to)},
			${written(first)}, ${written(last)}, ${written(groups)}, ${written(String(zoom >= closeZoom))}) as counted`
	);
	const [all, ...numbers]: number[] = JSON.parse(`[${counted}]`);
	return { all, squares: addedUp(numbers) };
}

/** Several standings of one square, and what changed there, become one. */
function addedUp(numbers: number[]): Counted[] {
	const squares = new Map<number, Counted>();
	for (let i = 0; i < numbers.length; i += told) {
		const [cy, cx, n, sumX, sumY] = numbers.slice(i, i + told);
		const key = squareKey(cy, cx);
		const same = squares.get(key);
		if (!same) squares.set(key, { cy, cx, n, sumX, sumY });
		else {
			same.n += n;
			same.sumX += sumX;
			same.sumY += sumY;
		}
	}
	return [...squares.values()].filter(({ n }) => n > 0);
}
