import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { rows, type Db } from '../../platform/server/db.ts';
import {
	boundsAround,
	drawMap,
	type Bounds,
	type FeatureKind,
	type FeatureToDraw,
	type MapDrawing,
	type NameToDraw,
	type WardToDraw
} from '../drawing.ts';
import { onGrid, thinTogether, type Corner } from '../lines.ts';
import type { Position } from '../position.ts';
import { features, places } from './schema.ts';
import { wardsInForce } from './wards-in-force.ts';

type Ring = Array<[number, number]>;

interface DrawnWard {
	[column: string]: unknown;
	code: string;
	number: number;
	polygons: string;
	lon: number;
	lat: number;
}

/** Wards in force that touch the bounds, with all their corners. */
const wardShapes = (db: Db, municipalityId: string, now: Date, bounds?: Bounds) =>
	rows<DrawnWard>(
		db,
		sql`
		select w.code, w.number, st_asgeojson(w.geom, 6) as polygons,
			st_x(st_pointonsurface(w.geom))::float8 as lon, st_y(st_pointonsurface(w.geom))::float8 as lat
		from ${wardsInForce(municipalityId, now)}
			${bounds ? sql`and w.geom && st_makeenvelope(${bounds[0]}::float8, ${bounds[1]}::float8, ${bounds[2]}::float8, ${bounds[3]}::float8, 4326)` : sql``}
		order by w.number`
	);

const polygonsOf = ({ polygons }: DrawnWard): Ring[][] =>
	(JSON.parse(polygons) as { coordinates: Ring[][] }).coordinates;

const featuresOf = (db: Db, municipalityId: string) =>
	db.select().from(features).where(eq(features.municipalityId, municipalityId));

type StoredFeature = Awaited<ReturnType<typeof featuresOf>>[number];

interface Geometry {
	type: 'LineString' | 'MultiLineString' | 'Polygon' | 'MultiPolygon';
	coordinates: unknown;
}

function linesOf({ type, coordinates }: Geometry): Ring[] {
	if (type === 'LineString') return [coordinates as Ring];
	if (type === 'MultiPolygon') return (coordinates as Ring[][]).flat();
	return coordinates as Ring[];
}

const toDraw = ({ kind, name, geojson }: StoredFeature): FeatureToDraw => ({
	kind,
	name,
	lines: linesOf(JSON.parse(geojson) as Geometry)
});

const boundsOfWards = (wards: DrawnWard[]): Bounds => {
	let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
	for (const ward of wards)
		for (const [lon, lat] of polygonsOf(ward).flat(2)) {
			west = Math.min(west, lon);
			east = Math.max(east, lon);
			south = Math.min(south, lat);
			north = Math.max(north, lat);
		}
	return [west, south, east, north];
};

export interface MapWish {
	/** The ward it is about: its line is drawn, and without `around` the map is of it. */
	ward?: string | null;
	/** What has to be on it: positions of issues. */
	around?: Position[];
	/** How far around them, in metres. */
	metres?: number;
}

/**
 * A map of a municipality, of one of its wards, or of the surroundings of positions, as SVG paths
 * for `WardMap`; null where no ward lines were imported.
 */
export async function mapOf(
	db: Db,
	municipalityId: string,
	{ ward, around = [], metres = 500 }: MapWish = {},
	now = new Date()
): Promise<MapDrawing | null> {
	const wards = await wardShapes(db, municipalityId, now);
	if (!wards.length) return null;

	const own = wards.filter(({ code }) => code === ward);
	const close = around.length > 0 || own.length > 0;
	const bounds = around.length
		? boundsAround(around, metres)
		: boundsOfWards(own.length ? own : wards);
	const drawn = (await featuresOf(db, municipalityId)).map(toDraw);
	return drawMap({
		wards: wards.map((each): WardToDraw => ({
			code: each.code,
			number: each.number,
			rings: polygonsOf(each).flat(),
			inside: { lon: each.lon, lat: each.lat }
		})),
		features: drawn,
		names: close ? await namesOf(db, municipalityId, drawn) : undefined,
		bounds,
		own: own[0]?.code
	});
}

/** Suburbs first, then streets: what people know their way by. */
async function namesOf(
	db: Db,
	municipalityId: string,
	drawn: FeatureToDraw[]
): Promise<NameToDraw[]> {
	const known = await db
		.select({ name: places.name, kind: places.kind, point: places.point })
		.from(places)
		.where(and(eq(places.municipalityId, municipalityId), sql`${places.point} is not null`));
	const suburbs = known.filter(({ kind }) => kind === 'suburb' || kind === 'settlement');
	const streets = known.filter(({ kind }) => kind === 'street');
	const mains = drawn
		.filter(({ kind }) => kind === 'main_road')
		.flatMap(({ name, lines }) => lines.flat().map((at) => ({ name, at })));
	const seen = new Set<string>();
	return [
		...suburbs.map(({ name, point }) => ({ name, point: point! })),
		...mains.map(({ name, at: [lon, lat] }) => ({ name, point: { lon, lat } })),
		...streets.map(({ name, point }) => ({ name, point: point! }))
	].filter(({ name, point }) => {
		const key = `${name}/${point.lon.toFixed(3)}`;
		return seen.has(key) ? false : Boolean(seen.add(key));
	});
}

export interface DrawnGeography {
	bounds: Bounds | null;
	wards: {
		type: 'FeatureCollection';
		features: Array<{
			type: 'Feature';
			properties: { code: string; number: number };
			geometry: { type: 'MultiPolygon'; coordinates: Ring[][] };
		}>;
	};
	features: {
		type: 'FeatureCollection';
		features: Array<{
			type: 'Feature';
			properties: { kind: FeatureKind; name: string };
			geometry: object;
		}>;
	};
	/** Names people know their way by. */
	places: Array<{ kind: string; name: string } & Position>;
}

/** More names than a map of a municipality can hold. */
const mostPlaces = 1500;

async function placesToName(db: Db, municipalityId: string) {
	const known = await db
		.select({ kind: places.kind, name: places.name, point: places.point })
		.from(places)
		.where(
			and(
				eq(places.municipalityId, municipalityId),
				inArray(places.kind, ['suburb', 'settlement', 'landmark']),
				sql`${places.point} is not null`
			)
		)
		.orderBy(desc(places.kind), places.name)
		.limit(mostPlaces);
	return known.map(({ kind, name, point }) => ({ kind, name, ...point! }));
}

/** About 11 metres: finer than a finger on the map of a whole municipality. */
const grid = 10_000;

/** Wards and features of a municipality as GeoJSON, thinned together so that neighbours still meet. */
export async function drawingOf(
	db: Db,
	municipalityId: string,
	bounds?: Bounds,
	now = new Date()
): Promise<DrawnGeography> {
	const wards = await wardShapes(db, municipalityId, now, bounds);
	const shapes = wards.map((ward) => polygonsOf(ward));
	const rings = shapes
		.flat(2)
		.map((ring) => onGrid(ring.map(([x, y]): Corner => [x * grid, y * grid])));
	const thinned = thinTogether(rings, 1).map((ring) =>
		ring.map(([x, y]): [number, number] => [x / grid, y / grid])
	);
	let next = 0;
	const stored = await featuresOf(db, municipalityId);
	return {
		bounds: wards.length ? boundsOfWards(wards) : null,
		wards: {
			type: 'FeatureCollection',
			features: wards.map(({ code, number }, i) => ({
				type: 'Feature',
				properties: { code, number },
				geometry: {
					type: 'MultiPolygon',
					coordinates: shapes[i]
						.map((polygon) => polygon.map(() => thinned[next++]).filter((ring) => ring.length > 3))
						.filter((polygon) => polygon.length > 0)
				}
			}))
		},
		features: {
			type: 'FeatureCollection',
			features: stored.map(({ kind, name, geojson }) => ({
				type: 'Feature',
				properties: { kind, name },
				geometry: JSON.parse(geojson) as object
			}))
		},
		places: await placesToName(db, municipalityId)
	};
}
