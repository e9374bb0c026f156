import { and, eq, or, sql, type SQL } from 'drizzle-orm';
import { cases } from '../../../cases/server/schema.ts';
import type { Position } from '../../../geography/position.ts';
import type { Asker } from '../../../identity/asker.ts';
import { rows, type Db } from '../../../platform/server/db.ts';
import type { Filters } from '../../filters.ts';
import {
	closeZoom,
	clustersOf,
	groupsIn,
	lastZoom,
	shiftOf,
	spansOf,
	squaresOf,
	type Cluster,
	type Counted,
	type Squares,
	type View
} from '../../map.ts';
import { shown } from '../list.ts';
import { issues, services } from '../schema.ts';
import { screenOf, type Spot } from './cells.ts';

/** Whose map it is. It is the same for everybody: nobody's own rights are asked. */
export interface MapOf {
	municipalityId: string;
	timezone: string;
}

export interface WardCount extends Position {
	wardCode: string;
	n: number;
}

/** What is in sight: circles that count, single issues where few are, or counts per ward. */
export interface InSight {
	/** How many public issues lie in sight, or in the municipality when they are counted per ward. */
	total: number;
	clusters: Cluster[];
	issues: Spot[];
	wards: WardCount[];
}

/** So many single issues are shown at most; more than that are circles. */
export const mostSpots = 100;
/** Beyond this the index would read many that nobody sees, only to leave them out. */
const mostLookedAt = 1000;

const nobody: Asker = { actor: null, receipts: [], device: '' };

/** Whether the cells answer: they know how issues stand, and nothing else about them. */
export const isCounted = ({ q, service, group, ward, from, to, state }: Filters) =>
	!(q || service || group || ward || from || to) && state !== 'answered';

/**
 * Public issues in a view. By standing from the cells, at every zoom in about the same time; by
 * service, ward, day or words on demand, close by as circles and from afar as counts per ward.
 */
export async function inSight(db: Db, map: MapOf, view: View, wanted: Filters): Promise<InSight> {
	const filters: Filters = { ...wanted, kind: 'issue', mine: false, after: '' };
	const squares = squaresOf(view);
	if (!isCounted(filters)) return onDemand(db, map, squares, view, filters);

	const close = squares.zoom >= closeZoom ? { view, most: mostSpots, mostLookedAt } : null;
	const groups = groupsIn(filters.state);
	const screen = await screenOf(db, map.municipalityId, squares, groups, close);
	// Squares reach beyond the edge of the view: what is shown is what is counted.
	if ('spots' in screen)
		return { total: screen.spots.length, clusters: [], issues: screen.spots, wards: [] };
	const total = sum(screen.squares.map(({ n }) => n));
	return { total, clusters: clustersOf(screen.squares, squares.zoom), issues: [], wards: [] };
}

const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);

async function onDemand(db: Db, map: MapOf, squares: Squares, view: View, filters: Filters) {
	if (squares.zoom < closeZoom) {
		const wards = await perWard(db, map, filters);
		return { total: sum(wards.map(({ n }) => n)), clusters: [], issues: [], wards };
	}
	const spots = await spotsIn(db, map, view, filters, mostSpots + 1);
	if (spots.length <= mostSpots)
		return { total: spots.length, clusters: [], issues: spots, wards: [] };
	const counted = await asked(db, map, squares, view, filters);
	return {
		total: sum(counted.map(({ n }) => n)),
		clusters: clustersOf(counted, squares.zoom),
		issues: [],
		wards: []
	};
}

const envelope = (west: number, south: number, east: number, north: number) =>
	sql`${issues.point} && st_makeenvelope(${west}::float8, ${south}::float8, ${east}::float8, ${north}::float8, 4326)`;

const inView = (view: View): SQL => {
	const { south, north } = view;
	return or(...spansOf(view).map(({ from, to }) => envelope(from, south, to, north)))!;
};

const wanted = (map: MapOf, filters: Filters, view?: View) =>
	and(
		shown({ ...map, asker: nobody }, filters),
		view ? inView(view) : sql`${issues.point} is not null`
	);

async function spotsIn(db: Db, map: MapOf, view: View, filters: Filters, most = mostSpots) {
	const found = await db
		.select({
			reference: issues.reference,
			title: issues.title,
			point: issues.point,
			state: cases.state
		})
		.from(issues)
		.innerJoin(cases, eq(cases.subjectId, issues.id))
		.leftJoin(services, eq(services.id, issues.serviceId))
		.where(wanted(map, filters, view))
		.limit(most);
	return found.map(({ point, ...spot }): Spot => ({ ...spot, ...point! }));
}

/** The same squares, counted from the issues themselves. */
const asked = (db: Db, map: MapOf, { zoom }: Squares, view: View, filters: Filters) => {
	const shift = shiftOf(Math.min(zoom, lastZoom));
	return rows<Counted & Record<string, unknown>>(
		db,
		sql`
		select (y >> ${shift}::int)::int as cy, (x >> ${shift}::int)::int as cx, count(*)::int as n,
			sum(x)::float8 as "sumX", sum(y)::float8 as "sumY"
		from (
			select map_x(st_x(${issues.point})) as x, map_y(st_y(${issues.point})) as y
			from ${issues} join ${cases} on ${cases.subjectId} = ${issues.id}
			left join ${services} on ${services.id} = ${issues.serviceId}
			where ${wanted(map, filters, view)}
		) as at
		group by 1, 2`
	);
};

/** How many there are in each ward, at the middle of where they are. */
const perWard = (db: Db, map: MapOf, filters: Filters) =>
	rows<WardCount & Record<string, unknown>>(
		db,
		sql`
		select coalesce(${issues.currentWardCode}, '') as "wardCode", count(*)::int as n,
			avg(st_x(${issues.point}))::float8 as lon, avg(st_y(${issues.point}))::float8 as lat
		from ${issues} join ${cases} on ${cases.subjectId} = ${issues.id}
		left join ${services} on ${services.id} = ${issues.serviceId}
		where ${wanted(map, filters)}
		group by 1 order by 1`
	);
