import { sql } from 'drizzle-orm';
import * as v from 'valibot';
import { rows, type Db } from '../../../platform/server/db.ts';
import { enqueue, job } from '../../../platform/server/jobs.ts';
import { later } from '../../../platform/time.ts';
import { closeZoom, shiftOf, type Counted, type MapGroup, type Squares } from '../../map.ts';

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

const inColumns = ({ columns }: Squares, size: number) =>
	sql.join(
		columns.map(
			({ from, to }) => sql`x between ${from * size}::bigint and ${(to + 1) * size - 1}::bigint`
		),
		sql` or `
	);

const spansOf = ({ columns }: Squares) =>
	sql.join(
		columns.map(({ from, to }) => sql`(${from}::int, ${to}::int)`),
		sql`, `
	);

/** A square with what is asked for, and how many public issues of any standing lie in it. */
export type CountedCell = Counted & { all: number };

/** What lies in the squares: the cells and what is not yet added to them, as one instant saw both. */
export const countedIn = (
	db: Db,
	municipalityId: string,
	squares: Squares,
	groups: readonly MapGroup[]
): Promise<CountedCell[]> => {
	const shift = shiftOf(squares.zoom);
	const { from, to } = squares.rows;
	const asked = sql`standing = any(string_to_array(${groups.join(',')}, ','))`;
	// From afar nobody asks how many there are in all, and rows that are left out cost nothing.
	const only = squares.zoom < closeZoom ? sql`and ${asked}` : sql``;
	return rows<CountedCell & Record<string, unknown>>(
		db,
		sql`
		select cy, cx, coalesce(sum(n) filter (where asked), 0)::int as n, sum(n)::int as "all",
			coalesce(sum(x) filter (where asked), 0) as "sumX",
			coalesce(sum(y) filter (where asked), 0) as "sumY"
		from (
			select line.cy, cell.*
			from generate_series(${from}::int, ${to}::int) as line(cy)
			cross join (values ${spansOf(squares)}) as span(first, last)
			-- Line by line, or everything between the first and the last corner would be read. "offset 0" keeps it so.
			cross join lateral (
				select cx, ${asked} as asked, n, sum_x::float8 as x, sum_y::float8 as y from map_cells
				where municipality_id = ${municipalityId}::uuid and zoom = ${squares.zoom}::smallint
					and cy = line.cy and cx between span.first and span.last ${only}
				offset 0
			) as cell
			union all
			select (y >> ${shift}::int)::int, (x >> ${shift}::int)::int, ${asked}, n, n * x::float8, n * y::float8
			from map_deltas
			where municipality_id = ${municipalityId}::uuid
				and y between ${from * 2 ** shift}::bigint and ${(to + 1) * 2 ** shift - 1}::bigint
				and (${inColumns(squares, 2 ** shift)}) ${only}
		) as at
		group by cy, cx
		having sum(n) > 0`
	);
};
