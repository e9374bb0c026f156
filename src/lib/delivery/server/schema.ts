import { sql } from 'drizzle-orm';
import {
	bigint,
	boolean,
	index,
	integer,
	pgTable,
	primaryKey,
	text,
	unique,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { bytes, instant } from '../../platform/server/columns.ts';
import {
	contactPoints,
	departments,
	municipalities,
	people
} from '../../identity/server/schema.ts';
import { channelNames, outcomes } from '../channel.ts';

/** Who wants to hear of what: an issue, a commitment, a ward, a topic of the news, an outage. */
export const followings = pgTable(
	'followings',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		subject: text({ enum: ['issue', 'commitment', 'ward', 'topic', 'outage'] }).notNull(),
		/** The id of the issue, commitment or outage, the ward code, or `municipality/topic`. */
		subjectId: text().notNull(),
		personId: uuid().references(() => people.id, { onDelete: 'cascade' }),
		contactPointId: uuid().references(() => contactPoints.id, { onDelete: 'cascade' }),
		/** A phone or browser that nobody signed in on. */
		pushSubscriptionId: uuid().references(() => pushSubscriptions.id, { onDelete: 'cascade' }),
		channel: text({ enum: channelNames }).notNull(),
		language: text().notNull().default('en'),
		because: text({ enum: ['reported', 'supported', 'asked', 'staff'] }).notNull(),
		since: instant().notNull(),
		endedAt: instant()
	},
	(t) => [
		unique('followings_once')
			.on(t.subject, t.subjectId, t.personId, t.contactPointId, t.pushSubscriptionId, t.channel)
			.nullsNotDistinct(),
		index().on(t.municipalityId, t.subject, t.subjectId),
		index().on(t.personId),
		index().on(t.contactPointId),
		index().on(t.pushSubscriptionId)
	]
);

/** How a person or a bare contact wants to be reached: quiet hours in minutes after local midnight. */
export const preferences = pgTable(
	'preferences',
	{
		id: uuid().primaryKey(),
		personId: uuid().references(() => people.id, { onDelete: 'cascade' }),
		contactPointId: uuid().references(() => contactPoints.id, { onDelete: 'cascade' }),
		/** Everything this way; null is "as chosen when following". */
		channel: text({ enum: channelNames }),
		language: text(),
		quietFrom: integer().notNull().default(1260),
		quietTo: integer().notNull().default(390),
		/** Channels and subjects not wanted: `email`, `sms:issue`, `*`. */
		optedOut: text().array().notNull().default([]),
		digest: text({ enum: ['none', 'daily'] })
			.notNull()
			.default('none'),
		/** Somebody must not see what they are told: messages say only that there is news, and nobody is told how they are. */
		concealed: boolean().notNull().default(false),
		updatedAt: instant().notNull()
	},
	(t) => [unique().on(t.personId, t.contactPointId).nullsNotDistinct()]
);

/** One message to one person over one channel: what was sent is copied here, whole. */
export const messages = pgTable(
	'messages',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		personId: uuid(),
		contactPointId: uuid(),
		pushSubscriptionId: uuid(),
		channel: text({ enum: channelNames }).notNull(),
		/** What it is about. */
		subject: text().notNull(),
		subjectId: text().notNull(),
		template: text().notNull(),
		language: text().notNull(),
		urgency: text({ enum: ['code', 'normal', 'emergency'] })
			.notNull()
			.default('normal'),
		title: text().notNull(),
		/** Sealed: receipts and codes travel in it. */
		textSealed: bytes(),
		/** Of the last message to somebody erased: the address itself, until it was sent. */
		addressSealed: bytes(),
		path: text().notNull().default('/'),
		/** One message per deed, person and channel. */
		dedupeKey: text().notNull().unique(),
		/** Quiet hours, or the pause before the next try. */
		notBefore: instant(),
		/** Somebody is sending it; until then nobody else does. */
		claimedUntil: instant(),
		createdAt: instant().notNull(),
		tries: integer().notNull().default(0),
		outcome: text({ enum: outcomes }),
		outcomeAt: instant(),
		gatewayRef: text(),
		/** Which road took it, `sms/main`: reports are believed from there alone. */
		way: text(),
		fault: text(),
		/** Whose budget an SMS counts against; without one the municipality's alone. */
		departmentId: uuid(),
		/** What an SMS was charged for; null for what costs nothing. */
		segments: integer(),
		/** The first of the messages that said this to this person, one way after another. */
		insteadOf: uuid()
	},
	(t) => [
		index().on(t.gatewayRef),
		index().on(t.insteadOf),
		index().on(t.channel, t.outcomeAt),
		index().on(t.municipalityId, t.createdAt),
		index().on(t.personId),
		index().on(t.contactPointId, t.createdAt),
		index().on(t.outcome, t.notBefore)
	]
);

export const pushSubscriptions = pgTable(
	'push_subscriptions',
	{
		id: uuid().primaryKey(),
		personId: uuid().references(() => people.id, { onDelete: 'cascade' }),
		/** Fingerprint of the device, for the limit and for taking it back. */
		deviceIndex: text().notNull().default(''),
		endpointIndex: text().notNull().unique(),
		/** The push service, which is no secret; empty until `prepare-pushes` has looked. */
		origin: text().notNull().default(''),
		sealed: bytes().notNull(),
		/** Where it lies among those that are prepared together. */
		blockId: uuid().references(() => pushBlocks.id, { onDelete: 'set null' }),
		slot: integer(),
		createdAt: instant().notNull(),
		goneAt: instant()
	},
	(t) => [
		index().on(t.personId),
		index().on(t.deviceIndex),
		index().on(t.blockId),
		index('push_subscriptions_unplaced')
			.on(t.origin)
			.where(sql`block_id is null and gone_at is null`)
	]
);

/** The key of the records that were prepared together. Deleting it deletes them all. */
export const pushGenerations = pgTable('push_generations', {
	id: uuid().primaryKey(),
	keySealed: bytes().notNull(),
	createdAt: instant().notNull()
});

/** Up to a thousand phones of one push service. Who lies in which slot never changes. */
export const pushBlocks = pgTable(
	'push_blocks',
	{
		id: uuid().primaryKey(),
		origin: text().notNull(),
		size: integer().notNull(),
		/** How many have not left since. */
		living: integer().notNull(),
		/** Endpoints and keys, sealed as one. */
		members: bytes().notNull(),
		createdAt: instant().notNull()
	},
	(t) => [index().on(t.origin)]
);

/** One prepared record for each phone of a block, sealed as one: for one broadcast, and once. */
export const pushShelves = pgTable(
	'push_shelves',
	{
		blockId: uuid()
			.notNull()
			.references(() => pushBlocks.id, { onDelete: 'cascade' }),
		shelf: integer().notNull(),
		generationId: uuid()
			.notNull()
			.references(() => pushGenerations.id, { onDelete: 'cascade' }),
		records: bytes().notNull(),
		broadcastId: uuid(),
		boundAt: instant()
	},
	(t) => [
		primaryKey({ columns: [t.blockId, t.shelf] }),
		index().on(t.generationId),
		index().on(t.broadcastId)
	]
);

/** Every three minutes each road of each channel is tried. Without a fault it answered. */
export const linkTests = pgTable(
	'link_tests',
	{
		id: uuid().primaryKey(),
		way: text().notNull(),
		at: instant().notNull(),
		/** Milliseconds until it answered or was given up. */
		took: integer().notNull(),
		fault: text()
	},
	(t) => [index().on(t.way, t.at)]
);

/** A road that fell silent, or takes fewer messages than usual. People are told once when it begins and once when it ends. */
export const outages = pgTable(
	'outages',
	{
		id: uuid().primaryKey(),
		way: text().notNull(),
		kind: text({ enum: ['silent', 'fewer'] }).notNull(),
		since: instant().notNull(),
		endedAt: instant()
	},
	(t) => [
		uniqueIndex('outages_one_open')
			.on(t.way, t.kind)
			.where(sql`${t.endedAt} is null`)
	]
);

/** What a thousand segments cost, in cents. Prices are data: the newest that began counts. */
export const smsPrices = pgTable(
	'sms_prices',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		perThousand: integer().notNull(),
		startsAt: instant().notNull()
	},
	(t) => [unique().on(t.municipalityId, t.startsAt)]
);

/** What a department, or without one the whole municipality, may spend on SMS in a month. */
export const smsBudgets = pgTable(
	'sms_budgets',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		departmentId: uuid().references(() => departments.id),
		/** Null: no limit of this kind. */
		cents: integer(),
		segments: integer(),
		changedAt: instant().notNull()
	},
	(t) => [unique('sms_budgets_once').on(t.municipalityId, t.departmentId).nullsNotDistinct()]
);

/** What was spent in a month, moved in the transaction that writes the message. */
export const smsSpend = pgTable(
	'sms_spend',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		departmentId: uuid().references(() => departments.id),
		/** `2026-11`, on the municipality's calendar. */
		month: text().notNull(),
		segments: integer().notNull().default(0),
		/** Thousandths of a cent, so that nothing is rounded on the way. */
		millicents: bigint({ mode: 'number' }).notNull().default(0),
		/** Of those, emergencies and codes: counted, never refused. */
		exemptSegments: integer().notNull().default(0),
		exemptMillicents: bigint({ mode: 'number' }).notNull().default(0),
		refused: integer().notNull().default(0)
	},
	(t) => [unique('sms_spend_once').on(t.municipalityId, t.departmentId, t.month).nullsNotDistinct()]
);
