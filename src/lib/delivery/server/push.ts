import { and, eq, inArray, isNull } from 'drizzle-orm';
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
	return found.map((row) => ({ id: row.id, subscription: opened(row) }));
}

/** The same by their ids, for those that lie in no block. Who is gone is not among them. */
export async function readSubscriptions(
	db: Db,
	ids: string[]
): Promise<Map<string, PushSubscription>> {
	if (!ids.length) return new Map();
	const found = await db
		.select()
		.from(pushSubscriptions)
		.where(and(inArray(pushSubscriptions.id, ids), isNull(pushSubscriptions.goneAt)));
	return new Map(found.map((row) => [row.id, opened(row)]));
}

const opened = ({
	sealed,
	endpointIndex
}: {
	sealed: Buffer;
	endpointIndex: string;
}): PushSubscription => JSON.parse(unseal('push', sealed, endpointIndex));
