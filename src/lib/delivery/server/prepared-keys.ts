import { and, asc, count, eq, isNull, lt, sql } from 'drizzle-orm';
import { newId } from '../../platform/ids.ts';
import { seal, unseal } from '../../platform/server/keys.ts';
import type { Db } from '../../platform/server/db.ts';
import type { PushSubscription } from '../push.ts';
import { markOf, packed, prepare, sealed, unpacked } from './prepared.ts';
import { pushPrepared, pushSubscriptions } from './schema.ts';

/** How many records lie ready for each phone (PERFORMANCE: one to use, one for what follows at once). */
const ready = 2;

/** What everybody may read: only such notices are sealed with a key that lay in our store. */
export const publicTemplates: ReadonlySet<string> = new Set([
	'news.published',
	'news.corrected',
	'news.withdrawn'
]);

/** Prepares what a phone lacks. In the caller's transaction. */
export async function prepareFor(tx: Db, id: string, subscription: PushSubscription, now: Date) {
	const has = await tx.$count(
		pushPrepared,
		and(eq(pushPrepared.pushSubscriptionId, id), isNull(pushPrepared.messageId))
	);
	const rows = Array.from({ length: Math.max(0, ready - has) }, () => {
		const own = newId(now);
		return {
			id: own,
			pushSubscriptionId: id,
			sealed: seal('push', packed(prepare(subscription)), own),
			createdAt: now
		};
	});
	if (rows.length) await tx.insert(pushPrepared).values(rows);
}

/** The keys of a phone changed, or it is gone: what was prepared for it is of no use. */
export const dropPrepared = (tx: Db, pushSubscriptionId: string) =>
	tx.delete(pushPrepared).where(eq(pushPrepared.pushSubscriptionId, pushSubscriptionId));

/**
 * Seals one message's text for one phone. The record is bound to message and text before it is used:
 * the same again gives the same bytes, any other text gets null and needs a fresh key.
 */
export const sealOnce =
	(db: Db, pushSubscriptionId: string, messageId: string) =>
	(text: string): Promise<Buffer | null> =>
		db.transaction(async (tx) => {
			const textMark = markOf(text);
			const own = eq(pushPrepared.pushSubscriptionId, pushSubscriptionId);
			const [bound] = await tx
				.select()
				.from(pushPrepared)
				.where(and(own, eq(pushPrepared.messageId, messageId)));
			if (bound) return bound.textMark === textMark ? bodyOf(bound, text) : null;

			const [free] = await tx
				.select()
				.from(pushPrepared)
				.where(and(own, isNull(pushPrepared.messageId)))
				.orderBy(asc(pushPrepared.id))
				.limit(1)
				.for('update', { skipLocked: true });
			if (!free) return null;
			await tx
				.update(pushPrepared)
				.set({ messageId, textMark })
				.where(eq(pushPrepared.id, free.id));
			return bodyOf(free, text);
		});

const bodyOf = (row: typeof pushPrepared.$inferSelect, text: string) =>
	sealed(unpacked(unseal('push', row.sealed, row.id)), text);

/** The message has its final outcome: nothing is left to decrypt it with. */
export const dropUsed = (db: Db, messageId: string) =>
	db.delete(pushPrepared).where(eq(pushPrepared.messageId, messageId));

const atOnce = 500;

/** At idle: phones that used their records get new ones, those that are gone lose them. Answers how many were served. */
export async function prepareMore(db: Db, now = new Date()): Promise<number> {
	return db.transaction(async (tx) => {
		await tx.execute(
			sql`delete from ${pushPrepared} using ${pushSubscriptions}
				where ${pushSubscriptions.id} = ${pushPrepared.pushSubscriptionId} and ${pushSubscriptions.goneAt} is not null`
		);
		const short = await tx
			.select({
				id: pushSubscriptions.id,
				index: pushSubscriptions.endpointIndex,
				sealed: pushSubscriptions.sealed
			})
			.from(pushSubscriptions)
			.leftJoin(
				pushPrepared,
				and(
					eq(pushPrepared.pushSubscriptionId, pushSubscriptions.id),
					isNull(pushPrepared.messageId)
				)
			)
			.where(isNull(pushSubscriptions.goneAt))
			.groupBy(pushSubscriptions.id)
			.having(lt(count(pushPrepared.id), ready))
			.limit(atOnce);
		for (const { id, index, sealed: kept } of short)
			await prepareFor(tx, id, JSON.parse(unseal('push', kept, index)), now);
		return short.length;
	});
}

/** After a backup was put back: what it holds may have been used since, and a key seals one text only. */
export const forgetPrepared = (db: Db) => db.delete(pushPrepared);
