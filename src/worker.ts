/** The worker as its own process: `PROCESS=worker`, PostgreSQL only. */
import { boot, shutDown, workHere } from './boot.ts';
import { vapidKeys } from '#lib/delivery/server/index.ts';
import { startThreads } from '#lib/delivery/server/broadcast/threads.ts';
import { readConfig } from '#lib/platform/server/config.ts';
import { log } from '#lib/platform/server/log.ts';

const config = readConfig();
const database = await boot(config);
const { DATABASE_URL: url, PUSH_ALLOW: allow, PUSH_FRAMES: frames } = config;
if (!url) throw new Error('A worker of its own needs DATABASE_URL');
const threads = await startThreads({ url, sender: { vapid: vapidKeys(config), allow, frames } });
await workHere(database, threads);
log.info('worker ready');

for (const signal of ['SIGTERM', 'SIGINT'] as const)
	process.once(signal, async () => {
		await shutDown(database);
		process.exit(0);
	});
