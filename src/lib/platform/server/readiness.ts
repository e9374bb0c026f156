import { statfs } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import { readConfig } from './config.ts';
import type { Db } from './db.ts';
import { queueDepths } from './jobs.ts';

const leastFreeBytes = 200 * 1024 * 1024;

const within = <Answer>(milliseconds: number, what: string, asked: Promise<Answer>) =>
	Promise.race([
		asked,
		new Promise<never>((_, refuse) =>
			setTimeout(
				() => refuse(new Error(`${what} did not answer within ${milliseconds} ms`)),
				milliseconds
			).unref()
		)
	]);

/** What keeps this process from being useful, in sentences; nothing when it is ready. */
export async function readiness(db: Db): Promise<string[]> {
	const checks: Array<[string, () => Promise<unknown>]> = [
		['database', () => within(2000, 'the database', db.execute(sql`select 1`))],
		['queue', () => within(2000, 'the queue', queueDepths())],
		['disk', checkDisk]
	];
	const answers = await Promise.allSettled(checks.map(([, check]) => check()));
	return answers.flatMap((answer, index) =>
		answer.status === 'rejected'
			? [`${checks[index][0]}: ${answer.reason?.message ?? 'failed'}`]
			: []
	);
}

async function checkDisk() {
	const { bavail, bsize } = await statfs(readConfig().DATA_DIR);
	if (bavail * bsize < leastFreeBytes)
		throw new Error('less than 200 MB left in the data directory');
}
