import { sql } from 'drizzle-orm';
import {
	boolean,
	doublePrecision,
	index,
	integer,
	jsonb,
	pgTable,
	primaryKey,
	text,
	unique,
	uuid
} from 'drizzle-orm/pg-core';
import { municipalities, people } from '../../identity/server/schema.ts';
import { instant, lineString, multiPolygon, point } from '../../platform/server/columns.ts';
import { kinds, states, statuses, type AlertArea, type Reference } from '../alert.ts';
import type { AreaWish } from '../area.ts';
import type { Frozen, StoredSlots } from '../content.ts';
import type { DrillSteps } from '../drill.ts';
import type { TemplateCode, TemplateWords } from '../templates.ts';
import type { ZoneChecks } from '../zones.ts';

const municipality = () =>
	uuid()
		.notNull()
		.references(() => municipalities.id);

const ids = () =>
	uuid()
		.array()
		.notNull()
		.default(sql`'{}'`);

/** What happened, over all versions of what is said about it. */
export const incidents = pgTable(
	'incidents',
	{
		id: uuid().primaryKey(),
		municipalityId: municipality(),
		/** `K7F-2QD`: what people type, the same for every version. */
		number: text().notNull(),
		capStatus: text({ enum: statuses }).notNull(),
		createdBy: uuid().notNull(),
		createdAt: instant().notNull()
	},
	(t) => [unique().on(t.municipalityId, t.number)]
);

/** One version of an alert. What it says is frozen in `content` when it is submitted. */
export const alerts = pgTable(
	'alerts',
	{
		id: uuid().primaryKey(),
		municipalityId: municipality(),
		incidentId: uuid()
			.notNull()
			.references(() => incidents.id),
		version: integer().notNull(),
		kind: text({ enum: kinds }).notNull(),
		/** From the tenant at creation; the database refuses a change. */
		capStatus: text({ enum: statuses }).notNull(),
		state: text({ enum: states }).notNull(),
		template: text().$type<TemplateCode>().notNull(),
		slots: jsonb().$type<StoredSlots>().notNull(),
		/** The Gazette number of a direction; empty is advice. */
		gazette: text().notNull().default(''),
		areaWish: jsonb().$type<AreaWish>().notNull(),
		area: jsonb().$type<AlertArea>(),
		/** The same for PostGIS. */
		geom: multiPolygon(),
		areaHash: text(),
		/** In square kilometres. */
		areaSize: doublePrecision().notNull().default(0),
		/** An all clear: which zones. */
		zoneIds: ids(),
		expiresAt: instant(),
		nextUpdateAt: instant(),
		content: jsonb().$type<Frozen>(),
		contentHash: text(),
		composedBy: uuid().notNull(),
		composedByName: text().notNull(),
		/** Everybody who wrote or changed what it says. */
		editors: ids(),
		submittedBy: uuid(),
		submittedByName: text(),
		submittedAt: instant(),
		escalatedAt: instant(),
		/** Who was called to approve it. */
		pagedIds: ids(),
		/** Everybody who gave it back, and the last reason. */
		returners: ids(),
		returnedBy: uuid(),
		returnedWhy: text().notNull().default(''),
		rejectedBy: uuid(),
		approvedBy: uuid(),
		approvedByName: text(),
		/** Released by one person alone: never an approval. */
		breakGlassBy: uuid(),
		/** An update let out at once by one person: the same action, no wider area. Never an approval. */
		fastTrackBy: uuid(),
		/** Approved or released: CAP's `sent`. */
		issuedAt: instant(),
		/** Somebody wants it stopped while it is being tested. */
		stopAskedBy: uuid(),
		heldWhy: text().notNull().default(''),
		liveAt: instant(),
		retractedBy: uuid(),
		endedAt: instant(),
		references: jsonb()
			.$type<Array<Omit<Reference, 'sent'> & { sent: string }>>()
			.notNull()
			.default([]),
		/** Counts changes: a page that is older is refused. */
		revision: integer().notNull().default(1),
		createdAt: instant().notNull(),
		updatedAt: instant().notNull()
	},
	(t) => [
		unique().on(t.incidentId, t.version),
		index().on(t.municipalityId, t.state),
		index().on(t.state, t.expiresAt),
		index().using('gist', t.geom)
	]
);

/** Append only: everything that happened to an alert, ordered by sequence and not by time. */
export const alertEvents = pgTable(
	'alert_events',
	{
		id: uuid().primaryKey(),
		municipalityId: municipality(),
		alertId: uuid()
			.notNull()
			.references(() => alerts.id),
		seq: integer().notNull(),
		what: text().notNull(),
		by: uuid(),
		byName: text().notNull().default(''),
		/** A reason that was given, or what was found. */
		why: text().notNull().default(''),
		/** What it said before it was changed: all versions are kept. */
		before: jsonb().$type<Record<string, unknown>>(),
		at: instant().notNull()
	},
	(t) => [unique().on(t.alertId, t.seq)]
);

/** Append only: every version of a template's text in a language. */
export const alertTemplates = pgTable(
	'alert_templates',
	{
		id: uuid().primaryKey(),
		municipalityId: municipality(),
		template: text().$type<TemplateCode>().notNull(),
		language: text().notNull(),
		words: jsonb().$type<TemplateWords>().notNull(),
		/** SHA-256 of the words: an approval belongs to exactly these. */
		hash: text().notNull(),
		writtenBy: uuid(),
		writtenAt: instant().notNull()
	},
	(t) => [index().on(t.municipalityId, t.template, t.language)]
);

/** Append only: who approved which text, or took the approval back. */
export const alertTemplateReviews = pgTable(
	'alert_template_reviews',
	{
		id: uuid().primaryKey(),
		municipalityId: municipality(),
		template: text().$type<TemplateCode>().notNull(),
		language: text().notNull(),
		hash: text().notNull(),
		approved: boolean().notNull(),
		by: uuid(),
		byName: text().notNull(),
		at: instant().notNull()
	},
	(t) => [index().on(t.municipalityId, t.template, t.language)]
);

/** Which translator answers for which language. */
export const alertTranslators = pgTable(
	'alert_translators',
	{
		municipalityId: municipality(),
		personId: uuid()
			.notNull()
			.references(() => people.id),
		language: text().notNull(),
		namedBy: uuid(),
		namedAt: instant().notNull()
	},
	(t) => [primaryKey({ columns: [t.municipalityId, t.personId, t.language] })]
);

/** Who is called to approve, in this order. */
export const alertRoster = pgTable(
	'alert_roster',
	{
		municipalityId: municipality(),
		personId: uuid()
			.notNull()
			.references(() => people.id),
		place: integer().notNull(),
		setBy: uuid().notNull(),
		setAt: instant().notNull()
	},
	(t) => [primaryKey({ columns: [t.municipalityId, t.personId] })]
);

/** Parts of an area that are cleared one by one. */
export const zones = pgTable(
	'alert_zones',
	{
		id: uuid().primaryKey(),
		municipalityId: municipality(),
		incidentId: uuid()
			.notNull()
			.references(() => incidents.id),
		name: text().notNull(),
		wardCode: text().notNull(),
		geom: multiPolygon().notNull(),
		checks: jsonb().$type<ZoneChecks>().notNull(),
		checkedBy: uuid(),
		checkedAt: instant(),
		/** The all clear that cleared it. */
		clearedBy: uuid(),
		clearedAt: instant()
	},
	(t) => [unique().on(t.incidentId, t.wardCode)]
);

/** Tests and exercises that people are told of beforehand. */
export const alertPlans = pgTable(
	'alert_plans',
	{
		id: uuid().primaryKey(),
		municipalityId: municipality(),
		words: text().notNull(),
		startsAt: instant().notNull(),
		endsAt: instant().notNull(),
		plannedBy: uuid().notNull(),
		plannedAt: instant().notNull(),
		cancelledAt: instant()
	},
	(t) => [index().on(t.municipalityId, t.startsAt)]
);

/** Where people are safe, known before anything burns. */
export const shelters = pgTable(
	'shelters',
	{
		id: uuid().primaryKey(),
		municipalityId: municipality(),
		kind: text({ enum: ['shelter', 'assembly', 'taxi', 'animals'] }).notNull(),
		name: text().notNull(),
		wardCode: text(),
		point: point().notNull(),
		/** People it holds; 0 is not counted. */
		capacity: integer().notNull().default(0),
		occupied: integer(),
		countedBy: text(),
		countedAt: instant(),
		/** Offered to residents unless it lies in a live area. */
		open: boolean().notNull().default(true),
		updatedAt: instant().notNull()
	},
	(t) => [unique().on(t.municipalityId, t.name), index().using('gist', t.point)]
);

/** Ways out of a ward, known before anything burns. */
export const routes = pgTable(
	'evacuation_routes',
	{
		id: uuid().primaryKey(),
		municipalityId: municipality(),
		name: text().notNull(),
		wardCode: text(),
		geom: lineString().notNull(),
		open: boolean().notNull().default(true),
		updatedAt: instant().notNull()
	},
	(t) => [unique().on(t.municipalityId, t.name), index().using('gist', t.geom)]
);

/** Full exercises, as they went: kept for good. */
export const drills = pgTable(
	'alert_drills',
	{
		id: uuid().primaryKey(),
		municipalityId: municipality(),
		/** Whoever asked for it; null for the operator of the machine. */
		by: uuid(),
		byName: text().notNull(),
		/** Synthetic residents that were told. */
		residents: integer().notNull(),
		alertId: uuid(),
		steps: jsonb().$type<DrillSteps>().notNull().default({}),
		startedAt: instant().notNull(),
		endedAt: instant(),
		/** Why it came to no end; empty when it did. */
		fault: text().notNull().default('')
	},
	(t) => [index().on(t.municipalityId, t.startedAt)]
);
