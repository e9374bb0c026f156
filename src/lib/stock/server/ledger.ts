import { and, asc, eq, gte, inArray, sql } from 'drizzle-orm';
import { act, withinRules, type AidPlace } from '../../aid/server/index.ts';
import { record } from '../../audit/server/index.ts';
import type { Actor } from '../../identity/permissions.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import { rows, type Db } from '../../platform/server/db.ts';
import { dayAndTime, minutes } from '../../platform/time.ts';
import { appended, type Outside } from '../stock.ts';
import { stockCounts, stockItems, stockLots, stockMoves, stores } from './schema.ts';

export type Store = typeof stores.$inferSelect;

/** A deed of a storekeeper: who, at which store, when it happened and when it is written down. */
export interface Deed {
	actor: Pick<Actor, 'id'>;
	store: Store;
	at: Date;
	now: Date;
}

/** Goods that move: exactly two of the three ends. */
export interface Move {
	lotId: string;
	quantity: number;
	from?: string;
	to?: string;
	outside?: Outside;
	waybillId?: string;
	lossId?: string;
	custodian?: string;
}

/**
 * The stores a deed touches, kept from other deeds until it ends, always in the same order.
 * @throws 404 where one is not of this relief
 */
export async function lockStores(tx: Db, eventId: string, ids: string[]): Promise<Store[]> {
	const wanted = ids.map((id) => (isId(id) ? id : newId()));
	const found = await tx
		.select()
		.from(stores)
		.where(and(inArray(stores.id, wanted), eq(stores.eventId, isId(eventId) ? eventId : newId())))
		.orderBy(stores.id)
		.for('update');
	return wanted.map((id) => {
		const store = found.find((each) => each.id === id);
		if (!store) throw notFound();
		return store;
	});
}

export const placeOf = ({ municipalityId, eventId, siteId }: Store): AidPlace => ({
	municipalityId,
	eventId,
	siteId
});

/** A lot of this relief with its item. @throws 400 with the field */
export async function lotOf(tx: Db, eventId: string, lotId: string) {
	const [lot] = await tx
		.select({ id: stockLots.id, item: stockItems.name, unit: stockItems.unit })
		.from(stockLots)
		.innerJoin(stockItems, eq(stockItems.id, stockLots.itemId))
		.where(and(eq(stockLots.id, isId(lotId) ? lotId : newId()), eq(stockItems.eventId, eventId)));
	if (!lot) throw new Refusal(400, 'Choose the goods.', 'lotId');
	return lot;
}

/** Sum of what came to a store less what went, of one lot; of rows dated up to an instant, or of all. */
export async function lying(tx: Db, storeId: string, lotId: string, until?: Date): Promise<number> {
	const upTo = until ? sql`and at <= ${until.toISOString()}::timestamptz` : sql``;
	const [{ sum }] = await rows<{ sum: number }>(
		tx,
		sql`select coalesce(sum(case when to_id = ${storeId}::uuid then quantity else -quantity end), 0)::int as sum
			from stock_moves where lot_id = ${lotId}::uuid
				and (from_id = ${storeId}::uuid or to_id = ${storeId}::uuid) ${upTo}`
	);
	return Number(sum);
}

/** The first count of a lot at a store that had seen what happened at an instant. */
export async function countSince(tx: Db, storeId: string, lotId: string, at: Date) {
	const [count] = await tx
		.select()
		.from(stockCounts)
		.where(
			and(eq(stockCounts.storeId, storeId), eq(stockCounts.lotId, lotId), gte(stockCounts.at, at))
		)
		.orderBy(asc(stockCounts.at))
		.limit(1);
	return count;
}

/**
 * Writes a move into the ledger. Where a count at either store has seen its time already, the figure that
 * was counted stays: the same goes back as a difference of that count. `final`: the row is such a
 * difference itself.
 */
export async function write(
	tx: Db,
	{ actor, store, at, now }: Deed,
	move: Move & { countId?: string },
	{ final = false } = {}
) {
	const { lotId, quantity, from, to, outside = null, custodian = '', ...why } = move;
	const common = {
		municipalityId: store.municipalityId,
		eventId: store.eventId,
		lotId,
		movedBy: actor.id,
		recordedAt: now
	};
	await tx.insert(stockMoves).values({
		...common,
		...why,
		id: newId(now),
		quantity,
		fromId: from ?? null,
		toId: to ?? null,
		outside,
		custodian,
		at
	});
	if (final) return;
	for (const [storeId, change] of [
		[from, -quantity],
		[to, quantity]
	] as const) {
		const seenBy = storeId && (await countSince(tx, storeId, lotId, at));
		if (!storeId || !seenBy) continue;
		const [, back] = appended({ at, quantity: change }, seenBy);
		await write(
			tx,
			{ actor, store, at: back.at, now },
			{
				lotId,
				quantity,
				outside: 'count',
				...(back.quantity > 0 ? { to: storeId } : { from: storeId }),
				countId: back.countId
			},
			{ final: true }
		);
	}
}

/** Clocks differ a little; what is farther ahead did not happen. */
const ahead = minutes(5);

/** @throws 400 for a time to come */
export function mustHaveHappened({ at, now }: Pick<Deed, 'at' | 'now'>) {
	if (at.getTime() > now.getTime() + ahead)
		throw new Refusal(400, 'When: this time has not come yet.', 'when');
}

/**
 * What is written down late is asked about once: it may lie before a count.
 * @throws 400 for a time to come, 409 where a count has seen it and nobody said that this is meant
 */
export async function mustMeanLate(tx: Db, deed: Deed, lotId: string, meant: boolean) {
	mustHaveHappened(deed);
	if (meant) return;
	const seenBy = await countSince(tx, deed.store.id, lotId, deed.at);
	if (seenBy)
		throw new Refusal(
			409,
			`These goods were counted ${dayAndTime(seenBy.at, deed.now)}, after this. The counted figure stays. Tick that you mean it.`,
			'late'
		);
}

/** @throws 409 where less lies there than shall go */
export async function mustLie(
	tx: Db,
	store: Store,
	lot: { id: string; item: string; unit: string },
	quantity: number
) {
	const there = await lying(tx, store.id, lot.id);
	if (there < quantity)
		throw new Refusal(
			409,
			`${store.name} holds ${there} ${lot.unit} of it (${lot.item}). Count it, if more lies there.`,
			'quantity'
		);
}

/** Does a deed of a storekeeper of a store and writes down that they did. @throws 404 without a place there */
export async function asStorekeeper(
	tx: Db,
	{ actor, store, now }: Deed,
	{ deed, subjectId, details = {} }: { deed: string; subjectId: string; details?: object }
) {
	await act(tx, actor, { role: 'storekeeper', deed, subjectId, place: placeOf(store) }, now);
	await record(
		tx,
		actor,
		{
			municipalityId: store.municipalityId,
			deed: `stock_${deed}`,
			thing: 'stock_store',
			thingId: store.id,
			details: { ...details, subject: subjectId }
		},
		now
	);
}

/** One deed in one transaction, within the rules that the database keeps. */
export const deedOf = <Answer>(
	db: Db,
	run: (tx: Db) => Promise<Answer>,
	field?: string
): Promise<Answer> =>
	withinRules(() => db.transaction((transaction) => run(transaction as unknown as Db)), field);
