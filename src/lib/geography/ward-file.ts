import { country } from './position.ts';

type Properties = Record<string, unknown>;

/** What a ward file calls its columns. The Demarcation Board and those who pass its files on do not agree. */
export type WardFields = Record<
	'code' | 'municipality' | 'number' | 'name' | 'areas' | 'voters' | 'population',
	string[]
>;

// prettier-ignore
export const knownFields: WardFields = {
	code:         ['ward_id', 'wardid', 'ward_code', 'wardcode'],
	municipality: ['mdb_code', 'mdbcode', 'cat_b', 'catb', 'municipali', 'mun_mdb_c', 'mdb_c'],
	number:       ['ward_no', 'wardno', 'ward_num', 'wardnumber'],
	name:         ['municname', 'mun_name', 'municipality_name', 'map_title'],
	areas:        ['areas'],
	voters:       ['registered_voters', 'voters'],
	population:   ['population', 'pop_total']
};

const plain = (name: string) => name.toLowerCase().replace(/[_\s]/g, '');

/** The value of a column under any of its names, whatever the case. */
function valueOf(properties: Properties, names: string[]): unknown {
	const wanted = names.map(plain);
	const found = Object.entries(properties).find(
		([name, value]) => wanted.includes(plain(name)) && value !== null && value !== ''
	);
	return found?.[1];
}

export interface WardRow {
	code: string;
	number: number;
	municipality: string | null;
	municipalityName: string | null;
	areas: string[];
	voters: number | null;
	/** People who live there, where the file says so. */
	population: number | null;
}

/** A ward's columns, or one sentence about what is missing. */
export function readWardRow(properties: Properties, fields: WardFields): WardRow | string {
	const code = String(valueOf(properties, fields.code) ?? '')
		.trim()
		.replace(/\.0+$/, '');
	if (!/^\d{8}$/.test(code))
		return code
			? `its ward code is ${JSON.stringify(code.slice(0, 30))}, not eight digits`
			: `it has no ward code; its columns are ${Object.keys(properties).slice(0, 12).join(', ') || 'none'}`;
	const number = Number(valueOf(properties, fields.number) ?? code.slice(-3));
	const voters = Number(valueOf(properties, fields.voters) ?? NaN);
	const population = Number(valueOf(properties, fields.population) ?? NaN);
	const areas = valueOf(properties, fields.areas);
	const text = (value: unknown) =>
		value === undefined ? null : String(value).trim().slice(0, 100);
	return {
		code,
		number: Number.isInteger(number) && number > 0 ? number : Number(code.slice(-3)),
		municipality: text(valueOf(properties, fields.municipality))?.toUpperCase() ?? null,
		municipalityName: text(valueOf(properties, fields.name)),
		areas: (Array.isArray(areas) ? areas.map(String) : String(areas ?? '').split(/[;,]/))
			.map((area) => area.trim().slice(0, 80))
			.filter(Boolean)
			.slice(0, 60),
		voters: Number.isInteger(voters) && voters >= 0 ? voters : null,
		population: Number.isInteger(population) && population >= 0 ? population : null
	};
}

type Pair = [number, number];
export type Polygons = Pair[][][];

/** The polygons of a GeoJSON geometry, or one sentence about what is wrong with it. */
export function readPolygons(geometry: unknown): Polygons | string {
	const { type, coordinates } = (geometry ?? {}) as { type?: unknown; coordinates?: unknown };
	if (type !== 'Polygon' && type !== 'MultiPolygon')
		return geometry ? `it is a ${String(type).slice(0, 30)}, not a polygon` : 'it has no shape';
	const polygons = (type === 'Polygon' ? [coordinates] : coordinates) as unknown;
	if (!Array.isArray(polygons) || !polygons.length) return 'its shape is empty';
	const clean: Polygons = [];
	for (const polygon of polygons) {
		if (!Array.isArray(polygon)) return 'its shape is broken';
		const rings: Pair[][] = [];
		for (const ring of polygon) {
			const pairs = readRing(ring);
			if (typeof pairs === 'string') return pairs;
			rings.push(pairs);
		}
		if (rings.length) clean.push(rings);
	}
	return clean.length ? clean : 'its shape is empty';
}

function readRing(ring: unknown): Pair[] | string {
	if (!Array.isArray(ring) || ring.length < 4)
		return 'a ring of its shape has fewer than 4 corners';
	const pairs: Pair[] = [];
	for (const corner of ring) {
		const [x, y] = Array.isArray(corner) ? corner : [];
		if (!Number.isFinite(x) || !Number.isFinite(y))
			return 'a corner of its shape is not two numbers';
		if (Math.abs(x) > 180 || Math.abs(y) > 90)
			return `its corner ${x}, ${y} is not in degrees: the file is in a projection. Save it as WGS 84 (EPSG:4326)`;
		if (x < country.west || x > country.east || y < country.south || y > country.north)
			return y > 0 && x < 0
				? `its corner ${x}, ${y} has latitude before longitude`
				: `its corner ${x}, ${y} is not in South Africa`;
		pairs.push([x, y]);
	}
	const [first, last] = [pairs[0], pairs[pairs.length - 1]];
	if (first[0] !== last[0] || first[1] !== last[1]) pairs.push(first);
	return pairs;
}

/**
 * Why a coordinate system cannot be read as WGS 84 degrees, or null. Hartebeesthoek94 without a
 * projection lies within a metre of it. Takes the text of a `.prj` (OGC well-known text).
 */
export function projectionProblem(text: string): string | null {
	const [, kind, name] = /^\s*(\w+)\s*\[\s*"([^"]*)"/.exec(text) ?? [];
	if (!kind) return 'its .prj file is not a coordinate system';
	const geographic = /^GEOG/i.test(kind);
	return geographic && /wgs[\s_]*(19)?84|hartebeesthoek[\s_]*(19)?94/i.test(name)
		? null
		: `it is in ${name || kind}`;
}

/** The same for the `crs` member that older GeoJSON carries. */
export function crsProblem(crs: unknown): string | null {
	if (crs === undefined || crs === null) return null;
	const name = String((crs as { properties?: { name?: unknown } }).properties?.name ?? 'unnamed');
	return /CRS:?84$|EPSG:+(4326|4148)$/i.test(name) ? null : `it is in ${name.slice(0, 80)}`;
}

const fewCorners = 60;

/** Lines with so few corners were simplified for overview maps: a report must not be routed by them. */
export function looksSimplified(wards: Polygons[]): boolean {
	const corners = wards.map((polygons) => polygons.flat(2).length).sort((a, b) => a - b);
	return corners[Math.floor(corners.length / 2)] < fewCorners;
}
