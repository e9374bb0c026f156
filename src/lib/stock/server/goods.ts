import { and, eq } from 'drizzle-orm';
import type { Actor } from '../../identity/permissions.ts';
import { linkedPeople } from '../../identity/server/index.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import { isDuplicate, type Db } from '../../platform/server/db.ts';
import { endOfDay } from '../../platform/time.ts';
import { appendedByCount, mostGoods, type LossKind } from '../stock.ts';
import {
	asStorekeeper,
	countSince,
	deedOf,
	lockStores,
	lotOf,
	lying,
	mustHaveHappened,
	mustLie,
	write,
	type Deed
} from './ledger.ts';
import {
	stockCounts,
	stockDonations,
	stockItems,
	stockLosses,
	stockLossDecisions,
	stockLots
} from './schema.ts';

interface At {
	eventId: string;
	storeId: string;
	/** When it happened; now where nothing is said. */
	at?: Date;
	/** Said of what was written down late: a count has seen it, and it is meant all the same. */
	late?: boolean;
}

/** Goods come in from a donor or supplier: a lot of their own, so that it can be said where they went. @throws 404, 400, 409 */
export const receiveGoods = (
	db: Db,
	actor: Actor,
	facts: At & {
		itemId: string;
		quantity: number;
		donor: string;
		reference: string;
		label: string;
		expiresOn: string;
	},
	now = new Date()
): Promise<string> =>
	deedOf(db, async (tx) => {
		const [store] = await lockStores(tx, facts.eventId, [facts.storeId]);
		const deed: Deed = { actor, store, at: facts.at ?? now, now };
		const [item] = await tx
			.select({ id: stockItems.id })
			.from(stockItems)
			.where(
				and(
					eq(stockItems.id, isId(facts.itemId) ? facts.itemId : newId()),
					eq(stockItems.eventId, store.eventId)
				)
			);
		if (!item) throw new Refusal(400, 'Choose the item.', 'itemId');
		if (facts.expiresOn && !endOfDay(facts.expiresOn))
			throw new Refusal(400, 'Past its date on: there is no such day.', 'expires');
		mustHaveHappened(deed);
		const { municipalityId, eventId } = store;
		const [donationId, lotId] = [newId(now), newId(now)];
		const { donor, reference, label, expiresOn, quantity } = facts;
		await tx.insert(stockDonations).values({
			id: donationId,
			municipalityId,
			eventId,
			donor,
			reference,
			receivedBy: actor.id,
			receivedAt: deed.at
		});
		await tx.insert(stockLots).values({
			id: lotId,
			municipalityId,
			itemId: item.id,
			donationId,
			label,
			expiresOn: expiresOn || null
		});
		await write(tx, deed, { lotId, quantity, outside: 'supplier', to: store.id });
		await asStorekeeper(tx, deed, {
			deed: 'goods.received',
			subjectId: lotId,
			details: { quantity }
		});
		return lotId;
	});

/**
 * What somebody counted of each lot at a store, at one moment. The difference to the ledger is written
 * down; what is written down later and happened before never moves it. @throws 404, 400, 409
 */
export const countStore = (
	db: Db,
	actor: Actor,
	facts: At & { counted: Array<{ lotId: string; counted: number }> },
	now = new Date()
): Promise<void> =>
	deedOf(db, async (tx) => {
		const [store] = await lockStores(tx, facts.eventId, [facts.storeId]);
		const deed: Deed = { actor, store, at: facts.at ?? now, now };
		if (!facts.counted.length) throw new Refusal(400, 'Count at least one of them.', '');
		mustHaveHappened(deed);
		for (const { lotId, counted } of facts.counted) {
			if (!Number.isInteger(counted) || counted < 0 || counted > mostGoods)
				throw new Refusal(400, `A number from 0 to ${mostGoods}`, `counted_${lotId}`);
			await lotOf(tx, store.eventId, lotId);
			await countLot(tx, deed, lotId, counted);
		}
		await asStorekeeper(tx, deed, {
			deed: 'goods.counted',
			subjectId: store.id,
			details: { lots: facts.counted.length }
		});
	});

async function countLot(tx: Db, deed: Deed, lotId: string, counted: number) {
	const { actor, store, at, now } = deed;
	const id = newId(now);
	const before = await lying(tx, store.id, lotId, at);
	const seenBy = await countSince(tx, store.id, lotId, at);
	await tx
		.insert(stockCounts)
		.values({
			id,
			municipalityId: store.municipalityId,
			storeId: store.id,
			lotId,
			counted,
			at,
			recordedAt: now,
			countedBy: actor.id
		})
		.catch((reason: unknown) => {
			if (isDuplicate(reason))
				throw new Refusal(409, 'This was counted at this moment already.', `counted_${lotId}`);
			throw reason;
		});
	for (const row of appendedByCount({ id, at, counted }, before, seenBy)) {
		const { quantity, countId } = row;
		await write(
			tx,
			{ ...deed, at: row.at },
			{
				lotId,
				quantity: Math.abs(quantity),
				outside: 'count',
				...(quantity > 0 ? { to: store.id } : { from: store.id }),
				countId
			},
			{ final: true }
		);
	}
}

/** Somebody says that goods are gone, damaged or past their date. They leave the ledger when another person agrees. @throws 404, 400, 409 */
export const sayLost = (
	db: Db,
	actor: Actor,
	facts: Omit<At, 'late'> & { lotId: string; quantity: number; kind: LossKind; reason: string },
	now = new Date()
): Promise<string> =>
	deedOf(db, async (tx) => {
		const [store] = await lockStores(tx, facts.eventId, [facts.storeId]);
		const deed: Deed = { actor, store, at: now, now };
		const lot = await lotOf(tx, store.eventId, facts.lotId);
		await mustLie(tx, store, lot, facts.quantity);
		const id = newId(now);
		const { lotId, quantity, kind, reason } = facts;
		await tx.insert(stockLosses).values({
			id,
			municipalityId: store.municipalityId,
			eventId: store.eventId,
			storeId: store.id,
			lotId,
			quantity,
			kind,
			reason,
			saidBy: actor.id,
			at: now
		});
		await asStorekeeper(tx, deed, { deed: 'loss.said', subjectId: id, details: { quantity } });
		return id;
	});

/**
 * A second storekeeper of the site agrees that goods are gone, or does not.
 * @throws 404, 409 for whoever said it (the database refuses it too) and for what was decided
 */
export const decideLoss = (
	db: Db,
	actor: Actor,
	{ eventId, lossId, agreed }: { eventId: string; lossId: string; agreed: boolean },
	now = new Date()
): Promise<void> =>
	deedOf(db, async (tx) => {
		const [loss] = await tx
			.select()
			.from(stockLosses)
			.where(eq(stockLosses.id, isId(lossId) ? lossId : newId()));
		if (!loss) throw notFound();
		const [store] = await lockStores(tx, eventId, [loss.storeId]);
		const deed: Deed = { actor, store, at: now, now };
		if ([actor.id, ...(await linkedPeople(tx, actor.id))].includes(loss.saidBy))
			throw new Refusal(409, 'You said it yourself: a second person has to agree.', '');
		const decided = await tx
			.insert(stockLossDecisions)
			.values({
				lossId: loss.id,
				municipalityId: store.municipalityId,
				agreed,
				decidedBy: actor.id,
				at: now
			})
			.onConflictDoNothing()
			.returning({ lossId: stockLossDecisions.lossId });
		if (!decided.length) throw new Refusal(409, 'Somebody has decided this already.', '');
		if (agreed) {
			await mustLie(tx, store, await lotOf(tx, store.eventId, loss.lotId), loss.quantity);
			await write(tx, deed, {
				lotId: loss.lotId,
				quantity: loss.quantity,
				from: store.id,
				outside: loss.kind,
				lossId: loss.id
			});
		}
		await asStorekeeper(tx, deed, {
			deed: agreed ? 'loss.agreed' : 'loss.refused',
			subjectId: loss.id
		});
	});
