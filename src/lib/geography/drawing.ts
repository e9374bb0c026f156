import {
	onGrid,
	pathOf,
	sharedLines,
	thin,
	thinTogether,
	trimmed,
	type Chain,
	type Corner
} from './lines.ts';
import { metresPerDegree, type Position } from './position.ts';

export type FeatureKind = 'coast' | 'river' | 'lake' | 'road' | 'main_road' | 'park' | 'rail';

type Ring = Array<[lon: number, lat: number]>;

export interface WardToDraw {
	code: string;
	number: number;
	rings: Ring[];
	/** A point surely inside, for its number. */
	inside: Position;
}

export interface FeatureToDraw {
	kind: FeatureKind;
	name: string;
	/** Lines, or closed rings of areas. */
	lines: Ring[];
}

export interface NameToDraw {
	name: string;
	point: Position;
}

export type Bounds = [west: number, south: number, east: number, north: number];

export interface MapLabel {
	text: string;
	/** Percent from the start and from the top. */
	x: number;
	y: number;
}

/** Everything `WardMap` needs: SVG paths on a box of `width` by `height`, and words in percent. */
export interface MapDrawing {
	width: number;
	height: number;
	bounds: Bounds;
	land: string;
	lines: string;
	/** The line of the ward it is about. */
	own: string;
	coast: string;
	rivers: string;
	lakes: string;
	parks: string;
	roads: string;
	mainRoads: string;
	rail: string;
	/** How wide a river is drawn, in the box's own units. */
	riverWidth: number;
	mainRoadWidth: number;
	labels: MapLabel[];
}

export interface ToDraw {
	wards: WardToDraw[];
	features: FeatureToDraw[];
	/** Names of suburbs and main roads; without them the wards' numbers are written. */
	names?: NameToDraw[];
	bounds: Bounds;
	own?: string;
}

const width = 360;
const height = 300;
const margin = 0.06;
const riverMetres = 70;
const mostLabels = 7;
/** A map of so many metres across shows a municipality: streets are left out, and lines are thinned more. */
const wide = 12_000;
/** What is thinned away where streets can be told apart, in units of the box. */
const fine = 0.9;

/** Widens bounds to the shape of the box, with a margin, so that a kilometre is as long either way. */
export function fitBounds([west, south, east, north]: Bounds): Bounds {
	const middle = { lon: (west + east) / 2, lat: (south + north) / 2 };
	const scale = metresPerDegree(middle.lat);
	const across = Math.max(east - west, 1e-4) * scale.lon * (1 + 2 * margin);
	const down = Math.max(north - south, 1e-4) * scale.lat * (1 + 2 * margin);
	const metres = Math.max(across / width, down / height);
	const [dx, dy] = [(metres * width) / scale.lon / 2, (metres * height) / scale.lat / 2];
	return [middle.lon - dx, middle.lat - dy, middle.lon + dx, middle.lat + dy];
}

/** A square of so many metres around positions. */
export function boundsAround(points: Position[], metres: number): Bounds {
	const lons = points.map(({ lon }) => lon);
	const lats = points.map(({ lat }) => lat);
	const scale = metresPerDegree(lats[0]);
	const [dx, dy] = [metres / scale.lon, metres / scale.lat];
	return [
		Math.min(...lons) - dx,
		Math.min(...lats) - dy,
		Math.max(...lons) + dx,
		Math.max(...lats) + dy
	];
}

/** Where a position stands on a drawing, in percent; null when it is not on it. */
export function spotOn({ bounds }: Pick<MapDrawing, 'bounds'>, { lon, lat }: Position) {
	const [west, south, east, north] = bounds;
	const x = ((lon - west) / (east - west)) * 100;
	const y = ((north - lat) / (north - south)) * 100;
	return x < 0 || x > 100 || y < 0 || y > 100 ? null : { x: round(x), y: round(y) };
}

const round = (n: number) => Math.round(n * 10) / 10;

/** Polygons as one SVG path on a drawing: what is warned, or chosen. */
export const pathOn = (
	{ bounds, width, height }: Pick<MapDrawing, 'bounds' | 'width' | 'height'>,
	polygons: number[][][][]
): string => {
	const [west, south, east, north] = bounds;
	const at = ([lon, lat]: number[]) =>
		`${round(((lon - west) / (east - west)) * width)} ${round(((north - lat) / (north - south)) * height)}`;
	return polygons
		.flat()
		.map((ring) => `M${ring.map(at).join('L')}Z`)
		.join('');
};

/** Draws wards, water, roads and parks into a small SVG, thinned to what a phone can show. */
export function drawMap({ wards, features, names, bounds: wanted, own }: ToDraw): MapDrawing {
	const bounds = fitBounds(wanted);
	const [west, south, east, north] = bounds;
	const toBox = ([lon, lat]: [number, number]): Corner => [
		((lon - west) / (east - west)) * width,
		((north - lat) / (north - south)) * height
	];
	const gridded = wards.map(({ code, rings }) => ({
		code,
		rings: rings.map((ring) => onGrid(ring.map(toBox))).filter((ring) => ring.length > 3)
	}));
	const rings = gridded.flatMap((ward) => ward.rings);
	const metresAcross = (east - west) * metresPerDegree((south + north) / 2).lon;
	const isWide = metresAcross > wide;
	const tolerance = isWide ? 1.4 : fine;
	const chains = sharedLines(rings, tolerance);
	const thinned = thinTogether(rings, tolerance);
	const ownRings = gridded.find(({ code }) => code === own)?.rings ?? [];
	const ownLines = new Set(ownRings.flatMap((ring) => ring.map(String)));
	const isOwn = ({ corners }: Chain) => corners.every((corner) => ownLines.has(String(corner)));

	const lineOf = (line: Ring) =>
		inBox(thin(onGrid(line.map(toBox)), tolerance)).map((part) => pathOf(part));
	const of = (kind: FeatureKind) =>
		features
			.filter((each) => each.kind === kind)
			.flatMap(({ lines }) => lines.flatMap((line) => lineOf(line)))
			.join('');
	const areas = (kind: FeatureKind) =>
		features
			.filter((each) => each.kind === kind)
			.flatMap(({ lines }) => areaOf(lines.map((line) => onGrid(line.map(toBox)))))
			.join('');

	const shown =
		names ?? wards.map(({ number, inside }) => ({ name: String(number), point: inside }));
	return {
		width,
		height,
		bounds,
		land: thinned
			.map((ring) =>
				isSeen(ring) ? pathOf(trimmed(ring, nearBox), true) : isAround(ring) ? wholeBox : ''
			)
			.join(''),
		lines: chains
			.filter((chain) => !isOwn(chain))
			.flatMap(({ corners }) => inBox(corners).map((part) => pathOf(part)))
			.join(''),
		own: thinned
			.filter((_, i) => ownRings.includes(rings[i]))
			.map((ring) => pathOf(ring, true))
			.join(''),
		coast: of('coast'),
		rivers: of('river'),
		lakes: areas('lake'),
		parks: areas('park'),
		roads: isWide ? '' : of('road'),
		mainRoads: of('main_road'),
		rail: of('rail'),
		riverWidth: round(Math.min(11, Math.max(2.5, (riverMetres / metresAcross) * width))),
		mainRoadWidth: isWide ? 2.5 : 5,
		labels: placeLabels(shown, bounds, names ? mostLabels : Infinity)
	};
}

/** The parts of a line that can be seen, with one corner beyond the edge on either side. */
function inBox(line: Corner[]): Corner[][] {
	const parts: Corner[][] = [];
	let part: Corner[] = [];
	for (let i = 0; i + 1 < line.length; i++) {
		if (crossesBox(line[i], line[i + 1])) {
			if (!part.length) part.push(line[i]);
			part.push(line[i + 1]);
		} else if (part.length) {
			parts.push(part);
			part = [];
		}
	}
	return part.length ? [...parts, part] : parts;
}

const isSeen = (ring: Corner[]) => inBox(ring).length > 0;
/** A ring without an edge to be seen: all there is to see lies in it, or nothing does. */
const isAround = (ring: Corner[]) => !isSeen(ring) && isInside([width / 2, height / 2], ring);
const wholeBox = `M0 0h${width}v${height}h-${width}z`;

/** An area with its islands. Where none of its edges is seen, islands in turn decide what is. */
function areaOf(all: Corner[][]): string[] {
	const rings = all.filter((ring) => ring.length > 3);
	const around = rings.filter(isAround);
	if (!rings.some(isSeen)) return around.length % 2 ? [wholeBox] : [];
	return rings
		.filter((ring) => isSeen(ring) || around.includes(ring))
		.map((ring) => pathOf(trimmed(thin(ring.slice(0, -1), fine), nearBox), true));
}

/** Whether a ray to the east leaves the ring an odd number of times. */
function isInside([x, y]: Corner, ring: Corner[]): boolean {
	let inside = false;
	for (const [i, [ax, ay]] of ring.entries()) {
		const [bx, by] = ring[(i + 1) % ring.length];
		if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
	}
	return inside;
}

/** What can be seen, with the widest line's half. */
const nearBox = [-8, -8, width + 8, height + 8] as const;

const crossesBox = (a: Corner, b: Corner) =>
	Math.max(a[0], b[0]) >= nearBox[0] &&
	Math.min(a[0], b[0]) <= nearBox[2] &&
	Math.max(a[1], b[1]) >= nearBox[1] &&
	Math.min(a[1], b[1]) <= nearBox[3];

/** Words are placed in the order given; one that would lie over another is left out. */
function placeLabels(names: NameToDraw[], bounds: Bounds, most: number): MapLabel[] {
	const labels: MapLabel[] = [];
	for (const { name, point } of names) {
		const spot = spotOn({ bounds }, point);
		if (!spot || labels.length >= most || labels.some(({ text }) => text === name)) continue;
		const half = (text: string) => (text.length * 7) / width / 2;
		const reach = half(name) * 100;
		if (most !== Infinity && (spot.x < reach || spot.x > 100 - reach || spot.y < 4 || spot.y > 96))
			continue;
		const over = labels.some(
			({ text, x, y }) =>
				Math.abs(y - spot.y) < 7 && Math.abs(x - spot.x) < (half(text) + half(name)) * 100
		);
		if (!over) labels.push({ text: name, ...spot });
	}
	return labels;
}
