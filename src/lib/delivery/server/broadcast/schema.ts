import { sql } from 'drizzle-orm';
import {
	boolean,
	index,
	integer,
	jsonb,
	pgTable,
	primaryKey,
	smallint,
	text,
	unique,
	uuid
} from 'drizzle-orm/pg-core';
import { municipalities } from '../../../identity/server/schema.ts';
import { bytes, instant } from '../../../platform/server/columns.ts';
import { channelNames } from '../../channel.ts';
import { broadcastStates, type Counts } from '../../broadcast.ts';

/** Where messages leave by: one for each service that can fail or be slow by itself. */
export const lanes = pgTable('delivery_lanes', {
	id: integer().primaryKey().generatedAlwaysAsIdentity(),
	channel: text({ enum: channelNames }).notNull(),
	/** `email`, `sms`, `inbox`, or the origin of a push service: `https://fcm.googleapis.com`. */
	name: text().notNull().unique(),
	/** Nobody sends here before that: the service asked for a pause, refuses our keys, or is silent. */
	restUntil: instant(),
	fault: text()
});

/** One message to many, its audience fixed when it was opened. */
export const broadcasts = pgTable(
	'broadcasts',
	{
		id: uuid().primaryKey(),
		/** Names its partitions. */
		no: integer().notNull().unique(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		subject: text().notNull(),
		subjectId: text().notNull(),
		/** Counts within the subject: a later one never reaches anybody before an earlier one was tried. */
		version: integer().notNull(),
		/** What happened: the same deed opens one broadcast. */
		deed: text().notNull().unique(),
		emergency: boolean().notNull(),
		template: text().notNull(),
		path: text().notNull(),
		/** RFC 8030 5.4, and the tag of the notification: what is newer takes the place of what is older. */
		topic: text().notNull(),
		state: text({ enum: broadcastStates }).notNull(),
		audience: integer().notNull(),
		openedAt: instant().notNull(),
		/** After this nothing of it is tried any more. */
		expiresAt: instant().notNull(),
		finishedAt: instant(),
		/** Somebody was called because it was slow. */
		pagedAt: instant(),
		compactedAt: instant(),
		/** The audience is gone: who was told is not kept longer than corrections are likely. */
		forgottenAt: instant(),
		/** The final counts, once its ledger was compacted. */
		counts: jsonb().$type<Counts>()
	},
	(t) => [
		unique().on(t.municipalityId, t.subject, t.subjectId, t.version),
		index().on(t.state, t.finishedAt)
	]
);

/** What a broadcast says: one text for each language and channel, never changed once it is open. */
export const broadcastTexts = pgTable(
	'broadcast_texts',
	{
		broadcastId: uuid()
			.notNull()
			.references(() => broadcasts.id, { onDelete: 'cascade' }),
		language: text().notNull(),
		channel: text({ enum: channelNames }).notNull(),
		title: text().notNull(),
		text: text().notNull(),
		/** Buttons of a push, the most important first; the path each opens where no worker hears it. */
		actions: jsonb().$type<Array<{ action: string; title: string; path: string }>>()
	},
	(t) => [primaryKey({ columns: [t.broadcastId, t.language, t.channel] })]
);

/** Partitioned by broadcast: who is told, in the order they are told. */
export const audiences = pgTable(
	'broadcast_audience',
	{
		broadcastNo: integer().notNull(),
		n: integer().notNull(),
		/** Inside, near, followers: as the caller ordered them. */
		ring: smallint().notNull(),
		laneId: integer().notNull(),
		personId: uuid(),
		contactPointId: uuid(),
		pushSubscriptionId: uuid(),
		ward: text().notNull(),
		language: text().notNull(),
		/** The end of their quiet hours. */
		notBefore: instant()
	},
	(t) => [
		primaryKey({ columns: [t.broadcastNo, t.n] }),
		index()
			.on(t.broadcastNo, t.personId)
			.where(sql`${t.personId} is not null`)
	]
);

/** Partitioned by broadcast: a stretch of the audience in one lane, leased by whoever sends it. */
export const chunks = pgTable(
	'broadcast_chunks',
	{
		broadcastNo: integer().notNull(),
		lo: integer().notNull(),
		hi: integer().notNull(),
		laneId: integer().notNull(),
		ring: smallint().notNull(),
		notBefore: instant(),
		state: text({ enum: ['ready', 'held', 'done'] }).notNull(),
		leaseUntil: instant(),
		holder: uuid(),
		/** More than once: somebody else may have sent part of it. */
		takes: smallint().notNull().default(0)
	},
	(t) => [
		primaryKey({ columns: [t.broadcastNo, t.lo] }),
		index()
			.on(t.laneId, t.ring, t.lo)
			.where(sql`${t.state} <> 'done'`)
	]
);

/**
 * Partitioned by broadcast, append only: what became of each, once. No index keeps it so, the way it is
 * written does (`ledger.ts`): an index would cost more than everything else in a stroke.
 */
export const broadcastOutcomes = pgTable('broadcast_outcomes', {
	broadcastNo: integer().notNull(),
	n: integer().notNull(),
	/** The place of the outcome in `results` of `broadcast.ts`. */
	result: smallint().notNull(),
	/** What the service said: an HTTP status; 0 where there was none. */
	status: smallint().notNull(),
	at: instant().notNull()
});

/** Partitioned by broadcast: those few that have to be tried again. */
export const retries = pgTable(
	'broadcast_retries',
	{
		broadcastNo: integer().notNull(),
		n: integer().notNull(),
		laneId: integer().notNull(),
		tries: smallint().notNull(),
		due: instant().notNull(),
		status: smallint().notNull()
	},
	(t) => [primaryKey({ columns: [t.broadcastNo, t.n] }), index().on(t.laneId, t.due)]
);

/** Partitioned by broadcast, append only: what each flush added, so that nobody counts the ledger itself. */
export const tallies = pgTable(
	'broadcast_tallies',
	{
		broadcastNo: integer().notNull(),
		laneId: integer().notNull(),
		ward: text().notNull(),
		result: smallint().notNull(),
		count: integer().notNull()
	},
	(t) => [index().on(t.broadcastNo)]
);

/** After a broadcast: one byte for each of its audience, ten thousand a row. */
export const broadcastResults = pgTable(
	'broadcast_results',
	{
		broadcastId: uuid()
			.notNull()
			.references(() => broadcasts.id, { onDelete: 'cascade' }),
		lo: integer().notNull(),
		results: bytes().notNull()
	},
	(t) => [primaryKey({ columns: [t.broadcastId, t.lo] })]
);

/** What phones say of a push that a service took: one row each, which only moves on. Says nothing of whose phone it is. */
export const broadcastSeen = pgTable(
	'broadcast_seen',
	{
		broadcastId: uuid()
			.notNull()
			.references(() => broadcasts.id, { onDelete: 'cascade' }),
		n: integer().notNull(),
		ward: text().notNull(),
		/** The place of the stage in `stages` of `broadcast.ts`, from 1. */
		stage: smallint().notNull(),
		at: instant().notNull()
	},
	(t) => [primaryKey({ columns: [t.broadcastId, t.n] })]
);
