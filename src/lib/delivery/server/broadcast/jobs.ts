import * as v from 'valibot';
import { job } from '../../../platform/server/jobs.ts';
import { compactBroadcasts } from './finish.ts';
import { broadcastQueue } from '../queues.ts';
import { sendNow } from './process.ts';
import { watchBroadcasts } from './watchdog.ts';

/** Something was opened: send it. In a process that keeps sending, this only wakes it. */
export const sendBroadcasts = job({
	...broadcastQueue,
	run: ({ db, now }) => sendNow(db, now)
});

/** Whether what is under way is under way fast enough. */
export const watchBroadcastsJob = job({
	name: 'watch-broadcasts',
	payload: v.object({}),
	tries: 0,
	run: ({ db, now }) => watchBroadcasts(db, now)
});

/** What is finished is packed, and in the end forgotten. */
export const packBroadcasts = job({
	name: 'pack-broadcasts',
	payload: v.object({}),
	run: ({ db, now }) => compactBroadcasts(db, now)
});
