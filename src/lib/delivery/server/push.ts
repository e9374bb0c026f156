import { and, eq, isNull } from 'drizzle-orm';
import { unseal } from '../../platform/server/keys.ts';
import type { Db } from '../../platform/server/db.ts';
import type { PushSubscription } from '../push.ts';
import { pushSubscriptions } from './schema.ts';

/** The phones and browsers a message can be pushed to. */
export async function subscriptionsFor(
	db: Db,
	{ personId, pushSubscriptionId }: { personId: string | null; pushSubscriptionId: string | null }
): Promise<Array<{ id: string; subscription: PushSubscription }>> {
	const whose = pushSubscriptionId
		? eq(pushSubscriptions.id, pushSubscriptionId)
		: personId
			? eq(pushSubscriptions.personId, personId)
			: null;
	if (!whose) return [];
	const found = await db
		.select()
		.from(pushSubscriptions)
		.where(and(whose, isNull(pushSubscriptions.goneAt)));
	return found.map(({ id, sealed, endpointIndex }) => ({
		id,
		subscription: JSON.parse(unseal('push', sealed, endpointIndex))
	}));
}

/** The push service says the subscription is gone (404 or 410): it is never used again. */
export const forgetSubscription = (tx: Db, id: string, now: Date) =>
	tx.update(pushSubscriptions).set({ goneAt: now }).where(eq(pushSubscriptions.id, id));
