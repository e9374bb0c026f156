import { sql } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { rows, type Db } from '../../platform/server/db.ts';
import { crsProblem } from '../ward-file.ts';
import { readPlace, type PlaceKind, type ReadPlace } from '../place-file.ts';
import { addPlaces, type NewPlace } from './gazetteer.ts';
import { places } from './schema.ts';
import { wardIndex } from './ward-index.ts';

export interface PlaceFile {
	municipalityId: string;
	text: string;
	/** The file's name. */
	source: string;
	/** The property that holds the name, when it is none we know. */
	column?: string;
	/** What features are that do not say it themselves. */
	as?: PlaceKind;
}

export interface PlaceImport {
	total: number;
	/** Features that stand behind a place now; a street has many. */
	accepted: number;
	/** Places that are new. */
	added: number;
	rejected: Array<{ reason: string; count: number }>;
}

const batch = 1000;

/**
 * Imports streets, landmarks and places into the gazetteer from GeoJSON (WGS 84). Pieces of one street
 * are one place; a name that stands in several wards is one place in each. Accepted and rejected
 * features add up to the total; what is known already stays as it is.
 * @throws Refusal when the file is no such GeoJSON
 */
export async function importPlaces(
	db: Db,
	file: PlaceFile,
	now = new Date()
): Promise<PlaceImport> {
	const features = featuresOf(file.text);
	const reasons = new Map<string, number>();
	const reject = (reason: string) => reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
	const read: ReadPlace[] = [];
	for (const feature of features) {
		const reading = readPlace(feature, file);
		if ('reason' in reading) reject(reading.reason);
		else read.push(reading.place);
	}

	return db.transaction(async (inner) => {
		const tx = inner as unknown as Db;
		const index = await wardIndex(tx, now);
		const found = new Map<string, NewPlace & { wardCode: string }>();
		let accepted = 0;
		for (let at = 0; at < read.length; at += batch) {
			const some = read.slice(at, at + batch);
			for (const [i, point] of (await middles(tx, some)).entries()) {
				const ward = point && index.at(point, file.municipalityId);
				if (!ward) {
					reject('outside the wards of this municipality');
					continue;
				}
				accepted++;
				const { name, kind } = some[i];
				const key = `${kind}/${name.toLowerCase()}/${ward.code}`;
				if (!found.has(key)) found.set(key, { name, kind, point, wardCode: ward.code });
			}
		}
		const before = await tx.$count(places);
		const list = toldApart([...found.values()]);
		for (let at = 0; at < list.length; at += batch)
			await addPlaces(tx, file.municipalityId, file.source, list.slice(at, at + batch));
		const added = (await tx.$count(places)) - before;
		await record(
			tx,
			null,
			{
				municipalityId: file.municipalityId,
				deed: 'places.imported',
				thing: 'municipality',
				thingId: file.municipalityId,
				details: { total: features.length, accepted, added }
			},
			now
		);
		return {
			total: features.length,
			accepted,
			added,
			rejected: [...reasons].map(([reason, count]) => ({ reason, count }))
		};
	});
}

/** A name that stands in several wards says which: `Main Road (ward 7)`. */
function toldApart(found: Array<NewPlace & { wardCode: string }>): NewPlace[] {
	const key = ({ kind, name }: NewPlace) => `${kind}/${name.toLowerCase()}`;
	const often = Map.groupBy(found, key);
	return found.map((place) =>
		often.get(key(place))!.length === 1
			? place
			: { ...place, name: `${place.name} (ward ${Number(place.wardCode.slice(-3))})` }
	);
}

/** A point on each thing, in WGS 84 degrees; null where the geometry has none. */
async function middles(tx: Db, some: ReadPlace[]) {
	const list = JSON.stringify(some.map(({ geometry }) => JSON.stringify(geometry)));
	const found = await rows<{ lon: number | null; lat: number | null }>(
		tx,
		sql`select st_x(p)::float8 as lon, st_y(p)::float8 as lat from (
			select n, st_pointonsurface(st_makevalid(st_geomfromgeojson(g))) as p
			from jsonb_array_elements_text(${list}::jsonb) with ordinality as t(g, n)
		) as x order by n`
	);
	return found.map(({ lon, lat }) =>
		lon === null || lat === null ? null : { lon: Number(lon), lat: Number(lat) }
	);
}

function featuresOf(text: string): unknown[] {
	let json: { type?: unknown; features?: unknown; crs?: unknown };
	try {
		json = JSON.parse(text);
	} catch {
		throw new Refusal(400, 'The file is not JSON. Give GeoJSON in WGS 84 degrees.', 'file');
	}
	if (json?.type !== 'FeatureCollection' || !Array.isArray(json.features))
		throw new Refusal(400, 'The file is not a GeoJSON FeatureCollection.', 'file');
	const problem = crsProblem(json.crs);
	if (problem)
		throw new Refusal(400, `The file must be in WGS 84 degrees (EPSG:4326); ${problem}.`, 'file');
	return json.features;
}
