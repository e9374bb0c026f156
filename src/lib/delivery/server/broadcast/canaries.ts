import { createECDH, randomBytes } from 'node:crypto';
import { and, eq, inArray, lt } from 'drizzle-orm';
import { newId } from '../../../platform/ids.ts';
import { fingerprint, seal } from '../../../platform/server/keys.ts';
import type { Db } from '../../../platform/server/db.ts';
import { later, minutes } from '../../../platform/time.ts';
import type { PushSubscription } from '../../push.ts';
import { canaryOrigin } from '../push/canary.ts';
import { follow } from '../follow.ts';
import { pushSubscriptions } from '../schema.ts';

/** No test takes so long: what is older was left behind by a process that died. */
const oldest = minutes(5);

/** A synthetic phone in each of these wards, with keys of its own, that follows the ward as people do. */
export async function settleCanaries(
	tx: Db,
	municipalityId: string,
	wardCodes: string[],
	now: Date
): Promise<string[]> {
	await tx
		.delete(pushSubscriptions)
		.where(
			and(
				eq(pushSubscriptions.origin, canaryOrigin),
				lt(pushSubscriptions.createdAt, later(now, -oldest))
			)
		);
	const ids: string[] = [];
	for (const wardCode of wardCodes) {
		const id = newId(now);
		await tx.insert(pushSubscriptions).values(phone(id, now));
		await follow(
			tx,
			{
				municipalityId,
				subject: 'ward',
				subjectId: wardCode,
				pushSubscriptionId: id,
				channel: 'web_push',
				because: 'asked'
			},
			now
		);
		ids.push(id);
	}
	return ids;
}

export const dropCanaries = (tx: Db, ids: string[]) =>
	ids.length
		? tx.delete(pushSubscriptions).where(inArray(pushSubscriptions.id, ids))
		: Promise.resolve();

function phone(id: string, now: Date): typeof pushSubscriptions.$inferInsert {
	const pair = createECDH('prime256v1');
	const subscription: PushSubscription = {
		endpoint: `${canaryOrigin}/${id}`,
		keys: {
			p256dh: pair.generateKeys('base64url'),
			auth: randomBytes(16).toString('base64url')
		}
	};
	const endpointIndex = fingerprint('push', subscription.endpoint);
	return {
		id,
		endpointIndex,
		origin: canaryOrigin,
		sealed: seal('push', JSON.stringify(subscription), endpointIndex),
		createdAt: now
	};
}
