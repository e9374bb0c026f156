/** The worker as its own process: `PROCESS=worker`, PostgreSQL only. */
import { boot, shutDown } from './boot.ts';
import { jobs, schedule } from './schedule.ts';
import { work } from '#lib/platform/server/jobs.ts';
import { log } from '#lib/platform/server/log.ts';

const database = await boot();
await work(database, jobs, schedule);
log.info({ jobs: jobs.length, recurring: schedule.length }, 'worker ready');

for (const signal of ['SIGTERM', 'SIGINT'] as const)
	process.once(signal, async () => {
		await shutDown(database);
		process.exit(0);
	});
