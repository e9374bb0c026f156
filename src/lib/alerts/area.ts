/** How an area was chosen: by wards, by a circle around a place, by corners, or as an earlier version had it. */
export interface AreaWish {
	wards: string[];
	/** A place of the gazetteer or `lat, lon`; metres around it. */
	around: string;
	metres: number | null;
	/** Corners as `lat, lon` lines, a blank line between polygons; or GeoJSON. */
	corners: string;
	/** An alert whose area is taken over. */
	sameAs: string | null;
}

export const noArea: AreaWish = { wards: [], around: '', metres: null, corners: '', sameAs: null };

export const isEmptyWish = ({ wards, around, corners, sameAs }: AreaWish) =>
	!wards.length && !around && !corners && !sameAs;

type Pair = [lon: number, lat: number];
export type Ring = Pair[];

export type AreaObstacle =
	| 'no_area'
	| 'not_numbers'
	| 'not_polygons'
	| 'too_few_corners'
	| 'not_closed'
	| 'corner_twice'
	| 'has_a_hole'
	| 'swapped'
	| 'not_on_earth'
	| 'crosses_itself'
	| 'overlaps'
	| 'outside'
	| 'too_many'
	| 'unknown_ward'
	| 'unknown_place'
	| 'wrong_radius'
	| 'unknown_alert';

/** Hard caps; above the lesser ones a shape is simplified (UK Emergency Alerts). */
export const mostPolygons = 1000;
export const mostCorners = 50_000;
export const simpleUpTo = { polygons: 12, corners: 250 };

/** How far a warned area may reach over the municipality's line, in metres. */
export const areaBuffer = 1000;
/** Of a circle, in metres. CAP wants more than nothing. */
export const shortestRadius = 50;
export const longestRadius = 50_000;

const decimals = 1e6;
const round = (degrees: number) => Math.round(degrees * decimals) / decimals;

/** What is wrong with a ring as it was given, before any library mends it silently; null when nothing is. */
export function ringObstacle(ring: Ring): AreaObstacle | null {
	if (ring.length < 4) return 'too_few_corners';
	if (ring.flat().some((each) => !Number.isFinite(each))) return 'not_numbers';
	if (ring.some(([lon, lat]) => Math.abs(lon) > 180 || Math.abs(lat) > 90)) return 'not_on_earth';
	const [first, last] = [ring[0], ring[ring.length - 1]];
	if (first[0] !== last[0] || first[1] !== last[1]) return 'not_closed';
	const corners = ring.slice(0, -1).map(([lon, lat]) => `${round(lon)},${round(lat)}`);
	return new Set(corners).size < corners.length ? 'corner_twice' : null;
}

type Read = { rings: Ring[] } | { obstacle: AreaObstacle };

/** Reads corners as they were typed, drawn or pasted. A list of corners closes itself, GeoJSON has to be closed. */
export function readCorners(text: string): Read {
	const said = text.trim();
	if (!said) return { obstacle: 'no_area' };
	const read = said.startsWith('{') ? readGeoJson(said) : readLines(said);
	if ('obstacle' in read) return read;
	if (read.rings.length > mostPolygons || read.rings.flat().length > mostCorners)
		return { obstacle: 'too_many' };
	for (const ring of read.rings) {
		const obstacle = ringObstacle(ring);
		if (obstacle) return { obstacle };
	}
	return {
		rings: read.rings.map((ring) => ring.map(([lon, lat]): Pair => [round(lon), round(lat)]))
	};
}

const number = /^[+-]?\d{1,3}(\.\d+)?$/;

/** `-33.2300, 28.5200` on each line, as telephones and CAP 1.2 say it; a blank line begins another polygon. */
function readLines(said: string): Read {
	const rings: Ring[] = [];
	for (const block of said.split(/\n\s*\n/)) {
		const ring: Ring = [];
		for (const line of block.split(/[\n;]/).map((each) => each.trim())) {
			if (!line) continue;
			const pair = line.split(/[,\s]+/);
			if (pair.length !== 2 || !pair.every((each) => number.test(each)))
				return { obstacle: 'not_numbers' };
			ring.push([Number(pair[1]), Number(pair[0])]);
		}
		const [first, last] = [ring[0], ring[ring.length - 1]];
		if (first && (first[0] !== last[0] || first[1] !== last[1])) ring.push(first);
		rings.push(ring);
	}
	return { rings };
}

function readGeoJson(said: string): Read {
	let shape: unknown;
	try {
		shape = JSON.parse(said);
	} catch {
		return { obstacle: 'not_polygons' };
	}
	const { type, geometry, coordinates } = shape as {
		type?: string;
		geometry?: { type?: string; coordinates?: unknown };
		coordinates?: unknown;
	};
	const kind = type === 'Feature' ? geometry?.type : type;
	const given = type === 'Feature' ? geometry?.coordinates : coordinates;
	const polygons = kind === 'Polygon' ? [given] : kind === 'MultiPolygon' ? given : null;
	if (!Array.isArray(polygons) || !polygons.length || !polygons.every(isPolygon))
		return { obstacle: 'not_polygons' };
	if (polygons.some((rings) => rings.length > 1)) return { obstacle: 'has_a_hole' };
	return { rings: polygons.map(([ring]) => ring) };
}

const isPolygon = (polygon: unknown): polygon is Ring[] =>
	Array.isArray(polygon) &&
	polygon.length > 0 &&
	polygon.every(
		(ring) =>
			Array.isArray(ring) &&
			ring.every(
				(pair) =>
					Array.isArray(pair) && pair.length === 2 && pair.every((each) => typeof each === 'number')
			)
	);

/** Corners as the form shows them again. */
export const showCorners = (rings: Ring[]) =>
	rings
		.map((ring) =>
			ring
				.slice(0, -1)
				.map(([lon, lat]) => `${lat}, ${lon}`)
				.join('\n')
		)
		.join('\n\n');

/** Why an area cannot be used, as the office reads it. */
export const areaWords: Record<AreaObstacle, string> = {
	no_area: 'Choose whom it warns: wards, a circle or corners. Nothing is sent without an area.',
	not_numbers:
		'Each corner is two numbers on a line of its own: latitude, longitude. Like -33.2300, 28.5200',
	not_polygons: 'This is not a GeoJSON polygon.',
	too_few_corners: 'An area needs three corners or more.',
	not_closed: 'The polygon is not closed: its last corner has to be its first.',
	corner_twice: 'The same corner stands there twice.',
	has_a_hole: 'The area has a hole. Choose it without one.',
	swapped: 'Latitude and longitude look swapped: latitude comes first.',
	not_on_earth: 'These numbers are no place on earth.',
	crosses_itself: 'The line of the area crosses itself.',
	overlaps: 'Two of the polygons overlap.',
	outside: 'The area reaches outside the municipality.',
	too_many: 'The area has too many corners.',
	unknown_ward: 'Choose wards of this municipality.',
	unknown_place:
		'We do not know this place, or not where it lies. Choose another, or give latitude and longitude.',
	wrong_radius: `Say how many metres around it, from ${shortestRadius} to ${longestRadius}.`,
	unknown_alert: 'The earlier warning has no area.'
};

// prettier-ignore
const areaFields: Partial<Record<AreaObstacle, string>> = {
	unknown_ward: 'wards', no_area: 'wards', unknown_place: 'around', wrong_radius: 'metres'
};
export const areaFieldOf = (obstacle: AreaObstacle) => areaFields[obstacle] ?? 'corners';
