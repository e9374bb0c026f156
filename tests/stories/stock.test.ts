import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { addSite, assign, openEvent } from '#lib/aid/server/index.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { giveGrant } from '#lib/identity/server/index.ts';
import { departments } from '#lib/identity/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import { faultOf, type Db } from '#lib/platform/server/db.ts';
import { days, later, minutes } from '#lib/platform/time.ts';
import {
	addItem,
	addStore,
	countStore,
	decideLoss,
	lyingIn,
	receiveGoods,
	receiveWaybill,
	sayLost,
	sendGoods,
	stockOf,
	storePage,
	waybillPage
} from '#lib/stock/server/index.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { khanyisa, personOf } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';

const now = new Date();
const before = (m: number) => later(now, -minutes(m));
/** Long enough ago for every deed of a story to lie after it. */
const yesterday = later(now, -days(1));

inBothDatabases((place) => {
	let sipho: Actor;
	/** Keeps the store at the depot. */
	let vuyo: Actor;
	/** Keeps the table at the hall. */
	let pumla: Actor;
	let eventId: string;
	let item: string;
	let depot: string;
	let bakkie: string;
	let hall: string;

	beforeEach(async () => {
		const { db } = place;
		const municipality = await khanyisa(db);
		sipho = await personOf(db, 'disaster-officer');
		const chris = await personOf(db, 'admin');
		const agencyId = newId();
		await db.insert(departments).values({
			id: agencyId,
			municipalityId: municipality.id,
			code: 'open-hands',
			name: 'Open Hands',
			kind: 'agency'
		});
		pumla = await personOf(db, 'agent');
		await giveGrant(
			db,
			chris,
			{ municipality, personId: pumla.id, grant: { role: 'aid_storekeeper' } },
			yesterday
		);
		vuyo = await personOf(db, 'aid-storekeeper');
		pumla = await personOf(db, 'agent');
		eventId = await openEvent(
			db,
			sipho,
			{ municipalityId: municipality.id, name: 'Wildfire', kind: 'fire' },
			yesterday
		);
		const site = { eventId, agencyId, wardCode: '', address: '' };
		const depotSite = await addSite(db, sipho, { ...site, name: 'Depot' }, yesterday);
		const hallSite = await addSite(db, sipho, { ...site, name: 'Sizwe Hall' }, yesterday);
		for (const [person, at] of [
			[vuyo, depotSite],
			[pumla, hallSite]
		] as const)
			await assign(
				db,
				sipho,
				{ eventId, personId: person.id, role: 'storekeeper', at: `site:${at}` },
				yesterday
			);
		item = await addItem(db, sipho, { eventId, name: 'Food parcel', unit: 'parcels' }, yesterday);
		const store = (siteId: string, kind: 'store' | 'vehicle' | 'site', name: string) =>
			addStore(db, sipho, { eventId, siteId, kind, name }, yesterday);
		depot = await store(depotSite, 'store', 'Depot');
		bakkie = await store(depotSite, 'vehicle', 'Bakkie');
		hall = await store(hallSite, 'site', 'Table at Sizwe Hall');
	});

	const receive = (quantity: number, at = now, by = vuyo, storeId = depot) =>
		receiveGoods(
			place.db,
			by,
			{
				eventId,
				storeId,
				itemId: item,
				quantity,
				donor: 'Bread for All',
				reference: 'BFA 17',
				label: 'Lot 4',
				expiresOn: '2027-01-31',
				at
			},
			now
		);
	const count = (lotId: string, counted: number, at = now, by = vuyo, storeId = depot) =>
		countStore(place.db, by, { eventId, storeId, counted: [{ lotId, counted }], at }, now);
	const send = (lotId: string, quantity: number, more = {}) =>
		sendGoods(
			place.db,
			vuyo,
			{
				eventId,
				storeId: depot,
				lotId,
				quantity,
				vehicleId: bakkie,
				toId: hall,
				carrier: 'Sam Botha',
				...more
			},
			now
		);
	const arrive = (waybillId: string, quantity: number, by = pumla, at = now) =>
		receiveWaybill(place.db, by, { eventId, waybillId, quantity, at }, now);
	const there = async (storeId: string, lotId: string) =>
		(await lyingIn(place.db, eventId, storeId)).find((each) => each.lotId === lotId)?.quantity ?? 0;

	test('parcels of a donor go by waybill to the hall; each end signs, what is missing is the driver’s', async () => {
		const lot = await receive(100, before(60));
		const waybill = await send(lot, 40, { at: before(40) });
		expect([await there(depot, lot), await there(bakkie, lot), await there(hall, lot)]).toEqual([
			60, 40, 0
		]);
		const page = await waybillPage(place.db, pumla, eventId, waybill);
		expect(page).toMatchObject({ signs: true, waybill: { quantity: 40, sentBy: vuyo.name } });
		expect(page.waybill.number).toMatch(/^W-\w{3}-\w{3}$/);
		await expect(arrive(waybill, 41)).rejects.toMatchObject({ status: 409, field: 'quantity' });
		await arrive(waybill, 37);
		expect([await there(depot, lot), await there(bakkie, lot), await there(hall, lot)]).toEqual([
			60, 0, 37
		]);
		await expect(arrive(waybill, 37)).rejects.toThrow('already');
		const stock = await stockOf(place.db, vuyo, eventId);
		expect(stock.shrinkage).toEqual([{ who: 'Sam Botha', counted: 0, missing: 3 }]);
		expect(stock.donations).toMatchObject([
			{ donor: 'Bread for All', reference: 'BFA 17', came: 100, lying: 97, left: { short: 3 } }
		]);
	});

	test('a count of one stays one, whatever is written down late', async () => {
		const lot = await receive(42, before(60));
		await count(lot, 1, before(30));
		const late = send(lot, 1, { at: before(45) });
		await expect(late).rejects.toMatchObject({ status: 409, field: 'late' });
		await send(lot, 1, { at: before(45), late: true });
		expect(await there(depot, lot)).toBe(1);
		await count(lot, 40, before(50));
		expect(await there(depot, lot)).toBe(1);
		await count(lot, 3, before(10));
		await expect(count(lot, 3, before(10))).rejects.toMatchObject({ status: 409 });
		expect(await there(depot, lot)).toBe(3);
		const { book } = await storePage(place.db, vuyo, eventId, depot);
		expect(book.reduce((sum, { change }) => sum + change, 0)).toBe(3);
		for (const [at, counted] of [
			[before(50), 40],
			[before(30), 1],
			[before(10), 3]
		] as const)
			expect(book.filter((row) => row.at <= at).reduce((sum, { change }) => sum + change, 0)).toBe(
				counted
			);
	});

	test('goods are gone only when a second person of the site agreed', async () => {
		const lot = await receive(10, before(60));
		const facts = { eventId, storeId: depot, lotId: lot, kind: 'damage' as const };
		await expect(
			sayLost(place.db, vuyo, { ...facts, quantity: 11, reason: 'Rain' }, now)
		).rejects.toMatchObject({ status: 409, field: 'quantity' });
		const loss = await sayLost(place.db, vuyo, { ...facts, quantity: 4, reason: 'Rain' }, now);
		expect(await there(depot, lot)).toBe(10);
		const decide = (by: Actor, agreed = true) =>
			decideLoss(place.db, by, { eventId, lossId: loss, agreed }, now);
		await expect(decide(vuyo)).rejects.toThrow('second person');
		await expect(decide(pumla)).rejects.toMatchObject({ status: 404 });
		const { sites } = await stockOf(place.db, sipho, eventId);
		const here = sites.find(({ name }) => name === 'Depot')!.id;
		await assign(
			place.db,
			sipho,
			{ eventId, personId: pumla.id, role: 'storekeeper', at: `site:${here}` },
			yesterday
		);
		await decide(pumla);
		expect(await there(depot, lot)).toBe(6);
		await expect(decide(pumla)).rejects.toThrow('already');
	});

	test('what cannot be is refused with the field', async () => {
		const lot = await receive(10, before(60));
		const refusals = [
			[() => receive(1, later(now, minutes(10))), 400, 'when'],
			[() => send(lot, 11), 409, 'quantity'],
			[() => send(lot, 1, { vehicleId: hall, toId: bakkie }), 400, 'vehicleId'],
			[() => send(lot, 1, { toId: depot }), 400, 'toId'],
			[() => send(newId(), 1), 400, 'lotId'],
			[() => count(lot, -1), 400, `counted_${lot}`],
			[
				() => addItem(place.db, sipho, { eventId, name: 'Food parcel', unit: 'boxes' }),
				409,
				'itemName'
			]
		] as const;
		for (const [refused, status, field] of refusals)
			await expect(refused(), field).rejects.toMatchObject({ status, field });
		const waybill = await send(lot, 2, { at: before(10) });
		await expect(arrive(waybill, 2, pumla, before(20))).rejects.toMatchObject({ field: 'when' });
	});

	test('only whoever keeps the store of a site does anything there; others see none of it', async () => {
		const lot = await receive(10, before(60));
		await expect(receive(1, now, pumla)).rejects.toMatchObject({ status: 404 });
		await expect(count(lot, 1, now, pumla)).rejects.toMatchObject({ status: 404 });
		const waybill = await send(lot, 2);
		await expect(arrive(waybill, 2, vuyo)).rejects.toMatchObject({ status: 409 });
		for (const handle of ['councillor', 'resident', 'neighbour-admin', 'admin'])
			await expect(
				stockOf(place.db, await personOf(place.db, handle), eventId),
				handle
			).rejects.toMatchObject({ status: 404 });
		await expect(
			addItem(place.db, vuyo, { eventId, name: 'Soap', unit: 'bars' })
		).rejects.toMatchObject({ status: 404 });
	});

	describe('as the application’s own database user, straight past every verb', () => {
		const refused = (statement: ReturnType<typeof sql>) =>
			place.db
				.transaction(async (transaction) => {
					const tx = transaction as unknown as Db;
					await tx.execute(sql`set local role imbizo_app`);
					await tx.execute(statement);
				})
				.then(
					() => 'nothing',
					(reason: unknown) => faultOf(reason).constraint ?? faultOf(reason).code ?? 'unknown'
				);

		test('no row that makes a balance is changed or taken away', async () => {
			const lot = await receive(10, before(60));
			await count(lot, 9, before(30));
			await send(lot, 2);
			for (const table of [
				'stock_moves',
				'stock_counts',
				'stock_waybills',
				'stock_lots',
				'stock_donations'
			]) {
				const name = sql.raw(table);
				expect(await refused(sql`delete from ${name}`), table).toBe('42501');
				expect(await refused(sql`truncate ${name} cascade`), table).toBe('42501');
			}
			expect(await refused(sql`update stock_moves set quantity = 1`)).toBe('42501');
			expect(await refused(sql`update stock_counts set counted = 1`)).toBe('42501');
		});

		test('one person at both ends, or for a loss, is refused', async () => {
			const lot = await receive(10, before(60));
			const waybill = await send(lot, 2);
			const { municipalityId } = (await stockOf(place.db, vuyo, eventId)).event;
			const at = now.toISOString();
			expect(
				await refused(sql`insert into stock_waybill_receipts (waybill_id, municipality_id, quantity, received_by, received_at, recorded_at)
					values (${waybill}::uuid, ${municipalityId}::uuid, 2, ${vuyo.id}::uuid, ${at}::timestamptz, ${at}::timestamptz)`)
			).toBe('aid_two_people');
			const loss = await sayLost(
				place.db,
				vuyo,
				{ eventId, storeId: depot, lotId: lot, quantity: 1, kind: 'loss', reason: 'Stolen' },
				now
			);
			expect(
				await refused(sql`insert into stock_loss_decisions (loss_id, municipality_id, agreed, decided_by, at)
					values (${loss}::uuid, ${municipalityId}::uuid, true, ${vuyo.id}::uuid, ${at}::timestamptz)`)
			).toBe('aid_two_people');
			expect(
				await refused(sql`insert into stock_moves (id, municipality_id, event_id, lot_id, quantity, from_id, outside, at, recorded_at, moved_by, loss_id)
					values (${newId()}::uuid, ${municipalityId}::uuid, ${eventId}::uuid, ${lot}::uuid, 1, ${depot}::uuid, 'loss', ${at}::timestamptz, ${at}::timestamptz, ${vuyo.id}::uuid, ${loss}::uuid)`)
			).toBe('aid_two_people');
		});
	});
}, settleKhanyisa);
