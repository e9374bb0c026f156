/** A process of its own that carries cases up once it is told to: `climber.ts DATABASE_URL NOW`. */
import { once } from 'node:events';
import { openQueues } from '../src/boot.ts';
import { climbLadders } from '#lib/cases/server/index.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { closeJobs } from '#lib/platform/server/jobs.ts';
import { useMasterKey } from '#lib/platform/server/keys.ts';

const [url, now] = process.argv.slice(2);
useMasterKey(Buffer.alloc(32, 7));
const database = await openDatabase({ url, connections: 2 });
await openQueues(database, { ownerUrl: url });
process.send!('ready');
await once(process, 'message');

const began = performance.now();
const told = await climbLadders(database.db, new Date(now));
process.send!({ told, seconds: (performance.now() - began) / 1000 });

await closeJobs();
await database.close();
process.disconnect();
