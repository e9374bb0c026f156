import * as v from 'valibot';
import { enqueue, job, type Job } from '../../platform/server/jobs.ts';
import type { Db } from '../../platform/server/db.ts';
import type { ChannelName } from '../channel.ts';
import { packBroadcasts, sendBroadcasts, watchBroadcastsJob } from './broadcast/jobs.ts';
import { channelsOf } from './channels-of.ts';
import { deliver, wakeMessages } from './deliver.ts';
import { reportAgain } from './receipts.ts';
import { watchTakings } from './watch/takings.ts';
import { testLinks as tryLinks } from './watch/test-links.ts';
import { prepareAtIdle } from './push/place.ts';

const payload = v.object({ messageId: v.pipe(v.string(), v.uuid()) });

/** A queue per channel: one that is out of order stalls no other. */
const queue = (name: string) =>
	job({
		name,
		payload,
		run: ({ db, now }, { messageId }) => deliver(db, messageId, channelsOf(db), now)
	});

const queues = {
	email: queue('deliver-email'),
	sms: queue('deliver-sms'),
	web_push: queue('deliver-web-push')
} satisfies Record<Exclude<ChannelName, 'inbox'>, Job<typeof payload>>;

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
	...Object.values(queues),
	sendBroadcasts,
	packBroadcasts,
	watchBroadcastsJob,
	wakeSleepers,
	preparePushes,
	testLinks,
	watchChannels,
	reportAgain
];

/** Queues one message in the caller's transaction. */
export async function enqueueDelivery(
	tx: Db,
	message: { id: string; channel: ChannelName; notBefore: Date | null }
) {
	if (message.channel === 'inbox') return;
	await enqueue(
		tx,
		queues[message.channel],
		{ messageId: message.id },
		{ runAt: message.notBefore ?? undefined }
	);
}
