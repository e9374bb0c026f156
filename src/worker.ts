/** The worker as its own process: `PROCESS=worker`, PostgreSQL only. */
import { boot, shutDown, workHere } from './boot.ts';
import { log } from '#lib/platform/server/log.ts';

const database = await boot();
await workHere(database);
log.info('worker ready');

for (const signal of ['SIGTERM', 'SIGINT'] as const)
	process.once(signal, async () => {
		await shutDown(database);
		process.exit(0);
	});
