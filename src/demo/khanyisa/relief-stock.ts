import { and, eq } from 'drizzle-orm';
import { assign } from '#lib/aid/server/index.ts';
import { demoPersonId, giveGrant, municipalityByCode } from '#lib/identity/server/index.ts';
import { people } from '#lib/identity/server/schema.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { hours, isoDay, days, later } from '#lib/platform/time.ts';
import {
	addItem,
	addStore,
	countStore,
	receiveGoods,
	receiveWaybill,
	sayLost,
	sendGoods
} from '#lib/stock/server/index.ts';
import { actorOf } from './story/cast.ts';

/**
 * The store at the stadium: what came in from whom, two journeys of the bakkie to the hall, one of them
 * still under way, a count that found two parcels too few, and mattresses that the rain got.
 */
export async function settleStock(
	db: Db,
	{ eventId, stadium, hall }: { eventId: string; stadium: string; hall: string },
	now: Date
) {
	const at = (h: number) => later(now, -hours(h));
	const person = async (handle: string) => (await demoPersonId(db, handle))!;
	const municipality = (await municipalityByCode(db, 'KHA'))!;
	const sipho = await actorOf(db, await person('disaster-officer'), at(39));
	const chris = await actorOf(db, await person('admin'), at(39));
	const vuyo = await actorOf(db, await person('aid-storekeeper'), at(39));
	// A gardener of the municipality, who keeps the table at the hall.
	const [{ id: giftId }] = await db
		.select({ id: people.id })
		.from(people)
		.where(and(eq(people.name, 'Gift Mahlangu'), eq(people.homeMunicipalityId, municipality.id)));
	await giveGrant(
		db,
		chris,
		{ municipality, personId: giftId, grant: { role: 'aid_storekeeper' } },
		at(39)
	);
	for (const site of [stadium, hall])
		await assign(
			db,
			sipho,
			{ eventId, personId: giftId, role: 'storekeeper', at: `site:${site}` },
			at(38)
		);
	const gift = await actorOf(db, giftId, at(38));

	const item = (name: string, unit: string) => addItem(db, sipho, { eventId, name, unit }, at(38));
	const [parcels, blankets, mattresses] = [
		await item('Food parcel', 'parcels'),
		await item('Blanket', 'blankets'),
		await item('Mattress', 'mattresses')
	];
	const store = (siteId: string, kind: 'store' | 'vehicle' | 'site', name: string) =>
		addStore(db, sipho, { eventId, siteId, kind, name }, at(38));
	const depot = await store(stadium, 'store', 'Store under the main stand');
	const bakkie = await store(stadium, 'vehicle', 'White bakkie');
	await store(stadium, 'site', 'Table at the stadium');
	const table = await store(hall, 'site', 'Table at Lower Thembeni Hall');

	const came = (
		itemId: string,
		quantity: number,
		donor: string,
		more: { reference?: string; label?: string; expiresOn?: string } = {}
	) =>
		receiveGoods(
			db,
			vuyo,
			{
				eventId,
				storeId: depot,
				itemId,
				quantity,
				donor,
				reference: '',
				label: '',
				expiresOn: '',
				...more,
				at: at(34)
			},
			at(34)
		);
	const lot = await came(parcels, 400, 'Warm Pot Kitchens', {
		reference: 'WP 118',
		label: 'Lot 4',
		expiresOn: isoDay(later(now, days(60)))
	});
	await came(blankets, 250, 'Ulwandle Rotary');
	const wet = await came(mattresses, 80, 'Seaview Furniture', { reference: 'Invoice 2204' });

	const send = (quantity: number, h: number) =>
		sendGoods(
			db,
			vuyo,
			{
				eventId,
				storeId: depot,
				lotId: lot,
				quantity,
				vehicleId: bakkie,
				toId: table,
				carrier: 'Mzi Plaatjie',
				at: at(h)
			},
			at(h)
		);
	const first = await send(120, 28);
	await receiveWaybill(db, gift, { eventId, waybillId: first, quantity: 117, at: at(27) }, at(27));
	await countStore(
		db,
		vuyo,
		{ eventId, storeId: depot, counted: [{ lotId: lot, counted: 278 }], at: at(20) },
		at(20)
	);
	await send(80, 1);
	await sayLost(
		db,
		vuyo,
		{
			eventId,
			storeId: depot,
			lotId: wet,
			quantity: 6,
			kind: 'damage',
			reason: 'The roof of the stand leaked in the night. They are wet through.'
		},
		at(3)
	);
}
