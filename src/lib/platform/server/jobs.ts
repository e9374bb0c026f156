import { sql } from 'drizzle-orm';
import { fromDrizzle, fromPglite, PgBoss } from 'pg-boss';
import postgres from 'postgres';
import * as v from 'valibot';
import type { Database, Db } from './db.ts';
import { appRole } from './db.ts';
import { log } from './log.ts';

/** What a job may use besides its payload. */
export interface Work {
	db: Db;
	now: Date;
}

export interface Job<Payload extends v.GenericSchema = v.GenericSchema> {
	name: string;
	/** Ids, never words: a payload is kept in the queue's own tables. */
	payload: Payload;
	/** Tries before it is given up, with growing pauses. */
	tries?: number;
	run(work: Work, payload: v.InferOutput<Payload>): Promise<void>;
}

/** Something done later, shallow and safe to run twice. */
export const job = <Payload extends v.GenericSchema>(definition: Job<Payload>) => definition;

/** A job done again and again: five cron fields on the clock of South Africa. */
export interface Recurring {
	job: Job<v.GenericSchema<Record<string, never>>>;
	cron: string;
}

let boss: PgBoss | undefined;

/** The queue's statements run on the caller's own connection or transaction. */
const through = (db: Db) => fromDrizzle(db as Parameters<typeof fromDrizzle>[0], sql);

const options = (database: Database) =>
	database.pglite
		? { db: fromPglite(database.pglite) }
		: { connectionString: database.url, useListenNotify: true };

/**
 * Makes the queues ready for `enqueue`, running nothing yet.
 * On the embedded database the queue cache must be warm before the first transaction: its look-up
 * would wait for the one connection that the transaction holds. Hence the second start.
 */
export async function openJobs(
	database: Database,
	jobs: Job[],
	{ ownerUrl, working = false }: { ownerUrl?: string; working?: boolean } = {}
) {
	if (mayPrepare(database, ownerUrl)) await prepareQueues(database, jobs, ownerUrl);
	boss = new PgBoss({
		...options(database),
		migrate: false,
		supervise: working,
		schedule: working
	});
	boss.on('error', (reason) => log.error({ err: reason }, 'queue'));
	await boss.start();
}

/** Whose queue tables they are; on PostgreSQL the serving role finds them made by the owner's `migrate`. */
const ownerOf = (database: Database, ownerUrl?: string) => ownerUrl ?? database.ownerUrl;
const mayPrepare = (database: Database, ownerUrl?: string) =>
	database.kind === 'embedded' || ownerOf(database, ownerUrl) !== undefined;

async function prepareQueues(database: Database, jobs: Job[], asked?: string) {
	const ownerUrl = ownerOf(database, asked);
	const first = new PgBoss({
		...options(ownerUrl ? { ...database, url: ownerUrl } : database),
		supervise: false,
		schedule: false
	});
	first.on('error', (reason) => log.error({ err: reason }, 'queue'));
	await first.start();
	for (const { name, tries = 6 } of jobs)
		await first.createQueue(name, {
			retryLimit: tries,
			retryBackoff: true,
			retryDelay: 5,
			retryDelayMax: 1800
		});
	await first.stop({ graceful: false });
}

const queueGrants = [
	`grant usage, create on schema pgboss to ${appRole}`,
	`grant select, insert, update, delete on all tables in schema pgboss to ${appRole}`,
	`grant execute on all functions in schema pgboss to ${appRole}`,
	`alter default privileges in schema pgboss grant select, insert, update, delete on tables to ${appRole}`
];

/** What the owner grants the serving role after the queue's tables were made. */
export async function grantQueues(database: Database, asked?: string) {
	const ownerUrl = ownerOf(database, asked);
	if (database.kind === 'embedded') {
		for (const grant of queueGrants) await database.db.execute(sql.raw(grant));
		return;
	}
	if (!ownerUrl) return;
	const owner = postgres(ownerUrl, { max: 1, onnotice: () => {} });
	for (const grant of queueGrants) await owner.unsafe(grant);
	await owner.end({ timeout: 5 });
}

/** Joins the caller's transaction: the job exists exactly when the change it follows does. */
export async function enqueue<Payload extends v.GenericSchema>(
	tx: Db,
	{ name, payload: schema }: Pick<Job<Payload>, 'name' | 'payload'>,
	payload: v.InferInput<Payload>,
	{ key, runAt }: { key?: string; runAt?: Date } = {}
) {
	if (!boss) throw new Error('Jobs are not open in this process');
	await boss.send(name, v.parse(schema, payload) as object, {
		db: through(tx),
		singletonKey: key,
		startAfter: runAt
	});
}

/** The same for many of one kind, each with a key of its own. */
export async function enqueueAll<Payload extends v.GenericSchema>(
	tx: Db,
	{ name, payload: schema }: Pick<Job<Payload>, 'name' | 'payload'>,
	payloads: Array<{ key: string; payload: v.InferInput<Payload> }>
) {
	if (!boss) throw new Error('Jobs are not open in this process');
	await boss.insert(
		name,
		payloads.map(({ key, payload }) => ({
			data: v.parse(schema, payload) as object,
			singletonKey: key
		})),
		{ db: through(tx) }
	);
}

/** Puts a job of a backup back into its queue. */
export async function requeue(tx: Db, name: string, data: object, startAfter: Date) {
	if (!boss) throw new Error('Jobs are not open in this process');
	await boss.send(name, data, { db: through(tx), startAfter });
}

/** Starts doing the jobs in this process. The answer stops it: jobs in hand are given back. */
export async function work(database: Database, jobs: Job[], schedule: Recurring[]) {
	if (!boss) throw new Error('Jobs are not open in this process');
	for (const each of jobs)
		await boss.work(
			each.name,
			{ pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5, batchSize: 50 },
			async (batch) => {
				for (const { id, data } of batch) await attempt(database.db, each, id, data);
			}
		);
	for (const { job: recurring, cron } of schedule)
		await boss.schedule(recurring.name, cron, {}, { tz: 'Africa/Johannesburg' });
}

/** One failed job must not take its batch with it: it alone goes back to the queue. */
async function attempt(db: Db, { name, run }: Job, id: string, data: unknown) {
	try {
		await run({ db, now: new Date() }, data);
	} catch (reason) {
		log.error({ err: reason, job: name, id }, 'job failed');
		await boss?.fail(name, id, { reason: String(reason) });
	}
}

/** Does everything that is due now, one job after another: for tests, the demo and `admin`. */
export async function drainJobs(db: Db, jobs: Job[], now = new Date(), rounds = 20) {
	if (!boss) throw new Error('Jobs are not open in this process');
	const connection = { db: through(db) };
	for (let round = 0; round < rounds; round++) {
		let done = 0;
		for (const each of jobs) {
			const batch = await boss.fetch<object>(each.name, { batchSize: 500, ...connection });
			for (const { id, data } of batch) {
				await each.run({ db, now }, data);
				// No output: the queue hands an object on as it is, and postgres.js refuses it.
				await boss.complete(each.name, id, null, connection);
				done++;
			}
		}
		if (!done) return;
	}
}

export async function closeJobs() {
	await boss?.stop({ graceful: true, timeout: 10_000 });
	boss = undefined;
}

/** How many jobs wait, by queue: for `/metrics` and `/readyz`. */
export const queueDepths = async () => (boss ? await boss.getQueues() : []);
