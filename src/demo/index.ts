import { setTimeout as wait } from 'node:timers/promises';
import { eq, sql } from 'drizzle-orm';
import type { Config } from '#lib/platform/server/config.ts';
import type { Database, Db } from '#lib/platform/server/db.ts';
import { log } from '#lib/platform/server/log.ts';
import { installation, municipalities } from '#lib/identity/server/schema.ts';
import { settleExercise } from './khanyisa/exercise.ts';
import { settleKhanyisa } from './khanyisa/index.ts';
import { registerFamilies, reliefAtOnce, reliefInAll, settleRelief } from './khanyisa/relief.ts';
import { tellFirstChapter, tellYear, type Telling } from './khanyisa/story/index.ts';

interface DemoRecord extends Telling {
	/** The day the story is told from. */
	since: string;
}

let demo = false;
let telling: Telling | null = null;
let stopped = false;
let finished: Promise<void> = Promise.resolve();

/** Whether this process shows the demonstration: `/demo`, the outbox and the banner. */
export const isDemo = () => demo;

/** How much of the year has been told, while it is being told. */
export const demoTelling = () => telling;

const loopback = (host: string) => host === '127.0.0.1' || host === '::1' || host === 'localhost';

/**
 * Tells the demo's first chapter into an empty embedded database and remembers that it did; the rest
 * of the year follows by `tellOn`. Never with a real PostgreSQL or a host that others can reach,
 * unless DEMO=1 asks for it.
 */
export async function settleDemo({ db, kind }: Database, config: Config) {
	const allowed = config.DEMO ?? (kind === 'embedded' && loopback(config.HOST));
	if (!allowed) return;

	if (!(await readRecord(db))) {
		const empty = (await db.$count(municipalities, sql`true`)) === 0;
		if (!empty) return;
		const today = new Date();
		await settleKhanyisa(db, today);
		await settleExercise(db, today);
		await tellFirstChapter(db, today);
		await settleRelief(db, today);
		await writeRecord(db, { since: today.toISOString(), told: 0, of: 0 });
	}
	demo = true;
}

/** Tells the rest of the year while people already look around. Stopped halfway, it goes on at the next start. */
export function tellOn(db: Db) {
	if (!demo) return;
	finished = tell(db).catch((reason) => log.error({ err: reason }, 'the story broke off'));
}

async function tell(db: Db) {
	const record = await readRecord(db);
	if (!record || (record.of > 0 && record.told === record.of)) return;
	await registerFamilies(db, new Date(record.since), reliefAtOnce, reliefInAll, pause);
	await tellYear(db, new Date(record.since), {
		from: record.told,
		told: async (now) => {
			telling = now.told === now.of ? null : now;
			await writeRecord(db, { ...record, ...now });
		},
		pause
	});
}

/** Whoever waits for a page gets the one connection first. Answers whether to go on. */
async function pause() {
	await wait(100);
	return !stopped;
}

/** Stops telling, at the end of a report. */
export async function stopTelling() {
	stopped = true;
	await finished;
}

async function readRecord(db: Db): Promise<DemoRecord | undefined> {
	const [row] = await db.select().from(installation).where(eq(installation.key, 'demo'));
	return row?.value as DemoRecord | undefined;
}

const writeRecord = (db: Db, value: DemoRecord) =>
	db
		.insert(installation)
		.values({ key: 'demo', value })
		.onConflictDoUpdate({ target: installation.key, set: { value } });
