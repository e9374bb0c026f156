import { existsSync, readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import Flatbush from 'flatbush';
import pointInPolygon from 'point-in-polygon-hao';
import { importWards, wardIndex } from '#lib/geography/server/index.ts';
import { indexWards } from '#lib/geography/ward-index.ts';
import type { Position } from '#lib/geography/position.ts';
import { openDatabase, rows, type Db } from '#lib/platform/server/db.ts';
import { median, seeded, type Bench, type Figure } from './figure.ts';
import { gridOfWards, somewhere } from './ward-grid.ts';

const wardCount = 4468;
const cornersToASide = 250;
const rounds = 5;
const realWards = ['../shared', '../../shared'].map(
	(folder) => `${folder}/data/geo/za-wards-2020.geojson`
);

/** The ward of a point: in memory against flatbush with point-in-polygon-hao, and against PostGIS for truth. */
export const wardOfAPoint: Bench = {
	name: 'ward-of-a-point',
	about: `${wardCount} wards of ${cornersToASide * 4 + 1} corners; agreement with PostGIS, lines and corners included`,
	run: async ({ long, say }) => [speed(say), await agreement(long ? 100_000 : 20_000, say)]
};

function speed(say: (line: string) => void): Figure {
	const wards = gridOfWards(wardCount, cornersToASide);
	const started = performance.now();
	const index = indexWards(
		wards.map((ring, i) => ({
			code: String(10_000_000 + i),
			municipalityId: 'country',
			boundarySetId: 'grid',
			simplified: false,
			rings: [Float64Array.from(ring.flat())]
		}))
	);
	say(
		`  index made in ${Math.round(performance.now() - started)} ms, ${Math.round(index.bytes / 1e6)} MB`
	);

	const boxes = new Flatbush(wards.length);
	for (const ring of wards) {
		const [xs, ys] = [ring.map(([x]) => x), ring.map(([, y]) => y)];
		boxes.add(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
	}
	boxes.finish();
	const polygons = wards.map((ring) => [ring]);
	const peer = ({ lon, lat }: Position) =>
		boxes.search(lon, lat, lon, lat).find((k) => pointInPolygon([lon, lat], polygons[k]));
	const ours = (point: Position) => index.at(point);

	const random = seeded(7);
	const points = Array.from({ length: 20_000 }, () => somewhere(random));
	const apart = points.filter(
		(point) => ours(point)?.code !== String(10_000_000 + (peer(point) ?? NaN))
	);
	if (apart.length)
		throw new Error(`${apart.length} points lie in another ward than the peer says`);

	const [mine, theirs]: number[][] = [[], []];
	for (let round = 0; round < rounds; round++) {
		mine.push(perSecond(points, ours));
		theirs.push(perSecond(points, peer));
	}
	const [value, baseline] = [median(mine), median(theirs)];
	return {
		case: 'look-ups against flatbush + point-in-polygon-hao',
		value,
		unit: 'per second',
		baseline,
		ratio: value / baseline,
		limit_ratio: 3
	};
}

function perSecond(points: Position[], look: (point: Position) => unknown): number {
	const started = performance.now();
	for (const point of points) look(point);
	return (points.length / (performance.now() - started)) * 1000;
}

async function agreement(count: number, say: (line: string) => void): Promise<Figure> {
	const { data, corners, from } = wardsToImport();
	const database = await openDatabase();
	const now = new Date();
	const started = performance.now();
	const { wards, repaired } = await importWards(
		database.db,
		{ data, name: 'Benchmark', source: from, validFrom: new Date(0) },
		now
	);
	say(
		`  ${from}: ${wards} wards imported in ${((performance.now() - started) / 1000).toFixed(1)} s on the embedded database, ${repaired.length} mended`
	);

	const index = await wardIndex(database.db, now);
	const points = pointsOn(corners, count);
	let mismatches = 0;
	for (let i = 0; i < points.length; i += 2000) {
		const some = points.slice(i, i + 2000);
		const truth = await askPostgis(database.db, some);
		mismatches += some.filter((point, k) => (index.at(point)?.code ?? null) !== truth[k]).length;
	}
	await database.close();
	return {
		case: `mismatches with PostGIS on ${points.length} points`,
		value: mismatches,
		unit: 'points',
		baseline: 0,
		ratio: null,
		limit_ratio: null
	};
}

function wardsToImport() {
	const file = realWards.find((path) => existsSync(path));
	const data = file ? readFileSync(file) : generated();
	const { features } = JSON.parse(data.toString()) as {
		features: Array<{ geometry: { coordinates: unknown[] } }>;
	};
	const corners = (
		features.flatMap(({ geometry }) => geometry.coordinates.flat(Infinity)) as number[]
	).reduce<Position[]>((list, n, i) => {
		if (i % 2) list[list.length - 1].lat = n;
		else list.push({ lon: n, lat: 0 });
		return list;
	}, []);
	return { data, corners, from: file ? 'the wards of 2020' : 'generated wards' };
}

const generated = () =>
	Buffer.from(
		JSON.stringify({
			type: 'FeatureCollection',
			features: gridOfWards(wardCount, 8).map((ring, i) => ({
				type: 'Feature',
				properties: { ward_id: String(10_000_000 + i), mdb_code: `XB${100 + (i % 200)}` },
				geometry: { type: 'Polygon', coordinates: [ring] }
			}))
		})
	);

/** A third anywhere, a third on corners, a third on lines or as near to them as numbers go. */
function pointsOn(corners: Position[], count: number): Position[] {
	const random = seeded(11);
	return Array.from({ length: count }, (_, i) => {
		if (i % 3 === 0) return somewhere(random);
		const at = Math.floor(random() * (corners.length - 1));
		const [a, b] = [corners[at], corners[at + 1]];
		if (i % 3 === 1) return a;
		const t = i % 2 ? 0.5 : random();
		return { lon: a.lon + (b.lon - a.lon) * t, lat: a.lat + (b.lat - a.lat) * t };
	});
}

async function askPostgis(db: Db, points: Position[]): Promise<Array<string | null>> {
	const answered = await rows<{ code: string | null }>(
		db,
		sql`
		select (select min(w.code) from wards w where st_intersects(w.geom, st_setsrid(st_makepoint(p.lon, p.lat), 4326))) as code
		from jsonb_to_recordset(${JSON.stringify(points.map((point, i) => ({ i, ...point })))}::text::jsonb) as p(i int, lon float8, lat float8)
		order by p.i`
	);
	return answered.map(({ code }) => code);
}
