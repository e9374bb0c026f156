import * as v from 'valibot';
import { job } from '../../platform/server/jobs.ts';
import { packBroadcasts, sendBroadcasts, watchBroadcastsJob } from './broadcast/jobs.ts';
import { channelsOf } from './channels-of.ts';
import { deliver, wakeMessages } from './deliver.ts';
import { queueOf } from './queues.ts';
import { reportAgain } from './receipts.ts';
import { watchTakings } from './watch/takings.ts';
import { testLinks as tryLinks } from './watch/test-links.ts';
import { prepareAtIdle } from './push/place.ts';

/** A queue per channel: one that is out of order stalls no other. */
const queues = Object.values(queueOf).map(({ name, payload }) =>
	job({
		name,
		payload,
		run: ({ db, now }, { messageId }) => deliver(db, messageId, channelsOf(db), now)
	})
);

/** Every message that waited long enough, or was dropped by a process that died. */
export const wakeSleepers = job({
	name: 'wake-messages',
	payload: v.object({}),
	run: ({ db, now }) => wakeMessages(db, now)
});

/** The slow part of pushes to come, done while nothing is being sent. */
export const preparePushes = job({
	name: 'prepare-pushes',
	payload: v.object({}),
	async run({ db, now }) {
		await prepareAtIdle(db, now);
	}
});

/** Every road of every channel, every three minutes: the next one tries again, so a fault is not repeated. */
export const testLinks = job({
	name: 'test-links',
	payload: v.object({}),
	tries: 0,
	async run({ db, now }) {
		await tryLinks(db, channelsOf(db), now);
	}
});

/** Whether a channel takes fewer messages than usual. */
export const watchChannels = job({
	name: 'watch-channels',
	payload: v.object({}),
	tries: 0,
	run: ({ db, now }) => watchTakings(db, now)
});

export const deliveryJobs = [
	...queues,
	sendBroadcasts,
	packBroadcasts,
	watchBroadcastsJob,
	wakeSleepers,
	preparePushes,
	testLinks,
	watchChannels,
	reportAgain
];
