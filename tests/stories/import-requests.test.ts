import { readFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { eq, sql } from 'drizzle-orm';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { cases } from '#lib/cases/server/schema.ts';
import { municipalities } from '#lib/identity/server/schema.ts';
import { importMapSchema } from '#lib/issues/import-map.ts';
import { importRequests } from '#lib/issues/server/index.ts';
import { importFindings, issues } from '#lib/issues/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { sharedData } from '../support/shared-data.ts';
import { inBothDatabases } from '../support/story.ts';

const municipalityId = newId();
const settle = async (db: Db) => {
	await db.insert(municipalities).values({
		id: municipalityId,
		code: 'CPT',
		name: 'A city by the sea',
		kind: 'A',
		active: true
	});
};
const folder = mkdtempSync(join(tmpdir(), 'imbizo-import-'));
const map = v.parse(
	importMapSchema,
	JSON.parse(readFileSync('import-maps/cape-town.json', 'utf8'))
);
const header =
	'notification_number,reference_number,creation_timestamp,completion_timestamp,directorate,department,code,official_suburb,latitude,longitude';
const csv = (...lines: string[]) => {
	const file = join(folder, `${newId()}.csv`);
	writeFileSync(file, [header, ...lines].join('\n'));
	return file;
};

describe('a small file', () => {
	inBothDatabases((place) => {
		test('sound, odd and useless rows add up, each with its reason', async () => {
			const file = csv(
				'1,9,2020-10-23T08:00:00Z,2020-10-26T12:00:00Z,ROADS,Roads,Pothole,GLEN,-33.9,18.6',
				'2,NA,2020-10-23T08:00:00Z,2020-10-20T12:00:00Z,ROADS,Roads,Pothole,GLEN,-33.9,18.6',
				'3,9,never,,ROADS,Roads,Pothole,GLEN,,',
				'1,9,2020-10-23T08:00:00Z,,ROADS,Roads,Pothole,GLEN,,'
			);
			const report = await importRequests(place.db, { file, map, municipalityId });
			expect(report).toMatchObject({ total: 4, accepted: 2, flagged: 1, rejected: 2 });
			expect(
				await place.db.$count(importFindings, eq(importFindings.importId, report.importId))
			).toBe(4);
			expect(await place.db.select({ state: cases.state }).from(cases)).toEqual([
				{ state: 'resolved_claimed' },
				{ state: 'resolved_claimed' }
			]);
		});

		test('the same file again changes nothing', async () => {
			const file = csv('1,9,2020-10-23T08:00:00Z,,ROADS,Roads,Pothole,GLEN,-33.9,18.6');
			await importRequests(place.db, { file, map, municipalityId });
			expect(await importRequests(place.db, { file, map, municipalityId })).toMatchObject({
				accepted: 0,
				rejected: 1
			});
			expect(await place.db.$count(issues)).toBe(1);
		});

		test('a file without a column the map names is refused by that name', async () => {
			const file = join(folder, 'other.csv');
			writeFileSync(file, 'a,b\n1,2\n');
			await expect(importRequests(place.db, { file, map, municipalityId })).rejects.toThrow(
				'“notification_number”'
			);
		});
	}, settle);
});

const real = sharedData('service-requests/cape-town-sr-2020-bellville-south.csv.gz');

describe.skipIf(!real)(
	'the 7,753 requests of Cape Town (skipped where the data is absent)',
	{ timeout: 180_000 },
	() => {
		inBothDatabases((place) => {
			test('are in, and agree with a plain recount of the file', async () => {
				const plain: Array<Record<string, string>> = parse(gunzipSync(readFileSync(real!)), {
					columns: true
				});
				const impossible = plain.filter(
					(row) =>
						row.completion_timestamp !== 'NA' &&
						Date.parse(row.completion_timestamp) < Date.parse(row.creation_timestamp)
				).length;

				const report = await importRequests(place.db, { file: real!, map, municipalityId });
				expect(report.total).toBe(plain.length);
				expect(report.accepted + report.rejected).toBe(report.total);
				expect(
					report.reasons.find(({ reason }) => reason.startsWith('completed before'))?.count
				).toBe(impossible);
				expect(await place.db.$count(issues)).toBe(report.accepted);
				expect(await place.db.$count(cases, sql`${cases.state} = 'open'`)).toBe(
					plain.filter((row) => row.completion_timestamp === 'NA').length
				);
			});
		}, settle);
	}
);
