import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { and, eq, lte } from 'drizzle-orm';
import { openQueues } from '../src/boot.ts';
import { settleKhanyisa } from '../src/demo/khanyisa/index.ts';
import { setLadder } from '#lib/clocks/server/index.ts';
import { caseClocks } from '#lib/clocks/server/schema.ts';
import { openDatabase, type Db } from '#lib/platform/server/db.ts';
import { closeJobs } from '#lib/platform/server/jobs.ts';
import { useMasterKey } from '#lib/platform/server/keys.ts';
import { departmentOf, khanyisa, personOf, raise } from '../tests/support/scene.ts';
import { startCluster } from '../tests/support/cluster.ts';
import { reportOne } from './a-report.ts';
import { median, type Bench, type Figure } from './figure.ts';

const count = Number(process.env.BENCH_ESCALATIONS) || 10_000;
const aTransaction = 250;
const at = (text: string) => new Date(`${text}:00+02:00`);
/** On a working morning, after the first rung of all and before the second of any. */
const reported = at('2026-11-16T09:00');
const now = at('2026-12-01T10:00');
const steps = [
	{ level: 'supervisor' as const, percent: 100, copyCouncillor: true },
	{ level: 'director' as const, percent: 200, copyCouncillor: false }
];
/** Milliseconds between two reports: ten a second is a storm in a town of 100,000. */
const between = 100;
const secondsAlone = 20;

/**
 * Ten thousand cases whose rung has come at once, carried up by a process of their own while residents
 * report. The baseline of the reports is the same reports with nobody carrying anything.
 */
export const escalations: Bench = {
	name: 'escalations',
	about: `${count} escalations due at once on PostgreSQL, while ten reports a second come in; baseline: the reports alone`,
	async run({ say }) {
		useMasterKey(Buffer.alloc(32, 7));
		const cluster = await startCluster();
		if (!cluster) {
			say('  skipped: no PostgreSQL here');
			return [];
		}
		const database = await openDatabase({
			...{ url: cluster.url, migrateUrl: cluster.url, connections: 2 }
		});
		try {
			await openQueues(database, { ownerUrl: cluster.url });
			return await measure(database.db, cluster.url, say);
		} finally {
			await closeJobs();
			await database.close();
			cluster.stop();
		}
	}
};

/** Of those put there for this; what is reported meanwhile falls due by itself. */
const isWaiting = and(lte(caseClocks.nextClimb, now), eq(caseClocks.startedAt, reported));

async function measure(db: Db, url: string, say: (line: string) => void): Promise<Figure[]> {
	const municipalityId = await settle(db);
	const due = await db.$count(caseClocks, isWaiting);
	say(`  ${due} cases whose rung has come`);
	await reportsUntil(db, municipalityId, pause(5_000));
	const alone = await reportsUntil(db, municipalityId, pause(secondsAlone * 1000));

	const climber = fork(new URL('./climber.ts', import.meta.url), [url, now.toISOString()]);
	await once(climber, 'message');
	climber.send('go');
	const finished = once(climber, 'message') as Promise<[{ seconds: number; told: number }]>;
	const beside = await reportsUntil(db, municipalityId, finished);
	const [{ seconds, told }] = await finished;
	const left = await db.$count(caseClocks, isWaiting);
	say(
		`  ${told} told in ${seconds.toFixed(1)} s; reports alone ${median(alone).toFixed(1)} ms (${alone.length}), beside it ${median(beside).toFixed(1)} ms (${beside.length})`
	);
	const none = { ratio: null, limit_ratio: null };
	return [
		{ case: 'seconds for all of them', value: seconds, unit: 's', baseline: 60, ...none },
		{ case: 'not told', value: left, unit: 'cases', baseline: 0, ...none },
		{
			case: 'median of a report beside them, against the reports alone',
			value: median(beside),
			unit: 'ms',
			baseline: median(alone),
			ratio: median(alone) / median(beside),
			limit_ratio: 1 / 1.1
		}
	];
}

async function settle(db: Db): Promise<string> {
	await settleKhanyisa(db);
	const { id: municipalityId } = await khanyisa(db);
	const chris = await personOf(db, 'admin');
	await setLadder(db, chris, { municipalityId, serviceId: null, steps }, at('2026-11-13T09:00'));
	const { id: departmentId } = await departmentOf(db, 'water');
	for (let done = 0; done < count; done += aTransaction)
		await db.transaction(async (tx) => {
			for (let i = 0; i < aTransaction; i++)
				await raise(
					tx,
					{ municipalityId, title: 'Weak water pressure', departmentId, wardCode: '99901007' },
					reported
				);
		});
	return municipalityId;
}

/** Reports at a steady pace until something has happened. Answers how many milliseconds each took. */
async function reportsUntil(
	db: Db,
	municipalityId: string,
	end: Promise<unknown>
): Promise<number[]> {
	let over = false;
	void end.then(() => (over = true));
	const taken: number[] = [];
	while (!over) {
		const began = performance.now();
		await reportOne(db, municipalityId);
		taken.push(performance.now() - began);
		await pause(Math.max(0, between - (performance.now() - began)));
	}
	return taken;
}
