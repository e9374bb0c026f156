import { join } from 'node:path';
import { jobs, schedule } from './schedule.ts';
import { keepSending, leaveToThreads, stopSending } from '#lib/delivery/server/index.ts';
import type { Threads } from '#lib/delivery/server/broadcast/threads.ts';
import { watchWards } from '#lib/geography/server/index.ts';
import { closeJobs, grantQueues, openJobs, work } from '#lib/platform/server/jobs.ts';
import { readConfig } from '#lib/platform/server/config.ts';
import { openDatabase, serveAsApp, type Database } from '#lib/platform/server/db.ts';
import { log } from '#lib/platform/server/log.ts';
import { loadMasterKey } from '#lib/platform/server/keys.ts';

/** Opens what every process needs, in this order: keys, database, queues, and then the serving role. */
export async function boot(config = readConfig()): Promise<Database> {
	loadMasterKey(config);
	const database = await openDatabase({
		url: config.DATABASE_URL,
		migrateUrl: config.MIGRATE_DATABASE_URL,
		folder: config.DATABASE_URL ? undefined : join(config.DATA_DIR, 'database')
	});
	await openQueues(database, {
		ownerUrl: config.MIGRATE_DATABASE_URL,
		working: config.PROCESS !== 'web'
	});
	await watchWards(database);
	return database;
}

/** Makes the queues as the owner, hands them to the serving role, and serves as that from here on. */
export async function openQueues(
	database: Database,
	facts: { ownerUrl?: string; working?: boolean } = {}
) {
	await openJobs(database, jobs, facts);
	await grantQueues(database, facts.ownerUrl);
	await serveAsApp(database);
}

/** Does the jobs in this process, and sends what goes to many: itself, or by the threads it started. */
export async function workHere(database: Database, threads?: Threads) {
	if (threads) leaveToThreads(threads);
	else keepSending(database.db);
	await work(database, jobs, schedule);
}

/** After an outage something may wait for an answer that was lost with its connection; nobody waits longer. */
const patience = 15_000;

/** Ends the process when stopping does not come to an end by itself. */
export const stopInTime = () =>
	setTimeout(() => {
		log.warn('stopped without waiting any longer: jobs in hand are taken up again later');
		process.exit();
	}, patience).unref();

/** Gives jobs in hand back and closes the database. */
export async function shutDown(database: Database) {
	stopInTime();
	await stopSending();
	await closeJobs();
	await database.close();
}
