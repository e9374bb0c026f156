import * as v from 'valibot';
import { enqueue } from '../../platform/server/jobs.ts';
import type { Db } from '../../platform/server/db.ts';
import type { ChannelName } from '../channel.ts';

const payload = v.object({ messageId: v.pipe(v.string(), v.uuid()) });

/** Where messages wait for their delivery, by channel. */
export const queueOf = {
	email: { name: 'deliver-email', payload },
	sms: { name: 'deliver-sms', payload },
	web_push: { name: 'deliver-web-push', payload }
};

/** Queues one message in the caller's transaction. */
export async function enqueueDelivery(
	tx: Db,
	message: { id: string; channel: ChannelName; notBefore: Date | null }
) {
	if (message.channel === 'inbox') return;
	await enqueue(
		tx,
		queueOf[message.channel],
		{ messageId: message.id },
		{ runAt: message.notBefore ?? undefined }
	);
}

/** Where it waits that a broadcast was opened. */
export const broadcastQueue = { name: 'send-broadcasts', payload: v.object({}) };
