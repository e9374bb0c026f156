import { and, eq } from 'drizzle-orm';
import { newNumber } from '../../platform/number.ts';
import type { Actor } from '../../identity/permissions.ts';
import { linkedPeople } from '../../identity/server/index.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { mostGoods } from '../stock.ts';
import {
	asStorekeeper,
	deedOf,
	lockStores,
	lotOf,
	mustHaveHappened,
	mustLie,
	mustMeanLate,
	write,
	type Deed
} from './ledger.ts';
import { waybillReceipts, waybills } from './schema.ts';

/**
 * Goods leave a store on a vehicle: from now on they belong to it, and whoever drives answers for them.
 * Answers the waybill's id. @throws 404, 400, 409 with the field
 */
export const sendGoods = (
	db: Db,
	actor: Actor,
	facts: {
		eventId: string;
		storeId: string;
		lotId: string;
		quantity: number;
		vehicleId: string;
		toId: string;
		carrier: string;
		at?: Date;
		late?: boolean;
	},
	now = new Date()
): Promise<string> =>
	deedOf(db, async (tx) => {
		const { eventId, storeId, vehicleId, toId, quantity, carrier } = facts;
		if (vehicleId === storeId || vehicleId === toId || toId === storeId)
			throw new Refusal(400, 'Choose another place it goes to.', 'toId');
		const [store, vehicle, to] = await lockStores(tx, eventId, [storeId, vehicleId, toId]);
		if (vehicle.kind !== 'vehicle') throw new Refusal(400, 'Choose the vehicle.', 'vehicleId');
		if (to.kind === 'vehicle') throw new Refusal(400, 'Choose where it goes.', 'toId');
		const deed: Deed = { actor, store, at: facts.at ?? now, now };
		const lot = await lotOf(tx, store.eventId, facts.lotId);
		await mustMeanLate(tx, deed, lot.id, facts.late ?? false);
		await mustLie(tx, store, lot, quantity);
		const id = newId(now);
		await tx.insert(waybills).values({
			id,
			municipalityId: store.municipalityId,
			eventId: store.eventId,
			number: `W-${newNumber()}`,
			fromId: store.id,
			vehicleId: vehicle.id,
			toId: to.id,
			carrier,
			lotId: lot.id,
			quantity,
			sentBy: actor.id,
			sentAt: deed.at,
			recordedAt: now
		});
		await write(tx, deed, {
			lotId: lot.id,
			quantity,
			from: store.id,
			to: vehicle.id,
			waybillId: id,
			custodian: carrier
		});
		await asStorekeeper(tx, deed, {
			deed: 'waybill.sent',
			subjectId: id,
			details: { quantity }
		});
		return id;
	});

/**
 * The other end signs for what arrived. What is missing is written down as missing on the road, with
 * the driver's name; more than was sent is refused: it is counted at the store it came from.
 * @throws 404, 400, 409 (whoever sent it cannot receive it; the database refuses it too)
 */
export const receiveWaybill = (
	db: Db,
	actor: Actor,
	facts: { eventId: string; waybillId: string; quantity: number; at?: Date },
	now = new Date()
): Promise<void> =>
	deedOf(db, async (tx) => {
		const [waybill] = await tx
			.select()
			.from(waybills)
			.where(
				and(
					eq(waybills.id, isId(facts.waybillId) ? facts.waybillId : newId()),
					eq(waybills.eventId, isId(facts.eventId) ? facts.eventId : newId())
				)
			);
		if (!waybill) throw notFound();
		const [store] = await lockStores(tx, facts.eventId, [waybill.toId, waybill.vehicleId]);
		const deed: Deed = { actor, store, at: facts.at ?? now, now };
		mustHaveHappened(deed);
		const { quantity } = facts;
		if (!Number.isInteger(quantity) || quantity < 0 || quantity > mostGoods)
			throw new Refusal(400, 'How many arrived: a whole number.', 'quantity');
		if (quantity > waybill.quantity)
			throw new Refusal(
				409,
				`${waybill.quantity} were sent. If more arrived, have the store it came from count what is left.`,
				'quantity'
			);
		if (deed.at < waybill.sentAt)
			throw new Refusal(400, 'When: it was not sent before that.', 'when');
		if ([actor.id, ...(await linkedPeople(tx, actor.id))].includes(waybill.sentBy))
			throw new Refusal(409, 'You sent it yourself: somebody else has to sign for it here.', '');
		const received = await tx
			.insert(waybillReceipts)
			.values({
				waybillId: waybill.id,
				municipalityId: waybill.municipalityId,
				quantity,
				receivedBy: actor.id,
				receivedAt: deed.at,
				recordedAt: now
			})
			.onConflictDoNothing()
			.returning({ waybillId: waybillReceipts.waybillId });
		if (!received.length) throw new Refusal(409, 'It has been signed for already.', '');
		const { lotId, vehicleId, carrier } = waybill;
		const travelled = { lotId, from: vehicleId, waybillId: waybill.id, custodian: carrier };
		if (quantity) await write(tx, deed, { ...travelled, quantity, to: store.id });
		if (quantity < waybill.quantity)
			await write(tx, deed, {
				...travelled,
				quantity: waybill.quantity - quantity,
				outside: 'short'
			});
		await asStorekeeper(tx, deed, {
			deed: 'waybill.received',
			subjectId: waybill.id,
			details: { quantity, missing: waybill.quantity - quantity }
		});
	});
