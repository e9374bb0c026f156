import { unzipSync } from 'fflate';
import { open } from 'shapefile';
import { Refusal } from '../../platform/refusal.ts';
import {
	crsProblem,
	projectionProblem,
	readPolygons,
	readWardRow,
	type Polygons,
	type WardFields,
	type WardRow
} from '../ward-file.ts';

const megabyte = 1_000_000;
const mostBytes = 250 * megabyte;
const mostUnpacked = 400 * megabyte;
const mostWards = 20_000;

export type ReadWard = WardRow & { polygons: Polygons };

interface RawFeature {
	properties?: Record<string, unknown> | null;
	geometry?: unknown;
}

const refuse = (sentence: string): never => {
	throw new Refusal(400, sentence, 'file');
};

/**
 * The wards in a GeoJSON or zipped Shapefile. Features with the same ward code are one ward.
 * @throws Refusal that says in one sentence what is wrong with the file
 */
export async function readWardFile(data: Uint8Array, fields: WardFields): Promise<ReadWard[]> {
	if (data.length === 0) refuse('The file is empty.');
	if (data.length > mostBytes) refuse(`The file is larger than ${mostBytes / megabyte} MB.`);
	const zipped = data[0] === 0x50 && data[1] === 0x4b;
	const features = zipped ? await readShapefile(data) : readGeoJson(data);
	if (features.length > mostWards) refuse(`The file has more than ${mostWards} features.`);

	const wards = new Map<string, ReadWard>();
	const problems: string[] = [];
	for (const [i, { properties, geometry }] of features.entries()) {
		const row = readWardRow(properties ?? {}, fields);
		if (typeof row === 'string') {
			problems.push(`Feature ${i + 1}: ${row}`);
			continue;
		}
		const polygons = readPolygons(geometry);
		if (typeof polygons === 'string') {
			problems.push(`Ward ${row.code}: ${polygons}`);
			continue;
		}
		const known = wards.get(row.code);
		if (known) known.polygons.push(...polygons);
		else wards.set(row.code, { ...row, polygons });
	}
	if (problems.length) {
		const rest = problems.length > 3 ? `; and ${problems.length - 3} more like these` : '';
		refuse(`Nothing was imported. ${problems.slice(0, 3).join('; ')}${rest}.`);
	}
	if (!wards.size) refuse('There are no wards in the file.');
	return [...wards.values()];
}

function readGeoJson(data: Uint8Array): RawFeature[] {
	let read: unknown;
	try {
		read = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(data));
	} catch {
		return refuse('The file is neither GeoJSON nor a zipped Shapefile.');
	}
	const { type, features, crs } = (read ?? {}) as {
		type?: unknown;
		features?: unknown;
		crs?: unknown;
	};
	if (type !== 'FeatureCollection' || !Array.isArray(features))
		return refuse('The file is JSON but not a GeoJSON FeatureCollection.');
	const problem = crsProblem(crs);
	if (problem)
		refuse(`The file cannot be read: ${problem}. Save it as WGS 84 (EPSG:4326) and try again.`);
	return features as RawFeature[];
}

async function readShapefile(data: Uint8Array): Promise<RawFeature[]> {
	const parts = unpack(data);
	const part = (ending: string) =>
		[...parts].find(([name]) => name.toLowerCase().endsWith(ending))?.[1];
	const [shp, dbf, prj, cpg] = ['.shp', '.dbf', '.prj', '.cpg'].map(part);
	if (!shp) return refuse('There is no .shp file in the zip.');
	if (!dbf) return refuse('There is no .dbf file in the zip: it holds the ward codes.');
	if (!prj)
		return refuse('There is no .prj file in the zip, so nobody can know its coordinate system.');
	const problem = projectionProblem(new TextDecoder().decode(prj));
	if (problem)
		refuse(`The file cannot be read: ${problem}. Save it as WGS 84 (EPSG:4326) and try again.`);

	const encoding = cpg && /utf-?8/i.test(new TextDecoder().decode(cpg)) ? 'utf-8' : 'windows-1252';
	const features: RawFeature[] = [];
	try {
		const source = await open(shp, dbf, { encoding });
		for (let next = await source.read(); !next.done; next = await source.read())
			if (features.push(next.value) > mostWards) break;
	} catch {
		return refuse('The Shapefile in the zip is damaged or cut short.');
	}
	return features;
}

/** Only what a Shapefile is made of, and only so much of it: a zip can claim to be small. */
function unpack(data: Uint8Array): Map<string, Uint8Array> {
	let total = 0;
	try {
		const files = unzipSync(data, {
			filter({ name, originalSize }) {
				if (!/\.(shp|dbf|prj|cpg)$/i.test(name) || name.startsWith('__MACOSX')) return false;
				total += originalSize;
				return total <= mostUnpacked;
			}
		});
		if (total <= mostUnpacked) return new Map(Object.entries(files));
	} catch {
		return refuse('The zip is damaged or cut short.');
	}
	return refuse(`The zip unpacks to more than ${mostUnpacked / megabyte} MB.`);
}
