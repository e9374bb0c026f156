import { stateType, states, type State } from '../cases/rules.ts';
import type { Position } from '../geography/position.ts';
import { standings, type StandingFilter } from './filters.ts';
import { firstZoom } from './spot.ts';

/** How an issue stands, as the map counts it: every state in exactly one group. SQL: `map_standing`. */
export const mapGroups = ['open', 'paused', 'claimed', 'fixed', 'closed'] as const;
export type MapGroup = (typeof mapGroups)[number];

/** The group a state is counted in. */
export function groupOf(state: State): MapGroup {
	if (standings.fixed.some((each) => each === state)) return 'fixed';
	const type = stateType[state];
	return type === 'open' || type === 'paused' || type === 'claimed' ? type : 'closed';
}

/** The groups that make up what a list calls by this name. */
export const groupsIn = (standing: StandingFilter): MapGroup[] =>
	standing === 'all'
		? [...mapGroups]
		: mapGroups.filter((group) =>
				states.some(
					(state) =>
						groupOf(state) === group && standings[standing].some((each: State) => each === state)
				)
			);

/** Zooms the cells are kept for, from `firstZoom` of `spot.ts`. */
export const lastZoom = 16;
/** From here on single issues are shown where few are in sight, and other filters are asked on demand. */
export const closeZoom = 13;

/** What somebody looks at: WGS 84 degrees. West beyond east means across the date line (RFC 7946, 5.2). */
export interface View {
	west: number;
	south: number;
	east: number;
	north: number;
	/** A whole number from 4 to 16: the cells that are counted. */
	zoom: number;
}

export type ViewObstacle = 'no_bbox' | 'not_numbers' | 'outside' | 'upside_down' | 'no_zoom';

/** A view as an address holds it (`bbox=west,south,east,north&zoom=12`), or why it is none. */
export function readView(address: URLSearchParams): View | ViewObstacle {
	const text = address.get('bbox') ?? '';
	if (!text) return 'no_bbox';
	const parts = text.slice(0, 200).split(',');
	const numbers = parts.map(Number);
	if (numbers.length !== 4 || parts.some((part) => !part.trim()) || !numbers.every(Number.isFinite))
		return 'not_numbers';
	const [west, south, east, north] = numbers;
	if (Math.abs(west) > 540 || Math.abs(east) > 540 || Math.abs(south) > 90 || Math.abs(north) > 90)
		return 'outside';
	if (south >= north) return 'upside_down';

	const zoom = Number(address.get('zoom') || NaN);
	if (!Number.isInteger(zoom) || zoom < 0 || zoom > 22) return 'no_zoom';
	const whole = east - west >= 360;
	return {
		west: whole ? -180 : turned(west),
		east: whole ? 180 : turned(east),
		south,
		north,
		zoom: Math.min(Math.max(zoom, firstZoom), lastZoom)
	};
}

/** A map that was dragged around the world comes back to it. */
const turned = (lon: number) => (lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon);

const world = 2 ** 32;
const clamp = (n: number) => Math.min(Math.max(Math.floor(n), 0), world - 1);

/** Web Mercator (EPSG:3857) in 2^-32 of the world's width, from the north-west, as `map_x` and `map_y` count. */
export const mapX = (lon: number) => clamp(((lon + 180) / 360) * world);
export function mapY(lat: number) {
	const sine = Math.sin((Math.min(Math.max(lat, -85.06), 85.06) * Math.PI) / 180);
	return clamp((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * world);
}

/** Back from there to WGS 84. */
export const lonOf = (x: number) => (x / world) * 360 - 180;
export const latOf = (y: number) =>
	(Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / world))) * 180) / Math.PI;

/** Squares of 64 pixels: so many parts of the world's width is one, as a power of two. */
export const shiftOf = (zoom: number) => 30 - zoom;

export interface Span {
	from: number;
	to: number;
}

/** The rows and columns of squares in sight; two spans of columns across the date line. */
export interface Squares {
	zoom: number;
	rows: Span;
	columns: Span[];
}

/** More squares than any screen shows: the look-up stays bounded whatever is asked. */
const mostSquares = 4096;

/** From west to east in degrees: two spans across the date line. */
export const spansOf = ({ west, east }: Pick<View, 'west' | 'east'>): Span[] =>
	west <= east
		? [{ from: west, to: east }]
		: [
				{ from: west, to: 180 },
				{ from: -180, to: east }
			];

/** The squares of a view, at a coarser zoom where they would be too many. */
export function squaresOf(view: View): Squares {
	const rows = { from: mapY(view.north), to: mapY(view.south) };
	const columns = spansOf(view).map(({ from, to }) => ({ from: mapX(from), to: mapX(to) }));
	for (let zoom = view.zoom; ; zoom--) {
		const size = 2 ** shiftOf(zoom);
		const square = ({ from, to }: Span) => ({
			from: Math.floor(from / size),
			to: Math.floor(to / size)
		});
		const squares = { zoom, rows: square(rows), columns: columns.map(square) };
		if (zoom === firstZoom || countOf(squares) <= mostSquares) return squares;
	}
}

const long = ({ from, to }: Span) => to - from + 1;
const countOf = ({ rows, columns }: Squares) =>
	long(rows) * columns.reduce((sum, span) => sum + long(span), 0);

/** What is counted in one square: how many, and the sums of where. */
export interface Counted {
	cy: number;
	cx: number;
	n: number;
	sumX: number;
	sumY: number;
}

/** A square of one zoom as a number; there are fewer than 2^20 columns, also one beyond the edge. */
export const squareKey = (cy: number, cx: number) => cy * 2 ** 20 + cx;

export interface Cluster extends Position {
	n: number;
}

/** Nearer than this, two circles of 48 pixels would lie over one another: they become one. */
const together = 46;

/** Squares as circles at the middle of what they hold; neighbours that would touch are joined, the larger first. */
export function clustersOf(counted: Counted[], zoom: number): Cluster[] {
	const near = (together / 64) * 2 ** shiftOf(zoom);
	const left = new Map(counted.map((each) => [squareKey(each.cy, each.cx), each]));
	const clusters: Cluster[] = [];
	for (const each of [...counted].sort((a, b) => b.n - a.n || a.cy - b.cy || a.cx - b.cx)) {
		if (!left.delete(squareKey(each.cy, each.cx))) continue;
		let { n, sumX, sumY } = each;
		const [middleX, middleY] = [sumX / n, sumY / n];
		for (let cy = each.cy - 1; cy <= each.cy + 1; cy++)
			for (let cx = each.cx - 1; cx <= each.cx + 1; cx++) {
				const other = left.get(squareKey(cy, cx));
				if (!other) continue;
				const [dx, dy] = [other.sumX / other.n - middleX, other.sumY / other.n - middleY];
				if (dx * dx + dy * dy >= near * near) continue;
				left.delete(squareKey(cy, cx));
				n += other.n;
				sumX += other.sumX;
				sumY += other.sumY;
			}
		clusters.push({ lon: lonOf(sumX / n), lat: latOf(sumY / n), n });
	}
	return clusters;
}
