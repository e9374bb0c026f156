import { sql } from 'drizzle-orm';
import {
	boolean,
	check,
	index,
	integer,
	jsonb,
	pgTable,
	primaryKey,
	text,
	unique,
	uuid
} from 'drizzle-orm/pg-core';
import { bytes, instant } from '../../platform/server/columns.ts';
import { roles, type NewGrant } from '../permissions.ts';

/**
 * A local (A, B) or district (C) municipality, or an exercise municipality (never a resident in it).
 * `active` ones are served here; others are only known by name, from an import.
 */
export const municipalities = pgTable(
	'municipalities',
	{
		id: uuid().primaryKey(),
		/** `KHA`: the first part of every reference. */
		code: text().notNull().unique(),
		/** The Demarcation Board's code, `WC048`, or `DC4`. */
		mdbCode: text().unique(),
		name: text().notNull(),
		kind: text({ enum: ['A', 'B', 'C', 'exercise'] }).notNull(),
		districtId: uuid(),
		active: boolean().notNull().default(false),
		timezone: text().notNull().default('Africa/Johannesburg'),
		hosts: text()
			.array()
			.notNull()
			.default(sql`'{}'`),
		languages: text()
			.array()
			.notNull()
			.default(sql`'{en}'`),
		/** `[{ label, number }]`: short codes stay as they are dialled. */
		emergencyNumbers: jsonb().$type<{ label: string; number: string }[]>().notNull().default([]),
		contact: jsonb()
			.$type<{ phone?: string; email?: string; address?: string; hours?: string }>()
			.notNull()
			.default({}),
		/** `[west, south, east, north]` in WGS 84 degrees, from the wards. */
		bounds: jsonb().$type<[number, number, number, number]>(),
		createdAt: instant().notNull().defaultNow()
	},
	(t) => [index().on(t.districtId)]
);

/** Departments do the work; entities (Eskom, SANRAL, a water board) are who else may hold it; agencies bring aid. */
export const departments = pgTable(
	'departments',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		code: text().notNull(),
		name: text().notNull(),
		kind: text({ enum: ['department', 'entity', 'agency'] })
			.notNull()
			.default('department'),
		parentId: uuid(),
		email: text(),
		phone: text(),
		hours: text(),
		active: boolean().notNull().default(true)
	},
	(t) => [unique().on(t.municipalityId, t.code)]
);

/** Anybody who signed in once, or works here. A contact point is not an identity. */
export const people = pgTable('people', {
	id: uuid().primaryKey(),
	name: text().notNull().default(''),
	language: text().notNull().default('en'),
	/** The municipality they last chose; what they may do comes from grants only. */
	homeMunicipalityId: uuid().references(() => municipalities.id),
	/** Demonstration accounts are signed in by `/demo`, by this handle. */
	demoHandle: text().unique(),
	createdAt: instant().notNull().defaultNow(),
	/** Personal fields are gone; the row stays so that history keeps its places. */
	erasedAt: instant()
});

/** A phone number or e-mail address: shared, recycled, never a person. Encrypted, with a keyed index for equality. */
export const contactPoints = pgTable('contact_points', {
	id: uuid().primaryKey(),
	kind: text({ enum: ['phone', 'email'] }).notNull(),
	valueSealed: bytes(),
	valueIndex: text().unique(),
	/** `•••• 4567` or `t•••@mail.example`: all that lists show. */
	masked: text().notNull(),
	verifiedAt: instant(),
	bouncedAt: instant(),
	createdAt: instant().notNull().defaultNow()
});

/** Who may be reached where, and on which lawful basis (POPIA s11). */
export const personContacts = pgTable(
	'person_contacts',
	{
		personId: uuid()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		contactPointId: uuid()
			.notNull()
			.references(() => contactPoints.id, { onDelete: 'cascade' }),
		purpose: text({ enum: ['sign_in', 'service', 'emergency', 'campaign'] }).notNull(),
		basis: text({ enum: ['public_duty', 'consent'] }).notNull(),
		/** The version of the notice shown at collection. */
		noticeVersion: text().notNull(),
		givenAt: instant().notNull().defaultNow(),
		/** When the person last said "use this one"; the latest of a kind is used. */
		chosenAt: instant(),
		withdrawnAt: instant()
	},
	(t) => [
		primaryKey({ columns: [t.personId, t.contactPointId, t.purpose] }),
		index().on(t.contactPointId)
	]
);

/** Person × role × reach, with start and end. A councillor's term is one of these. */
export const grants = pgTable(
	'grants',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		personId: uuid()
			.notNull()
			.references(() => people.id),
		role: text({ enum: roles }).notNull(),
		wardCode: text(),
		departmentId: uuid().references(() => departments.id),
		/** Councillors only: elected in the ward, or by proportional list and allocated to it. */
		term: text({ enum: ['ward', 'pr', 'acting'] }),
		startsAt: instant().notNull(),
		endsAt: instant(),
		grantedBy: uuid(),
		/** Set when this grant stands in for another one (leave, delegation). */
		standsInFor: uuid()
	},
	(t) => [index().on(t.personId), index().on(t.municipalityId, t.role, t.wardCode)]
);

/** Who is signed in where. `id` is the SHA-256 of the token in the cookie. */
export const sessions = pgTable(
	'sessions',
	{
		id: text().primaryKey(),
		userId: uuid()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		expiresAt: instant().notNull(),
		kind: text({ enum: ['resident', 'staff'] }).notNull(),
		createdAt: instant().notNull(),
		lastSeenAt: instant().notNull(),
		/** When the second factor was last shown in this session. */
		secondFactorAt: instant(),
		/** `Firefox on Android`: so that a person knows which session to end. */
		device: text().notNull().default('')
	},
	(t) => [index().on(t.userId)]
);

/**
 * Six digits sent to a contact point: 10 minutes, 5 tries. A code answers only on the device that
 * asked for it, so a stranger's guesses cost its owner no tries.
 */
export const signInCodes = pgTable(
	'sign_in_codes',
	{
		id: uuid().primaryKey(),
		contactPointId: uuid()
			.notNull()
			.references(() => contactPoints.id, { onDelete: 'cascade' }),
		/** Somebody signed in who adds this contact to their account; null when it is for signing in. */
		personId: uuid().references(() => people.id, { onDelete: 'cascade' }),
		deviceIndex: text().notNull().default(''),
		codeIndex: text().notNull(),
		createdAt: instant().notNull(),
		expiresAt: instant().notNull(),
		tries: integer().notNull().default(0),
		/** The contact was proved. */
		usedAt: instant(),
		/** The person said who they are, and was let in. */
		settledAt: instant()
	},
	(t) => [index().on(t.contactPointId, t.createdAt), index().on(t.createdAt)]
);

/** A password was shown, the second factor not yet: 10 minutes, 5 tries, on this device only. */
export const staffSignIns = pgTable(
	'staff_sign_ins',
	{
		id: uuid().primaryKey(),
		personId: uuid()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		deviceIndex: text().notNull(),
		createdAt: instant().notNull(),
		expiresAt: instant().notNull(),
		tries: integer().notNull().default(0),
		usedAt: instant()
	},
	(t) => [index().on(t.createdAt)]
);

/** Devices that signed in before: they have tries of their own, which no stranger can use up. */
export const knownDevices = pgTable(
	'known_devices',
	{
		/** A person, or a contact point. */
		subjectId: uuid().notNull(),
		deviceIndex: text().notNull(),
		lastUsedAt: instant().notNull()
	},
	(t) => [primaryKey({ columns: [t.subjectId, t.deviceIndex] }), index().on(t.lastUsedAt)]
);

/** How often something was tried in a window. The key is a fingerprint, never an address. */
export const throttles = pgTable('throttles', {
	key: text().primaryKey(),
	points: integer().notNull(),
	expiresAt: instant().notNull()
});

export const credentials = pgTable('credentials', {
	personId: uuid()
		.primaryKey()
		.references(() => people.id, { onDelete: 'cascade' }),
	/** argon2id in PHC form. */
	passwordHash: text().notNull(),
	changedAt: instant().notNull()
});

export const totpSecrets = pgTable('totp_secrets', {
	personId: uuid()
		.primaryKey()
		.references(() => people.id, { onDelete: 'cascade' }),
	secretSealed: bytes().notNull(),
	confirmedAt: instant(),
	/** The last time step used: a code works once (RFC 6238 5.2). */
	lastStep: integer().notNull().default(0)
});

export const recoveryCodes = pgTable(
	'recovery_codes',
	{
		id: uuid().primaryKey(),
		personId: uuid()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		codeIndex: text().notNull(),
		usedAt: instant()
	},
	(t) => [index().on(t.personId)]
);

/** One-time links for staff: an invitation to work here, or a new password. Only the token's hash is kept. */
export const invitations = pgTable(
	'invitations',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		kind: text({ enum: ['invitation', 'password_reset'] }).notNull(),
		personId: uuid().references(() => people.id),
		contactPointId: uuid().references(() => contactPoints.id),
		name: text().notNull().default(''),
		grants: jsonb().$type<NewGrant[]>().notNull().default([]),
		tokenHash: text().notNull().unique(),
		createdBy: uuid(),
		createdAt: instant().notNull(),
		expiresAt: instant().notNull(),
		usedAt: instant(),
		revokedAt: instant()
	},
	(t) => [index().on(t.municipalityId, t.createdAt)]
);

/** A lost second factor is taken away by two administrators, one asking and another agreeing. */
export const factorResets = pgTable('factor_resets', {
	id: uuid().primaryKey(),
	municipalityId: uuid()
		.notNull()
		.references(() => municipalities.id),
	personId: uuid()
		.notNull()
		.references(() => people.id),
	reason: text().notNull(),
	requestedBy: uuid().notNull(),
	requestedAt: instant().notNull(),
	decidedBy: uuid(),
	decidedAt: instant(),
	approved: boolean()
});

/** One administrator asked that somebody gets a role that warns everybody; another has to agree within the hour. */
export const grantRequests = pgTable(
	'grant_requests',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		/** Somebody who works here; else whoever is invited. */
		personId: uuid().references(() => people.id),
		contactPointId: uuid().references(() => contactPoints.id),
		name: text().notNull().default(''),
		grant: jsonb().$type<NewGrant>().notNull(),
		requestedBy: uuid().notNull(),
		requestedByName: text().notNull(),
		requestedAt: instant().notNull(),
		decidedBy: uuid(),
		decidedAt: instant(),
		agreed: boolean()
	},
	(t) => [
		index().on(t.municipalityId, t.requestedAt),
		check('two_give', sql`decided_by is null or decided_by <> requested_by or not agreed`)
	]
);

/** Leave: whose work goes to whom, from when to when. */
export const delegations = pgTable(
	'delegations',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		fromPersonId: uuid()
			.notNull()
			.references(() => people.id),
		toPersonId: uuid()
			.notNull()
			.references(() => people.id),
		startsAt: instant().notNull(),
		endsAt: instant().notNull(),
		reason: text().notNull().default(''),
		createdBy: uuid().notNull(),
		cancelledAt: instant()
	},
	(t) => [index().on(t.municipalityId, t.fromPersonId)]
);

/** Home, work, mother's: wards a person watches. */
export const watchedWards = pgTable(
	'watched_wards',
	{
		personId: uuid()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		wardCode: text().notNull(),
		label: text().notNull().default(''),
		since: instant().notNull()
	},
	(t) => [primaryKey({ columns: [t.personId, t.wardCode] })]
);

/** Who looked at which private field of whom, and why (POPIA s23: "who viewed me"). */
export const privateViews = pgTable(
	'private_views',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		viewerId: uuid().notNull(),
		subject: text({ enum: ['issue', 'person', 'photo', 'message', 'household'] }).notNull(),
		subjectId: uuid().notNull(),
		personId: uuid(),
		field: text().notNull(),
		at: instant().notNull()
	},
	(t) => [index().on(t.municipalityId, t.subjectId), index().on(t.personId)]
);

/** Requests under POPIA: see, correct, object, erase. Answered in 30 days. */
export const privacyRequests = pgTable(
	'privacy_requests',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		personId: uuid().references(() => people.id),
		contactPointId: uuid().references(() => contactPoints.id),
		/** Asked with the receipt of one report, without an account. */
		issueId: uuid(),
		kind: text({ enum: ['access', 'correction', 'objection', 'erasure'] }).notNull(),
		words: text().notNull().default(''),
		channel: text({ enum: ['web', 'phone', 'post', 'counter'] })
			.notNull()
			.default('web'),
		/** Taken in by the office: who asked as they gave their name, how that was made sure, and who took it. */
		name: text().notNull().default(''),
		identityCheck: text({ enum: ['document', 'called_back', 'answers', 'representative'] }),
		takenBy: uuid(),
		receivedAt: instant().notNull(),
		dueAt: instant().notNull(),
		decidedAt: instant(),
		decidedBy: uuid(),
		outcome: text({ enum: ['done', 'partly', 'refused'] }),
		answer: text()
	},
	(t) => [index().on(t.municipalityId, t.dueAt)]
);

/** How long a class of record keeps its personal fields, in months. */
export const retentionRules = pgTable(
	'retention_rules',
	{
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		class: text().notNull(),
		months: integer().notNull(),
		changedBy: uuid(),
		changedAt: instant().notNull()
	},
	(t) => [primaryKey({ columns: [t.municipalityId, t.class] })]
);

/** What an earlier identical request was answered; kept 400 days, as field devices return late. */
export const idempotencyKeys = pgTable(
	'idempotency_keys',
	{
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		key: text().notNull(),
		reply: jsonb().$type<Record<string, unknown>>().notNull(),
		createdAt: instant().notNull()
	},
	(t) => [primaryKey({ columns: [t.municipalityId, t.key] })]
);

/** Settings of the whole installation: whether it was made as a demo, notice versions, key check. */
export const installation = pgTable('installation', {
	key: text().primaryKey(),
	value: jsonb().$type<unknown>().notNull()
});
