import { sql } from 'drizzle-orm';
import {
	boolean,
	check,
	date,
	index,
	integer,
	pgTable,
	text,
	unique,
	uuid
} from 'drizzle-orm/pg-core';
import { aidEvents, aidSites } from '../../aid/server/schema.ts';
import { municipalities, people } from '../../identity/server/schema.ts';
import { instant } from '../../platform/server/columns.ts';
import { lossKinds, outsides, storeKinds } from '../stock.ts';

const belongs = {
	municipalityId: () =>
		uuid()
			.notNull()
			.references(() => municipalities.id),
	eventId: () =>
		uuid()
			.notNull()
			.references(() => aidEvents.id),
	person: () =>
		uuid()
			.notNull()
			.references(() => people.id)
};

/** What is given: a food parcel, a blanket. */
export const stockItems = pgTable(
	'stock_items',
	{
		id: uuid().primaryKey(),
		municipalityId: belongs.municipalityId(),
		eventId: belongs.eventId(),
		name: text().notNull(),
		/** `parcels`. */
		unit: text().notNull(),
		addedBy: belongs.person(),
		addedAt: instant().notNull()
	},
	(t) => [unique().on(t.eventId, t.name)]
);

/** Who gave what, under which reference of theirs. */
export const stockDonations = pgTable(
	'stock_donations',
	{
		id: uuid().primaryKey(),
		municipalityId: belongs.municipalityId(),
		eventId: belongs.eventId(),
		donor: text().notNull(),
		reference: text().notNull().default(''),
		receivedBy: belongs.person(),
		receivedAt: instant().notNull()
	},
	(t) => [index().on(t.eventId)]
);

/** Goods of one item that came together: one donation, one date. All rows of the ledger name a lot. */
export const stockLots = pgTable(
	'stock_lots',
	{
		id: uuid().primaryKey(),
		municipalityId: belongs.municipalityId(),
		itemId: uuid()
			.notNull()
			.references(() => stockItems.id),
		donationId: uuid()
			.notNull()
			.references(() => stockDonations.id),
		/** As it stands on the box; empty where nothing does. */
		label: text().notNull().default(''),
		/** The last day on which it may be given. */
		expiresOn: date()
	},
	(t) => [index().on(t.itemId), index().on(t.donationId)]
);

/** Where goods lie: a store, a vehicle, a table. The storekeepers of its site keep it. */
export const stores = pgTable(
	'stock_stores',
	{
		id: uuid().primaryKey(),
		municipalityId: belongs.municipalityId(),
		eventId: belongs.eventId(),
		siteId: uuid()
			.notNull()
			.references(() => aidSites.id),
		kind: text({ enum: storeKinds }).notNull(),
		name: text().notNull(),
		addedAt: instant().notNull()
	},
	(t) => [unique().on(t.eventId, t.name), index().on(t.siteId)]
);

/** Append only: somebody counted one lot at one store. */
export const stockCounts = pgTable(
	'stock_counts',
	{
		id: uuid().primaryKey(),
		municipalityId: belongs.municipalityId(),
		storeId: uuid()
			.notNull()
			.references(() => stores.id),
		lotId: uuid()
			.notNull()
			.references(() => stockLots.id),
		counted: integer().notNull(),
		at: instant().notNull(),
		recordedAt: instant().notNull(),
		countedBy: belongs.person()
	},
	(t) => [
		unique('one_count_a_moment').on(t.storeId, t.lotId, t.at),
		check('counted_something', sql`counted >= 0`)
	]
);

/** Append only: goods on their way, signed by whoever sends them. */
export const waybills = pgTable(
	'stock_waybills',
	{
		id: uuid().primaryKey(),
		municipalityId: belongs.municipalityId(),
		eventId: belongs.eventId(),
		/** `W-K7F-2QD`, written on the paper that travels with the goods. */
		number: text().notNull(),
		fromId: uuid()
			.notNull()
			.references(() => stores.id),
		vehicleId: uuid()
			.notNull()
			.references(() => stores.id),
		toId: uuid()
			.notNull()
			.references(() => stores.id),
		/** Who drives: the custodian until it is received. */
		carrier: text().notNull(),
		lotId: uuid()
			.notNull()
			.references(() => stockLots.id),
		quantity: integer().notNull(),
		sentBy: belongs.person(),
		sentAt: instant().notNull(),
		recordedAt: instant().notNull()
	},
	(t) => [
		unique().on(t.municipalityId, t.number),
		index().on(t.eventId),
		check('sent_something', sql`quantity > 0`),
		check('somewhere_else', sql`from_id <> to_id and vehicle_id <> from_id and vehicle_id <> to_id`)
	]
);

/** Append only: the other end of a waybill, signed by somebody else. */
export const waybillReceipts = pgTable(
	'stock_waybill_receipts',
	{
		waybillId: uuid()
			.primaryKey()
			.references(() => waybills.id),
		municipalityId: belongs.municipalityId(),
		quantity: integer().notNull(),
		receivedBy: belongs.person(),
		receivedAt: instant().notNull(),
		recordedAt: instant().notNull()
	},
	(t) => [index().on(t.municipalityId), check('received_something', sql`quantity >= 0`)]
);

/** Append only: somebody says that goods are gone. Nothing leaves the ledger before another person agreed. */
export const stockLosses = pgTable(
	'stock_losses',
	{
		id: uuid().primaryKey(),
		municipalityId: belongs.municipalityId(),
		eventId: belongs.eventId(),
		storeId: uuid()
			.notNull()
			.references(() => stores.id),
		lotId: uuid()
			.notNull()
			.references(() => stockLots.id),
		quantity: integer().notNull(),
		kind: text({ enum: lossKinds }).notNull(),
		reason: text().notNull(),
		saidBy: belongs.person(),
		at: instant().notNull()
	},
	(t) => [index().on(t.eventId), check('lost_something', sql`quantity > 0`)]
);

/** Append only: the second person. */
export const stockLossDecisions = pgTable(
	'stock_loss_decisions',
	{
		lossId: uuid()
			.primaryKey()
			.references(() => stockLosses.id),
		municipalityId: belongs.municipalityId(),
		agreed: boolean().notNull(),
		decidedBy: belongs.person(),
		at: instant().notNull()
	},
	(t) => [index().on(t.municipalityId)]
);

/**
 * Append only: the ledger. Each row moves goods of one lot from one end to another; one or both are
 * stores, the other may stand outside. A balance is the sum of what came less what went.
 */
export const stockMoves = pgTable(
	'stock_moves',
	{
		id: uuid().primaryKey(),
		municipalityId: belongs.municipalityId(),
		eventId: belongs.eventId(),
		lotId: uuid()
			.notNull()
			.references(() => stockLots.id),
		quantity: integer().notNull(),
		fromId: uuid().references(() => stores.id),
		toId: uuid().references(() => stores.id),
		outside: text({ enum: outsides }),
		at: instant().notNull(),
		recordedAt: instant().notNull(),
		movedBy: belongs.person(),
		/** Who answers for the goods, where that is not whoever wrote it down: the driver. */
		custodian: text().notNull().default(''),
		waybillId: uuid().references(() => waybills.id),
		countId: uuid().references(() => stockCounts.id),
		lossId: uuid().references(() => stockLosses.id)
	},
	(t) => [
		index().on(t.eventId),
		index().on(t.fromId, t.lotId, t.at),
		index().on(t.toId, t.lotId, t.at),
		unique('one_row_a_loss').on(t.lossId, t.countId),
		check('moved_something', sql`quantity > 0`),
		check('two_ends', sql`num_nonnulls(from_id, to_id, outside) = 2`)
	]
);
