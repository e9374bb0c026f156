import { asc, eq, sql } from 'drizzle-orm';
import { eventOf, overview, placesOf } from '../../aid/server/index.ts';
import { can, type Actor } from '../../identity/permissions.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound } from '../../platform/refusal.ts';
import { rows, type Db } from '../../platform/server/db.ts';
import type { LossKind, Outside, StoreKind } from '../stock.ts';
import { stockItems, stores } from './schema.ts';

type Row<Shape> = Shape & Record<string, unknown>;

/** What lies somewhere: one lot at one store. */
export interface Lying {
	storeId: string;
	lotId: string;
	item: string;
	unit: string;
	/** As it stands on the box. */
	label: string;
	donor: string;
	expiresOn: string | null;
	quantity: number;
}

/** Everything that lies in the stores of a relief; `storeId` for one of them. */
export async function lyingIn(db: Db, eventId: string, storeId?: string): Promise<Lying[]> {
	const only = storeId ? sql`where e.store = ${storeId}::uuid` : sql``;
	const found = await rows<Row<Lying>>(
		db,
		sql`with ends as (
				select to_id as store, lot_id, quantity from stock_moves where event_id = ${eventId}::uuid and to_id is not null
				union all
				select from_id, lot_id, -quantity from stock_moves where event_id = ${eventId}::uuid and from_id is not null
			)
			select e.store as "storeId", l.id as "lotId", i.name as item, i.unit, l.label, d.donor,
				l.expires_on::text as "expiresOn", sum(e.quantity)::int as quantity
			from ends e join stock_lots l on l.id = e.lot_id join stock_items i on i.id = l.item_id
			join stock_donations d on d.id = l.donation_id ${only}
			group by e.store, l.id, i.name, i.unit, d.donor
			having sum(e.quantity) <> 0 order by i.name, l.expires_on nulls last, l.id`
	);
	return found.map((each) => ({ ...each, quantity: Number(each.quantity) }));
}

/** A waybill as both ends read it. */
export interface Waybill {
	id: string;
	number: string;
	item: string;
	unit: string;
	quantity: number;
	from: string;
	vehicle: string;
	to: string;
	toId: string;
	toSiteId: string;
	carrier: string;
	sentBy: string;
	sentById: string;
	sentAt: Date;
	received: number | null;
	receivedBy: string | null;
	receivedAt: Date | null;
}

async function waybillsOf(db: Db, eventId: string, id?: string): Promise<Waybill[]> {
	const found = await rows<Row<Waybill>>(
		db,
		sql`select w.id, w.number, i.name as item, i.unit, w.quantity, f.name as "from", v.name as vehicle,
				t.name as "to", t.id as "toId", t.site_id as "toSiteId", w.carrier, s.name as "sentBy", w.sent_by as "sentById",
				w.sent_at as "sentAt", r.quantity as received, p.name as "receivedBy", r.received_at as "receivedAt"
			from stock_waybills w join stock_lots l on l.id = w.lot_id join stock_items i on i.id = l.item_id
			join stock_stores f on f.id = w.from_id join stock_stores v on v.id = w.vehicle_id
			join stock_stores t on t.id = w.to_id join people s on s.id = w.sent_by
			left join stock_waybill_receipts r on r.waybill_id = w.id left join people p on p.id = r.received_by
			where w.event_id = ${eventId}::uuid ${id ? sql`and w.id = ${id}::uuid` : sql``}
			order by r.received_at is not null, w.sent_at desc limit 200`
	);
	return found.map((each) => ({
		...each,
		sentAt: new Date(each.sentAt),
		receivedAt: each.receivedAt && new Date(each.receivedAt)
	}));
}

/** Goods somebody says are gone, and whether a second person agreed. */
export interface Loss {
	id: string;
	store: string;
	siteId: string;
	item: string;
	unit: string;
	quantity: number;
	kind: LossKind;
	reason: string;
	saidBy: string;
	saidById: string;
	at: Date;
	agreed: boolean | null;
}

async function lossesOf(db: Db, eventId: string): Promise<Loss[]> {
	const found = await rows<Row<Loss>>(
		db,
		sql`select o.id, s.name as store, s.site_id as "siteId", i.name as item, i.unit, o.quantity, o.kind, o.reason,
				p.name as "saidBy", o.said_by as "saidById", o.at, d.agreed
			from stock_losses o join stock_stores s on s.id = o.store_id join stock_lots l on l.id = o.lot_id
			join stock_items i on i.id = l.item_id join people p on p.id = o.said_by
			left join stock_loss_decisions d on d.loss_id = o.id
			where o.event_id = ${eventId}::uuid order by d.agreed is not null, o.at desc limit 200`
	);
	return found.map((each) => ({ ...each, at: new Date(each.at) }));
}

/** Where the goods of one donation are now: in our stores, and by what they left. */
export interface Donation {
	id: string;
	donor: string;
	reference: string;
	item: string;
	unit: string;
	receivedAt: Date;
	came: number;
	lying: number;
	/** Handed out, lost, missing on the road, differences of counts (below zero: more was found). */
	left: Partial<Record<Outside, number>>;
}

async function donationsOf(db: Db, eventId: string): Promise<Donation[]> {
	const found = await rows<
		Row<Omit<Donation, 'left' | 'came' | 'lying'> & { outside: Outside; out: number }>
	>(
		db,
		sql`select d.id, d.donor, d.reference, i.name as item, i.unit, d.received_at as "receivedAt", m.outside,
				sum(case when m.to_id is null then m.quantity else -m.quantity end)::int as out
			from stock_donations d join stock_lots l on l.donation_id = d.id join stock_items i on i.id = l.item_id
			join stock_moves m on m.lot_id = l.id and m.outside is not null
			where d.event_id = ${eventId}::uuid group by d.id, i.name, i.unit, m.outside
			order by d.received_at desc, d.id, m.outside`
	);
	const all = new Map<string, Donation>();
	for (const { outside, out, ...donation } of found) {
		const one = all.get(donation.id) ?? {
			...donation,
			receivedAt: new Date(donation.receivedAt),
			came: 0,
			lying: 0,
			left: {}
		};
		all.set(donation.id, one);
		if (outside === 'supplier') one.came = -Number(out);
		else one.left[outside] = Number(out);
	}
	return [...all.values()].map((each) => ({
		...each,
		lying: each.came - Object.values(each.left).reduce((sum, out) => sum + out, 0)
	}));
}

/** What is missing, by who answered for it: by person and driver, never by place. */
export interface Shrinkage {
	who: string;
	/** What counts found too little or too much, all together. */
	counted: number;
	missing: number;
}

async function shrinkageOf(db: Db, eventId: string): Promise<Shrinkage[]> {
	const found = await rows<Row<Shrinkage>>(
		db,
		sql`select case when m.outside = 'short' then m.custodian else p.name end as who,
				sum(case when m.outside <> 'count' then 0 when m.to_id is null then -m.quantity else m.quantity end)::int as counted,
				sum(case when m.outside = 'short' then m.quantity else 0 end)::int as missing
			from stock_moves m join people p on p.id = m.moved_by
			where m.event_id = ${eventId}::uuid and m.outside in ('count', 'short') group by 1 order by 3 desc, 2`
	);
	return found.map(({ who, counted, missing }) => ({
		who,
		counted: Number(counted),
		missing: Number(missing)
	}));
}

/** The sites where somebody keeps the store now. */
const keptBy = async (db: Db, actor: Actor, eventId: string) =>
	new Set(
		(await placesOf(db, actor, 'storekeeper')).flatMap((place) =>
			place.eventId === eventId && place.siteId ? [place.siteId] : []
		)
	);

/** The whole stock of a relief. @throws 404 */
export async function stockOf(db: Db, actor: Actor, eventId: string) {
	const event = await eventOf(db, actor, eventId);
	const kept = await keptBy(db, actor, event.id);
	const allStores = await db
		.select()
		.from(stores)
		.where(eq(stores.eventId, event.id))
		.orderBy(asc(stores.name));
	const items = await db
		.select()
		.from(stockItems)
		.where(eq(stockItems.eventId, event.id))
		.orderBy(asc(stockItems.name));
	const manages = can(actor, 'aid.manage', event);
	return {
		event,
		manages,
		items,
		sites: manages
			? (await overview(db, actor, event.id)).sites.filter(({ closedAt }) => !closedAt)
			: [],
		stores: allStores.map((store) => ({ ...store, mine: kept.has(store.siteId) })),
		lying: await lyingIn(db, event.id),
		waybills: (await waybillsOf(db, event.id)).map((each) => ({
			...each,
			mine: kept.has(each.toSiteId) && each.sentById !== actor.id
		})),
		losses: (await lossesOf(db, event.id)).map((each) => ({
			...each,
			mine: kept.has(each.siteId) && each.saidById !== actor.id
		})),
		donations: await donationsOf(db, event.id),
		shrinkage: await shrinkageOf(db, event.id)
	};
}

/** One row of a store's own book, newest first. */
export interface BookRow {
	id: string;
	at: Date;
	recordedAt: Date;
	item: string;
	change: number;
	what: Outside | StoreKind;
	other: string | null;
	by: string;
	waybill: string | null;
}

/** One store: what lies there, what happened there last, and where else goods can go. @throws 404 */
export async function storePage(db: Db, actor: Actor, eventId: string, storeId: string) {
	const event = await eventOf(db, actor, eventId);
	const all = await db
		.select()
		.from(stores)
		.where(eq(stores.eventId, event.id))
		.orderBy(asc(stores.name));
	const store = all.find(({ id }) => id === storeId);
	if (!store) throw notFound();
	const kept = await keptBy(db, actor, event.id);
	const found = await rows<Row<BookRow>>(
		db,
		sql`select m.id, m.at, m.recorded_at as "recordedAt", i.name as item, p.name as by, w.number as waybill,
				case when m.to_id = ${store.id}::uuid then m.quantity else -m.quantity end as change,
				coalesce(m.outside, o.kind) as what, o.name as other
			from stock_moves m join stock_lots l on l.id = m.lot_id join stock_items i on i.id = l.item_id
			join people p on p.id = m.moved_by left join stock_waybills w on w.id = m.waybill_id
			left join stock_stores o on o.id = case when m.to_id = ${store.id}::uuid then m.from_id else m.to_id end
			where m.from_id = ${store.id}::uuid or m.to_id = ${store.id}::uuid
			order by m.at desc, m.id desc limit 100`
	);
	return {
		event,
		store,
		keeps: kept.has(store.siteId) && !event.closedAt,
		items: await db
			.select()
			.from(stockItems)
			.where(eq(stockItems.eventId, event.id))
			.orderBy(asc(stockItems.name)),
		others: all.filter(({ id }) => id !== store.id),
		lying: await lyingIn(db, event.id, store.id),
		book: found.map((each) => ({
			...each,
			at: new Date(each.at),
			recordedAt: new Date(each.recordedAt),
			change: Number(each.change)
		}))
	};
}

/** One waybill, for the paper that travels with the goods and for whoever signs at the other end. @throws 404 */
export async function waybillPage(db: Db, actor: Actor, eventId: string, waybillId: string) {
	const event = await eventOf(db, actor, eventId);
	const [waybill] = await waybillsOf(db, event.id, isId(waybillId) ? waybillId : newId());
	if (!waybill) throw notFound();
	const kept = await keptBy(db, actor, event.id);
	return {
		event,
		waybill,
		signs: kept.has(waybill.toSiteId) && waybill.sentById !== actor.id && !waybill.receivedAt
	};
}
