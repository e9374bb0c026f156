import { sql } from 'drizzle-orm';
import * as v from 'valibot';
import { rows, type Db } from '../../../platform/server/db.ts';
import { enqueue, job } from '../../../platform/server/jobs.ts';
import { later } from '../../../platform/time.ts';
import type { State } from '../../../cases/rules.ts';
import type { Position } from '../../../geography/position.ts';
import {
	spansOf,
	squareKey,
	type Counted,
	type MapGroup,
	type Span,
	type Squares,
	type View
} from '../../map.ts';

/** One public issue as the map shows it. */
export interface Spot extends Position {
	reference: string;
	title: string;
	state: State;
}

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

/** What a screen shows: what lies in its squares or, close by and where they are few, the issues themselves. */
export type Screen = { squares: Counted[] } | { spots: Spot[] };

/** Single issues instead of squares: where, so many at most, and among so many of any standing. */
export interface CloseUp {
	view: View;
	most: number;
	mostLookedAt: number;
}

/**
 * What the cells count and what is not yet added to them, as one instant saw both; and the issues where
 * they are few. One function of the database, planned once a connection, that answers one line.
 */
export async function screenOf(
	db: Db,
	municipalityId: string,
	{ zoom, rows: lines, columns }: Squares,
	groups: readonly MapGroup[],
	close: CloseUp | null
): Promise<Screen> {
	const squares = [zoom, lines.from, lines.to, columns.map(starts), columns.map(ends)];
	const spans = close ? spansOf(close.view) : [];
	const [south, north] = close ? [close.view.south, close.view.north] : [0, 0];
	const box = [spans.map(starts), spans.map(ends), south, north];
	const few = [close?.most ?? -1, close?.mostLookedAt ?? 0];
	const [{ seen }] = await rows<{ seen: string }>(
		db,
		sql.raw(
			`select map_seen(${written([municipalityId, ...squares, groups, ...box, ...few])}) as seen`
		)
	);
	const told: { squares: number[] } | { spots: SpotLine[] } = JSON.parse(seen);
	return 'spots' in told ? { spots: told.spots.map(spotOf) } : { squares: addedUp(told.squares) };
}

const starts = ({ from }: Span) => from;
const ends = ({ to }: Span) => to;

type SpotLine = [reference: string, title: string, lon: number, lat: number, state: State];
const spotOf = ([reference, title, lon, lat, state]: SpotLine): Spot => ({
	reference,
	title,
	lon,
	lat,
	state
});

type Fact = string | number;
/**
 * Numbers, ids and names of ours, written into the statement: with parameters the driver would ask for
 * their types first, which takes as long as all the rest.
 * @throws when it is anything that people write
 */
function written(facts: ReadonlyArray<Fact | readonly Fact[]>): string {
	const texts = facts.map((fact) => (Array.isArray(fact) ? `{${fact.join()}}` : String(fact)));
	if (!/^[\w.,{}+ -]*$/.test(texts.join(' ')))
		throw new Error('Only numbers, ids and names of ours');
	return texts.map((text) => `'${text}'`).join();
}

/** So many numbers the database tells of a square. */
const told = 5;

/** Several standings of one square, and what changed there, become one. */
function addedUp(numbers: number[]): Counted[] {
	const squares = new Map<number, Counted>();
	for (let i = 0; i < numbers.length; i += told) {
		const [cy, cx, n] = [numbers[i], numbers[i + 1], numbers[i + 2]];
		const [sumX, sumY] = [numbers[i + 3], numbers[i + 4]];
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
