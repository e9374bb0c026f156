import { sql } from 'drizzle-orm';
import {
	bigint,
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
import { instant, point } from '../../platform/server/columns.ts';
import { departments, municipalities, people } from '../../identity/server/schema.ts';
import type { QuestionValue } from '../services.ts';

/** What a resident can ask for. Belongs to a municipality and routes to a department or entity. */
export const services = pgTable(
	'services',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		code: text().notNull(),
		name: text().notNull(),
		group: text().notNull(),
		description: text().notNull().default(''),
		keywords: text()
			.array()
			.notNull()
			.default(sql`'{}'`),
		icon: text().notNull().default('report'),
		/** Who holds a new case: (municipality, service) → department or entity. */
		departmentId: uuid().references(() => departments.id),
		priority: text({ enum: ['emergency', 'high', 'normal', 'low'] })
			.notNull()
			.default('normal'),
		/** Reports are between the resident and the municipality only. */
		private: boolean().notNull().default(false),
		anonymousAllowed: boolean().notNull().default(true),
		/** Stops the form with this advice ("this is an emergency: call 107"). */
		stopAdvice: text(),
		/** Open reports this near, in metres, and closed ones this young, in days, are offered first. 0 is off. */
		duplicateMetres: integer().notNull().default(50),
		duplicateDays: integer().notNull().default(14),
		position: integer().notNull().default(0),
		active: boolean().notNull().default(true)
	},
	(t) => [unique().on(t.municipalityId, t.code)]
);

/** Extra questions of a service, with Open311's attribute types. */
export const serviceQuestions = pgTable(
	'service_questions',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		serviceId: uuid()
			.notNull()
			.references(() => services.id, { onDelete: 'cascade' }),
		code: text().notNull(),
		position: integer().notNull().default(0),
		question: text().notNull(),
		hint: text().notNull().default(''),
		datatype: text({
			enum: ['string', 'number', 'datetime', 'text', 'singlevaluelist', 'multivaluelist']
		}).notNull(),
		required: boolean().notNull().default(false),
		/** `[{ key, name, stop? }]`: an answer with `stop` ends the form with that advice. */
		values: jsonb().$type<QuestionValue[]>().notNull().default([])
	},
	(t) => [unique().on(t.serviceId, t.code)]
);

/** What a resident raised: an issue (something is wrong) or a suggestion (something could be better). */
export const issues = pgTable(
	'issues',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		reference: text().notNull().unique(),
		kind: text({ enum: ['issue', 'suggestion'] }).notNull(),
		serviceId: uuid().references(() => services.id),
		/** One line for lists, made from the words or the service and place. */
		title: text().notNull(),
		description: text(),
		language: text().notNull().default('en'),
		/** The version of the notice that was shown where contacts are asked for (POPIA s18). */
		noticeVersion: text(),
		answers: jsonb().$type<Record<string, string | string[]>>().notNull().default({}),
		/** Address, landmark, pole number or Plus Code, as it was given. */
		place: text(),
		point: point(),
		/** Radius of the phone's own doubt, in metres. */
		accuracy: integer(),
		located: text({ enum: ['position', 'pin', 'plus_code', 'place', 'ward', 'none'] }).notNull(),
		wardCode: text(),
		currentWardCode: text(),
		/** Other wards it may lie in: within 100 m of a line, or inside the phone's doubt. */
		maybeWardCodes: text()
			.array()
			.notNull()
			.default(sql`'{}'`),
		boundarySetId: uuid(),
		reporterId: uuid().references(() => people.id),
		/** The contact given with a report that nobody signed in for. */
		contactPointId: uuid(),
		/** The member of staff who typed it in for somebody else. */
		capturedBy: uuid(),
		channel: text().notNull().default('web'),
		reporterName: text(),
		showName: boolean().notNull().default(false),
		anonymous: boolean().notNull().default(false),
		/** Fingerprint of the receipt code: whoever has the code is the reporter. */
		receiptIndex: text().unique(),
		/** Fingerprint of the phone or browser, for limits and supports; forgotten after 30 days. */
		deviceIndex: text(),
		/** Between the resident and the municipality only. */
		private: boolean().notNull().default(false),
		/** Held for moderation, or hidden by it. */
		hidden: boolean().notNull().default(false),
		clientId: uuid().notNull(),
		/** What was already said by others: counts kept in the deed's own transaction. */
		supportCount: integer().notNull().default(0),
		householdCount: integer().notNull().default(1),
		followerCount: integer().notNull().default(0),
		photoCount: integer().notNull().default(0),
		source: text(),
		sourceRef: text(),
		createdAt: instant().notNull(),
		recordedAt: instant().notNull().defaultNow(),
		withdrawnAt: instant(),
		erasedAt: instant()
	},
	(t) => [
		unique().on(t.municipalityId, t.clientId),
		unique().on(t.municipalityId, t.source, t.sourceRef),
		index().on(t.municipalityId, t.createdAt),
		index().on(t.municipalityId, t.currentWardCode, t.createdAt),
		index().on(t.municipalityId, t.serviceId),
		index().on(t.reporterId),
		index().on(t.contactPointId),
		index().using('gist', t.point),
		index('issues_words_trgm').using(
			'gin',
			sql`lower(${t.title} || ' ' || coalesce(${t.description}, '') || ' ' || coalesce(${t.place}, '')) gin_trgm_ops`
		)
	]
);

/** "This is mine too": one per person, contact or device. */
export const supports = pgTable(
	'supports',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		issueId: uuid()
			.notNull()
			.references(() => issues.id, { onDelete: 'cascade' }),
		/** Fingerprint of who: person, contact or device. */
		byWhom: text().notNull(),
		personId: uuid(),
		/** Their own address, if they gave one: counts households and tells the crew. */
		address: text(),
		/** The contact somebody without an account follows it with, until it is proved and after. */
		contactPointId: uuid(),
		/** A verified contact stands behind it. */
		verified: boolean().notNull().default(false),
		at: instant().notNull(),
		withdrawnAt: instant()
	},
	(t) => [
		unique().on(t.issueId, t.byWhom),
		index().on(t.municipalityId, t.issueId),
		index().on(t.personId),
		index().on(t.contactPointId)
	]
);

/** A resident tells us that something published is wrong. Three different people hide it pending review. */
export const flags = pgTable(
	'flags',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		subject: text({ enum: ['issue', 'event', 'photo'] }).notNull(),
		subjectId: uuid().notNull(),
		issueId: uuid().notNull(),
		reason: text().notNull(),
		words: text().notNull().default(''),
		byWhom: text().notNull(),
		/** Whether it counts towards hiding: not the third of one network in a day. */
		counts: boolean().notNull().default(true),
		at: instant().notNull(),
		decidedAt: instant(),
		decidedBy: uuid(),
		upheld: boolean()
	},
	(t) => [unique().on(t.subjectId, t.byWhom), index().on(t.municipalityId, t.decidedAt)]
);

/** Every act of moderation, with the original kept and what the reporter said to it. */
export const moderations = pgTable(
	'moderations',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		issueId: uuid()
			.notNull()
			.references(() => issues.id),
		subject: text({ enum: ['issue', 'event', 'photo'] }).notNull(),
		subjectId: uuid().notNull(),
		action: text({ enum: ['hide', 'edit', 'redact', 'remove', 'restore'] }).notNull(),
		reason: text().notNull(),
		/** Words as they were before this act; erased with the issue. */
		original: text(),
		by: uuid(),
		at: instant().notNull(),
		objection: text(),
		objectedAt: instant(),
		answer: text(),
		answeredBy: uuid(),
		answeredAt: instant()
	},
	(t) => [index().on(t.municipalityId, t.issueId)]
);

/** Contacts whose reports are accepted, hidden and looked at first; reversible. */
export const bans = pgTable(
	'bans',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		/** Fingerprint of the contact, or an e-mail domain. */
		what: text().notNull(),
		reason: text().notNull(),
		by: uuid().notNull(),
		at: instant().notNull(),
		liftedAt: instant()
	},
	(t) => [unique().on(t.municipalityId, t.what)]
);

/** One file of requests from another system, and what became of every row. */
export const requestImports = pgTable('request_imports', {
	id: uuid().primaryKey(),
	municipalityId: uuid()
		.notNull()
		.references(() => municipalities.id),
	file: text().notNull(),
	fileHash: text().notNull(),
	map: jsonb().$type<Record<string, unknown>>().notNull(),
	total: integer().notNull(),
	accepted: integer().notNull(),
	flagged: integer().notNull(),
	rejected: integer().notNull(),
	at: instant().notNull()
});

export const importFindings = pgTable(
	'import_findings',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		importId: uuid()
			.notNull()
			.references(() => requestImports.id, { onDelete: 'cascade' }),
		row: integer().notNull(),
		sourceRef: text(),
		/** Rejected rows are not in the product; flagged ones are, with this remark. */
		rejected: boolean().notNull(),
		reason: text().notNull()
	},
	(t) => [index().on(t.importId, t.row)]
);

/**
 * The public map, counted beforehand: at every zoom from 4 to 16, for each square of 64 pixels and
 * each standing, how many public issues lie there, and the sums of where. A position is counted in
 * 2^-32 of the world's width (under a centimetre), so that sums are whole numbers and never drift.
 * Kept by triggers and `map_fold`; written by nothing else. Made of other rows, so it refers to none.
 */
export const mapCells = pgTable(
	'map_cells',
	{
		municipalityId: uuid().notNull(),
		zoom: smallint().notNull(),
		/** Rows of squares from the north, then columns from the west: the order a map is read in. */
		cy: integer().notNull(),
		cx: integer().notNull(),
		/** 32 columns of squares: a screen lies in one or two, and each is one range of the key. */
		strip: integer().generatedAlwaysAs(sql`cx >> 5`),
		standing: text({ enum: ['open', 'paused', 'claimed', 'fixed', 'closed'] }).notNull(),
		n: integer().notNull(),
		sumX: bigint({ mode: 'number' }).notNull(),
		sumY: bigint({ mode: 'number' }).notNull()
	},
	(t) => [primaryKey({ columns: [t.municipalityId, t.zoom, t.standing, t.strip, t.cy, t.cx] })]
);

/** What changed since the cells were last added up: written in the transaction of the change itself. */
export const mapDeltas = pgTable(
	'map_deltas',
	{
		id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
		municipalityId: uuid().notNull(),
		standing: text({ enum: ['open', 'paused', 'claimed', 'fixed', 'closed'] }).notNull(),
		x: bigint({ mode: 'number' }).notNull(),
		y: bigint({ mode: 'number' }).notNull(),
		/** 1 when an issue came, -1 when it went. */
		n: smallint().notNull()
	},
	(t) => [index().on(t.municipalityId)]
);
