import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import type { AreaWish } from '../../alerts/area.ts';
import { municipalities } from '../../identity/server/schema.ts';
import { services } from '../../issues/server/schema.ts';
import { instant, multiPolygon } from '../../platform/server/columns.ts';
import { outageMoves, outageStates } from '../rules.ts';

const municipality = () =>
	uuid()
		.notNull()
		.references(() => municipalities.id);

/** A service that is off, or will be, in an area (`outages` are failing channels of messages). Who wrote it is copied: people leave, history stays. */
export const outages = pgTable(
	'service_outages',
	{
		id: uuid().primaryKey(),
		municipalityId: municipality(),
		number: integer().notNull(),
		state: text({ enum: outageStates }).notNull(),
		planned: boolean().notNull(),
		/** What is off: a report of one of these inside the area is known already. */
		serviceIds: uuid().array().notNull(),
		/** The area as people call it. */
		areaDesc: text().notNull(),
		/** How it was chosen, for whoever changes the draft. */
		areaWish: jsonb().$type<AreaWish>().notNull(),
		area: multiPolygon().notNull(),
		/** Wards it lies in, and those it covers whole. */
		wardCodes: text()
			.array()
			.notNull()
			.default(sql`'{}'`),
		wholeWardCodes: text()
			.array()
			.notNull()
			.default(sql`'{}'`),
		startsAt: instant().notNull(),
		/** When it is expected back; empty while nobody knows. */
		forecastEnd: instant(),
		words: text().notNull().default(''),
		/** What the words are written in. */
		language: text().notNull(),
		/** Reference of the report it is worked on under, where there is one. */
		reference: text(),
		/** Reports that proposed it. */
		evidence: uuid()
			.array()
			.notNull()
			.default(sql`'{}'`),
		/** Counted in the transaction in which somebody adds theirs. */
		households: integer().notNull().default(0),
		publishedAt: instant(),
		/** When it was said to be back. */
		endedAt: instant(),
		closedAt: instant(),
		createdBy: uuid().notNull(),
		createdByName: text().notNull(),
		version: integer().notNull().default(1),
		createdAt: instant().notNull(),
		updatedAt: instant().notNull()
	},
	(t) => [
		unique().on(t.municipalityId, t.number),
		index().on(t.municipalityId, t.state),
		index().using('gist', t.area)
	]
);

/** Append only: everything that was said about an outage, with the forecast before and after. */
export const outageEvents = pgTable(
	'outage_events',
	{
		/** Made on the page: the same form twice is one deed. */
		id: uuid().primaryKey(),
		municipalityId: municipality(),
		outageId: uuid()
			.notNull()
			.references(() => outages.id),
		seq: integer().notNull(),
		kind: text({ enum: outageMoves }).notNull(),
		/** The state it led to. */
		state: text({ enum: outageStates }).notNull(),
		forecastBefore: instant(),
		forecastAfter: instant(),
		why: text().notNull().default(''),
		by: uuid().notNull(),
		byName: text().notNull(),
		at: instant().notNull()
	},
	(t) => [unique().on(t.outageId, t.seq)]
);

/**
 * Households that said it is off at their place too. Only fingerprints: of whoever said it, and of the
 * address they gave, so that neighbours under one roof count once. Forgotten 30 days after its end.
 */
export const outageHouseholds = pgTable(
	'outage_households',
	{
		id: uuid().primaryKey(),
		municipalityId: municipality(),
		outageId: uuid()
			.notNull()
			.references(() => outages.id),
		byWhom: text().notNull(),
		address: text(),
		at: instant().notNull()
	},
	(t) => [unique().on(t.outageId, t.byWhom)]
);

/** Append only: reports that looked like one outage and were judged to be none, and why. */
export const outageDismissals = pgTable(
	'outage_dismissals',
	{
		id: uuid().primaryKey(),
		municipalityId: municipality(),
		serviceId: uuid()
			.notNull()
			.references(() => services.id),
		issueIds: uuid().array().notNull(),
		why: text().notNull(),
		by: uuid().notNull(),
		byName: text().notNull(),
		at: instant().notNull()
	},
	(t) => [index().on(t.municipalityId, t.at)]
);
