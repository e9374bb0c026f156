import { existsSync, readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { demoAddress } from '../../src/demo/khanyisa/geography-spots.ts';
import { demoWards } from '../../src/demo/khanyisa/geography-shapes.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { verifyAudit } from '#lib/audit/server/index.ts';
import {
	importWards,
	wardByCode,
	wardOfPoint,
	wardsOf,
	type WardFile
} from '#lib/geography/server/index.ts';
import { municipalityByCode } from '#lib/identity/server/index.ts';
import { placeIssuesAnew } from '#lib/issues/server/index.ts';
import { issues } from '#lib/issues/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import { rows } from '#lib/platform/server/db.ts';
import { inBothDatabases } from '../support/story.ts';

const now = new Date('2026-11-20T10:00:00Z');
const election = new Date('2026-12-01T00:00:00+02:00');
const shared = '../shared/data/geo';
const here = [shared, `../${shared}`].find((path) => existsSync(path));

const box = (w: number, s: number, e: number, n: number) => [
	[
		[w, s],
		[e, s],
		[e, n],
		[w, n],
		[w, s]
	]
];
const feature = (ward_id: string, coordinates: unknown, more: object = {}) => ({
	type: 'Feature',
	properties: { WardID: ward_id, CAT_B: 'XK991', WardNo: Number(ward_id.slice(-3)), ...more },
	geometry: { type: 'Polygon', coordinates }
});
const collection = (features: unknown[], more: object = {}) =>
	Buffer.from(JSON.stringify({ type: 'FeatureCollection', ...more, features }));
const file = (data: Uint8Array, more: Partial<WardFile> = {}): WardFile => ({
	data,
	name: 'Wards 2026',
	source: 'wards.geojson',
	validFrom: election,
	evenSimplified: true,
	...more
});

/** A Shapefile of one square with its ward columns, written by hand. */
function shapefile(prj: string | null) {
	const corners = [
		[28.5, -33.2],
		[28.5, -33.1],
		[28.6, -33.1],
		[28.6, -33.2],
		[28.5, -33.2]
	];
	const content = Buffer.alloc(8 + 44 + 4 + corners.length * 16);
	content.writeInt32BE(1, 0);
	content.writeInt32BE((content.length - 8) / 2, 4);
	content.writeInt32LE(5, 8);
	[28.5, -33.2, 28.6, -33.1].forEach((n, i) => content.writeDoubleLE(n, 12 + i * 8));
	content.writeInt32LE(1, 44);
	content.writeInt32LE(corners.length, 48);
	corners.flat().forEach((n, i) => content.writeDoubleLE(n, 56 + i * 8));
	const head = Buffer.alloc(100);
	head.writeInt32BE(9994, 0);
	head.writeInt32BE((100 + content.length) / 2, 24);
	head.writeInt32LE(1000, 28);
	head.writeInt32LE(5, 32);

	const columns: Array<[string, string]> = [
		['WARD_ID', '99901001'],
		['MDB_CODE', 'XK991'],
		['WARD_NO', '1']
	];
	const dbf = Buffer.alloc(32 + columns.length * 32 + 1 + 1 + columns.length * 10 + 1, 32);
	dbf.fill(0, 0, 32 + columns.length * 32);
	dbf.writeUInt8(3, 0);
	dbf.writeUInt32LE(1, 4);
	dbf.writeUInt16LE(33 + columns.length * 32, 8);
	dbf.writeUInt16LE(1 + columns.length * 10, 10);
	columns.forEach(([name, value], i) => {
		dbf.write(name, 32 + i * 32);
		dbf.write('C', 43 + i * 32);
		dbf.writeUInt8(10, 48 + i * 32);
		dbf.write(value.padEnd(10), 34 + columns.length * 32 + i * 10);
	});
	dbf.writeUInt8(0x0d, 32 + columns.length * 32);
	return zipSync({
		'wards.shp': Buffer.concat([head, content]),
		'wards.dbf': dbf,
		...(prj === null ? {} : { 'wards.prj': Buffer.from(prj) })
	});
}

inBothDatabases(
	(place) => {
		const newLines = collection([
			feature('99901001', box(28.5, -33.2, 28.55, -33.1)),
			feature('99901002', box(28.55, -33.2, 28.6, -33.1))
		]);

		test('new lines begin on their day, the old ones end, and history stays', async () => {
			const khanyisa = (await municipalityByCode(place.db, 'KHA'))!.id;
			const thokozani = (await municipalityByCode(place.db, 'THO'))!.id;
			const done = await importWards(place.db, file(newLines), now);
			expect(done).toMatchObject({ wards: 2, municipalities: 1, added: [], repaired: [] });

			const dayBefore = new Date(election.getTime() - 1);
			expect(await wardsOf(place.db, khanyisa, dayBefore)).toHaveLength(9);
			expect(await wardsOf(place.db, khanyisa, election)).toHaveLength(2);
			expect(await wardsOf(place.db, thokozani, election)).toHaveLength(4);

			const spot = { lon: 28.51, lat: -33.15 };
			expect((await wardOfPoint(place.db, khanyisa, spot, now))?.code).not.toBe('99901001');
			expect((await wardOfPoint(place.db, khanyisa, spot, election))?.code).toBe('99901001');
			const old = await wardByCode(place.db, khanyisa, '99901007', election);
			expect(old?.validTo).toEqual(election);
			expect((await verifyAudit(place.db)).every(({ broken }) => !broken)).toBe(true);
		});

		test('what was raised before keeps its ward and gains the one it lies in now', async () => {
			const khanyisa = (await municipalityByCode(place.db, 'KHA'))!.id;
			const [{ id: before }] = await rows<{ id: string }>(
				place.db,
				sql`select id from boundary_sets`
			);
			const { point, wardCode } = demoAddress('Vlei Street', 12);
			const issue = { id: newId(), clientId: newId() };
			await place.db.insert(issues).values({
				...issue,
				municipalityId: khanyisa,
				reference: 'KHA-26-TEST2',
				kind: 'issue',
				title: 'Burst pipe',
				point,
				located: 'pin',
				wardCode,
				currentWardCode: wardCode,
				boundarySetId: before,
				createdAt: now
			});
			const ground = box(28.4, -33.3, 28.6, -33.1);
			await importWards(place.db, file(collection([feature('99901003', ground)])), now);

			expect(await placeIssuesAnew(place.db, now)).toBe(0);
			const firstNight = new Date(election.getTime() + 600_000);
			expect(await placeIssuesAnew(place.db, firstNight)).toBe(1);
			expect(await placeIssuesAnew(place.db, firstNight)).toBe(0);
			const [kept] = await place.db.select().from(issues);
			expect(kept).toMatchObject({
				wardCode: '99901007',
				currentWardCode: '99901003',
				boundarySetId: before
			});
		});

		test('the same file twice changes nothing', async () => {
			const first = await importWards(place.db, file(newLines), now);
			const again = await importWards(place.db, file(newLines, { name: 'Once more' }), now);
			expect(again).toMatchObject({ already: true, wards: 2, boundarySetId: first.boundarySetId });
			const [{ n }] = await rows<{ n: number }>(
				place.db,
				sql`select count(*)::int as n from boundary_sets`
			);
			expect(n).toBe(2);
		});

		test('lines laid for a time before others hold only until those begin', async () => {
			const khanyisa = (await municipalityByCode(place.db, 'KHA'))!.id;
			await importWards(place.db, file(newLines), now);
			const between = new Date('2026-11-25T00:00:00Z');
			await importWards(
				place.db,
				file(collection([feature('99901003', box(28.5, -33.2, 28.6, -33.1))]), {
					validFrom: between
				}),
				now
			);
			const numbers = async (at: Date) =>
				(await wardsOf(place.db, khanyisa, at)).map(({ number }) => number);
			expect(await numbers(between)).toEqual([3]);
			expect(await numbers(election)).toEqual([1, 2]);
		});

		test('a polygon that crosses itself is mended and named', async () => {
			const bowTie = [
				[
					[28.5, -33.2],
					[28.6, -33.1],
					[28.6, -33.2],
					[28.5, -33.1],
					[28.5, -33.2]
				]
			];
			const done = await importWards(
				place.db,
				file(collection([feature('99901001', bowTie)])),
				now
			);
			expect(done.repaired).toEqual(['99901001']);
			const [{ valid, parts }] = await rows<{ valid: boolean; parts: number }>(
				place.db,
				sql`select st_isvalid(geom) as valid, st_numgeometries(geom) as parts from wards where boundary_set_id = ${done.boundarySetId}::uuid`
			);
			expect({ valid, parts }).toEqual({ valid: true, parts: 2 });
		});

		test('an unknown municipality is kept by its code, not served', async () => {
			const done = await importWards(
				place.db,
				file(collection([feature('10408001', box(23, -34.1, 23.1, -34), { CAT_B: 'WC048' })])),
				now
			);
			expect(done.added).toEqual(['WC048']);
			expect(await municipalityByCode(place.db, 'WC048')).toBe(undefined);
		});

		test('simplified lines do not push out finer ones unless told to', async () => {
			const fine = demoWards.filter(({ municipality }) => municipality === 'THO');
			const finer = collection(
				fine.map(({ code, ring }) => feature(code, [ring], { CAT_B: 'XK992' }))
			);
			await importWards(place.db, file(finer), now);
			await expect(
				importWards(place.db, file(newLines, { evenSimplified: false }), now)
			).rejects.toMatchObject({
				status: 409,
				message: expect.stringMatching(/XK991 already has finer/)
			});
		});

		test('a zipped Shapefile in Hartebeesthoek94 degrees is read', async () => {
			const prj =
				'GEOGCS["GCS_Hartebeesthoek_1994",DATUM["D_Hartebeesthoek_1994",SPHEROID["WGS_1984",6378137.0,298.257223563]]]';
			const done = await importWards(place.db, file(shapefile(prj)), now);
			expect(done).toMatchObject({ wards: 1, municipalities: 1 });
		});

		test('other column names come from a map', async () => {
			const odd = collection([
				{
					type: 'Feature',
					properties: { Wyk: '99901001' },
					geometry: { type: 'Polygon', coordinates: box(28.5, -33.2, 28.6, -33.1) }
				}
			]);
			await expect(importWards(place.db, file(odd), now)).rejects.toThrow(
				/no ward code; its columns are Wyk/
			);
			const done = await importWards(
				place.db,
				file(odd, { fields: { code: ['wyk'] }, municipality: 'KHA' }),
				now
			);
			expect(done.wards).toBe(1);
		});

		describe('a file that cannot be right changes nothing and says why', () => {
			const projected = 'PROJCS["Hartebeesthoek94_Lo29",GEOGCS["GCS_Hartebeesthoek_1994"]]';
			const good = box(28.5, -33.2, 28.6, -33.1);
			test.each([
				['empty', Buffer.alloc(0), /empty/],
				['not GeoJSON', Buffer.from('<kml></kml>'), /neither GeoJSON nor a zipped Shapefile/],
				['cut short', newLines.subarray(0, 100), /neither GeoJSON/],
				[
					'another kind of JSON',
					Buffer.from('{"type":"Topology"}'),
					/not a GeoJSON FeatureCollection/
				],
				['without wards', collection([]), /no wards/],
				[
					'points',
					collection([
						{
							...feature('99901001', good),
							geometry: { type: 'Point', coordinates: [28.5, -33.2] }
						}
					]),
					/Ward 99901001: it is a Point/
				],
				[
					'without shapes',
					collection([{ ...feature('99901001', good), geometry: null }]),
					/it has no shape/
				],
				[
					'metres',
					collection([feature('99901001', box(-49000, 3680000, -48000, 3681000))]),
					/not in degrees.*projection/
				],
				[
					'latitude first',
					collection([feature('99901001', box(-33.2, 28.5, -33.1, 28.6))]),
					/latitude before longitude/
				],
				[
					'another country',
					collection([feature('99901001', box(2, 48, 3, 49))]),
					/not in South Africa/
				],
				[
					'NaN',
					collection([
						feature('99901001', [
							[
								[28.5, null],
								[28.6, -33],
								[28.6, -33.2],
								[28.5, -33.2]
							]
						])
					]),
					/not two numbers/
				],
				[
					'another system by name',
					collection([feature('99901001', good)], {
						crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::2053' } }
					}),
					/EPSG::2053/
				],
				['a short ward code', collection([feature('1001', good)]), /"1001", not eight digits/],
				['a projected Shapefile', shapefile(projected), /it is in Hartebeesthoek94_Lo29/],
				['a Shapefile that hides its system', shapefile(null), /no \.prj/],
				['a zip with no Shapefile', zipSync({ 'readme.txt': Buffer.from('hello') }), /no \.shp/],
				['a broken zip', shapefile(projected).subarray(0, 150), /zip is damaged/]
			])('%s', async (_, data, message) => {
				await expect(importWards(place.db, file(data), now)).rejects.toMatchObject({
					status: 400,
					message: expect.stringMatching(message)
				});
				const [{ n }] = await rows<{ n: number }>(
					place.db,
					sql`select count(*)::int as n from boundary_sets`
				);
				expect(n).toBe(1);
			});
		});

		test.skipIf(!here)(
			`the 4,468 wards of 2020, in under 60 s${here ? '' : ' (skipped: no ../shared/data)'}`,
			async () => {
				const started = performance.now();
				const done = await importWards(
					place.db,
					file(readFileSync(`${here}/za-wards-2020.geojson`), { evenSimplified: false }),
					now
				);
				expect(performance.now() - started).toBeLessThan(60_000);
				expect(done).toMatchObject({ wards: 4468, municipalities: 213, simplified: true });
				expect(done.repaired).toHaveLength(27);
			},
			120_000
		);

		test.skipIf(!here)(
			`the wards of Knysna, in detail${here ? '' : ' (skipped: no ../shared/data)'}`,
			async () => {
				const done = await importWards(
					place.db,
					file(readFileSync(`${here}/knysna-WC048-wards-detailed-osm.geojson`), {
						evenSimplified: false,
						validFrom: now
					}),
					now
				);
				expect(done).toMatchObject({
					wards: 11,
					municipalities: 1,
					repaired: [],
					simplified: false
				});
				expect(
					(await wardOfPoint(place.db, null, { lon: 23.0471, lat: -34.0363 }, now))?.code
				).toMatch(/^10408/);
			}
		);
	},
	(db) => settleKhanyisa(db, now)
);
