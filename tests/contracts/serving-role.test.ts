import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { sql } from 'drizzle-orm';
import { openQueues } from '../../src/boot.ts';
import { closeJobs } from '#lib/platform/server/jobs.ts';
import { openDatabase } from '#lib/platform/server/db.ts';

const cluster = inject('postgres');

/** In the words of docs/production.md: the owner has migrated, and what serves is another login. */
describe.skipIf(!cluster)('a process that only serves', () => {
	const made = ['serving_whole', 'serving_empty'];
	let admin: postgres.Sql;
	beforeAll(async () => {
		admin = postgres(cluster!, { onnotice: () => {}, max: 1 });
		await admin.unsafe(`create database ${made[0]} template imbizo_template`);
		await admin.unsafe(`create database ${made[1]}`);
		await admin.unsafe('create role serving_login login in role imbizo_app');
	});
	afterAll(async () => {
		for (const name of made) await admin.unsafe(`drop database ${name} with (force)`);
		await admin.unsafe('drop role serving_login');
		await admin.end();
	});

	const asLogin = (name: string) => {
		const url = new URL(cluster!);
		url.username = 'serving_login';
		url.pathname = `/${name}`;
		return openDatabase({ url: url.href, connections: 2 });
	};

	test('opens what the owner migrated, queues too, and cannot change the audit log', async () => {
		const database = await asLogin(made[0]);
		expect(database.ownerUrl).toBeUndefined();
		await openQueues(database, { working: true });
		await closeJobs();
		await expect(database.db.execute(sql`delete from audit_entries`)).rejects.toThrow();
		await database.close();
	});

	test('does not serve over a database nobody migrated, and says who does it', async () => {
		await expect(asLogin(made[1])).rejects.toThrow(/lacks \d+ of \d+ migrations.*as its owner/);
	});
});
