import { openAsBlob } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, inject } from 'vitest';
import postgres from 'postgres';
import { openQueues } from '../../src/boot.ts';
import { closeJobs } from '#lib/platform/server/jobs.ts';
import { openDatabase, type Database, type Db } from '#lib/platform/server/db.ts';
import { useMasterKey } from '#lib/platform/server/keys.ts';

export interface Place {
	/** The transaction of this test, rolled back afterwards. */
	readonly db: Db;
	/** The whole database, for tests that need NOTIFY, several connections or a kill. Not rolled back. */
	readonly database: Database;
}

interface Kind {
	kind: string;
	open(): Promise<Database>;
}

let opened = 0;

async function openPostgresCopy(url: string): Promise<Database> {
	const name = `story_${process.pid}_${(opened++).toString(36)}_${Date.now().toString(36)}`;
	const admin = postgres(url, { onnotice: () => {}, max: 1 });
	await admin.unsafe(`create database ${name} template imbizo_template`);
	const copy = new URL(url);
	copy.pathname = `/${name}`;
	const database = await openDatabase({ url: copy.href, connections: 4 });
	return {
		...database,
		async close() {
			await database.close();
			await admin.unsafe(`drop database ${name} with (force)`);
			await admin.end();
		}
	};
}

function kinds(): Kind[] {
	const template = inject('template');
	const url = inject('postgres');
	const embedded: Kind = {
		kind: 'the embedded database',
		open: async () => openDatabase({ template: await openAsBlob(template) })
	};
	return url ? [embedded, { kind: 'PostgreSQL', open: () => openPostgresCopy(url) }] : [embedded];
}

/**
 * Tells the same story on the embedded database and on PostgreSQL. What `settle` puts there stays
 * for the whole file; what a test does is rolled back.
 */
export function inBothDatabases(
	tell: (place: Place) => void,
	settle: (db: Db) => Promise<void> = async () => {}
) {
	describe.each(kinds())('in $kind', ({ open }) => {
		let database: Database;
		let current: Db;
		let rollBack: () => void;
		let finished: Promise<unknown>;

		beforeAll(async () => {
			useMasterKey(Buffer.alloc(32, 7));
			database = await open();
			await openQueues(database, { ownerUrl: database.url });
			await settle(database.db);
		});
		afterAll(async () => {
			await closeJobs();
			await database?.close();
		});

		beforeEach(async () => {
			await new Promise<void>((started, failed) => {
				finished = database.db
					.transaction(async (tx) => {
						current = tx as unknown as Db;
						await new Promise<never>((_, refuse) => {
							rollBack = () => refuse(new RolledBack());
							started();
						});
					})
					.catch((reason) => {
						if (!(reason instanceof RolledBack)) failed(reason);
					});
			});
		});
		afterEach(async () => {
			rollBack();
			await finished;
		});

		tell({
			get db() {
				return current;
			},
			get database() {
				return database;
			}
		});
	});
}

/** The same with no transaction around each test: for stories about processes, locks and kills. */
export function inBothDatabasesForReal(
	tell: (place: Pick<Place, 'database'>) => void,
	settle: (db: Db) => Promise<void> = async () => {}
) {
	describe.each(kinds())('in $kind', ({ open }) => {
		let database: Database;
		beforeAll(async () => {
			useMasterKey(Buffer.alloc(32, 7));
			database = await open();
			await openQueues(database, { ownerUrl: database.url });
			await settle(database.db);
		});
		afterAll(async () => {
			await closeJobs();
			await database?.close();
		});
		tell({
			get database() {
				return database;
			}
		});
	});
}

/** Fresh migrated databases with their queues, for tests that compare them. Close them yourself. */
export const openCopies = (wanted: 'both' | 'embedded' = 'both') =>
	Promise.all(
		kinds()
			.slice(0, wanted === 'both' ? 2 : 1)
			.map(async ({ open }) => {
				useMasterKey(Buffer.alloc(32, 7));
				const database = await open();
				await openQueues(database, { ownerUrl: database.url });
				return database;
			})
	);

class RolledBack extends Error {}
