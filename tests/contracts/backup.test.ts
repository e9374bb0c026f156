import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBackup } from '../../src/admin/backup/read.ts';
import { tablesInOrder } from '../../src/admin/backup/tables.ts';
import { writeBackup } from '../../src/admin/backup/write.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { settleRelief } from '../../src/demo/khanyisa/relief.ts';
import { actorOf } from '../../src/demo/khanyisa/story/cast.ts';
import { declareLink } from '#lib/aid/server/index.ts';
import { aidHouseholds } from '#lib/aid/server/schema.ts';
import { record, verifyAudit } from '#lib/audit/server/index.ts';
import { attachContact, keepContact, readContact } from '#lib/identity/server/index.ts';
import { people } from '#lib/identity/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import { readConfig } from '#lib/platform/server/config.ts';
import { rows, type Database, type Db } from '#lib/platform/server/db.ts';
import { decideLoss } from '#lib/stock/server/index.ts';
import { stockLosses } from '#lib/stock/server/schema.ts';
import { personOf } from '../support/scene.ts';
import { openCopies } from '../support/story.ts';

/** One checksum a table, over every row as text: equal on both sides means nothing was lost or rounded. */
async function checksums(db: Db) {
	const sums: Record<string, string> = {};
	for (const { name, columns } of await tablesInOrder(db)) {
		const row = columns.map((column) => `"${column.name}"::text`).join(', ');
		const [{ sum }] = await rows<{ sum: string }>(
			db,
			sql.raw(
				`select count(*) || ':' || coalesce(md5(string_agg(t.line, '|' order by t.line)), '') as sum from (select array_to_string(array[${row}], ',', '∅') as line from "${name}") t`
			)
		);
		sums[name] = sum;
	}
	return sums;
}

const folder = mkdtempSync(join(tmpdir(), 'imbizo-backup-'));
const config = readConfig({ DATA_DIR: folder });
const file = join(folder, 'night.backup');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * Relief in which what was allowed then would be refused today: Neo registered a family that he has said
 * since is his own, and two who signed for each other share a telephone by now.
 */
async function reliefWithAHistory(db: Db) {
	await settleRelief(db, new Date());
	const [household] = await db.select().from(aidHouseholds).limit(1);
	await declareLink(db, await personOf(db, 'aid-registrar'), household.id);
	const [loss] = await db.select().from(stockLosses);
	const [gift] = await db.select().from(people).where(eq(people.name, 'Gift Mahlangu'));
	const facts = { eventId: loss.eventId, lossId: loss.id, agreed: true };
	await decideLoss(db, await actorOf(db, gift.id, new Date()), facts);
	const contact = await keepContact(db, readContact('stand@khanyisa.example')!, new Date());
	for (const personId of [gift.id, loss.saidBy])
		await attachContact(
			db,
			{ personId, contactPointId: contact.id, verified: true, purpose: 'service' },
			new Date()
		);
}

describe('a backup of Khanyisa', { timeout: 120_000 }, () => {
	let from: Database;
	let empties: Database[];
	let spare: Database;

	beforeAll(async () => {
		[from] = await openCopies('embedded');
		empties = await openCopies();
		[spare] = await openCopies('embedded');
		await settleKhanyisa(from.db);
		await reliefWithAHistory(from.db);
		const deed = {
			municipalityId: null,
			deed: 'demo.settled',
			thing: 'installation',
			thingId: newId()
		};
		await record(from.db, null, deed, new Date());
		return async () => {
			for (const database of [from, spare, ...empties]) await database.close();
		};
	}, 240_000);

	test('goes back whole into an empty embedded database and an empty PostgreSQL', async () => {
		const counts = await writeBackup(from, config, file, 'a long enough passphrase');
		expect(counts.rows).toBeGreaterThan(50);
		const before = await checksums(from.db);

		for (const database of empties) {
			await readBackup(database, config, file, 'a long enough passphrase');
			expect(await checksums(database.db)).toEqual(before);
			expect((await verifyAudit(database.db)).every(({ broken }) => !broken)).toBe(true);
			await expect(readBackup(database, config, file, undefined)).rejects.toThrow('not empty');
			const [{ asleep }] = await rows<{ asleep: number }>(
				database.db,
				sql`select count(*)::int as asleep from pg_trigger where tgenabled = 'D'`
			);
			expect(asleep).toBe(0);
		}
	});

	test('the keys in it open only with the passphrase', async () => {
		await expect(readBackup(spare, config, file, 'another passphrase')).rejects.toThrow(
			'not the passphrase'
		);
	});

	test('a file that was cut off restores nothing', async () => {
		const cut = join(folder, 'cut.backup');
		writeFileSync(cut, readFileSync(file));
		truncateSync(cut, readFileSync(file).length - 40);
		await expect(readBackup(spare, config, cut, undefined)).rejects.toThrow('incomplete');
		expect((await checksums(spare.db)).municipalities).toMatch(/^0:/);
	});
});
