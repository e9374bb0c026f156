import type { JsonWebKey } from 'node:crypto';
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
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { bytes, instant } from '../../../platform/server/columns.ts';
import { municipalities } from '../../../identity/server/schema.ts';
import type { ImportedInfo } from '../../imported.ts';
import { rumourAnswers } from '../../rumour.ts';

/** What a key signs: CAP messages (RSA), or capsules and cards that phones check (ECDSA P-256). */
export const keyUses = ['cap', 'capsule'] as const;

/** Keys a municipality signs its alerts with. One of each use is in force; older ones still prove what they signed. */
export const signingKeys = pgTable(
	'signing_keys',
	{
		/** Its public name: the first part of its thumbprint (RFC 7638). */
		id: text().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		use: text({ enum: keyUses }).notNull(),
		/** JWK, RFC 7517. */
		publicKey: jsonb().$type<JsonWebKey>().notNull(),
		/** PKCS #8, sealed by the master key. */
		sealed: bytes().notNull(),
		/** The key before it vouches for this one, so that phones that pinned that one take it: its name and signature. */
		vouchedBy: text(),
		voucher: text(),
		/** Made in a place that only practises: nothing it signs is ever real, whatever that place becomes. */
		exercise: boolean().notNull().default(false),
		madeAt: instant().notNull(),
		/** From then on it signs nothing. */
		retiredAt: instant(),
		/** It fell into wrong hands: nothing it signed counts any more. */
		revokedAt: instant()
	},
	(t) => [
		index().on(t.municipalityId, t.use),
		uniqueIndex('one_key_in_force')
			.on(t.municipalityId, t.use)
			.where(sql`retired_at is null`)
	]
);

/** One administrator asked for a new key; another has to agree within the hour. */
export const keyRequests = pgTable(
	'signing_key_requests',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		use: text({ enum: keyUses }).notNull(),
		/** The old one fell into wrong hands. */
		stolen: boolean().notNull(),
		requestedBy: uuid().notNull(),
		requestedByName: text().notNull(),
		requestedAt: instant().notNull(),
		decidedBy: uuid(),
		decidedAt: instant(),
		agreed: boolean()
	},
	(t) => [
		index().on(t.municipalityId),
		check('two_decide', sql`decided_by is null or decided_by <> requested_by or not agreed`)
	]
);

/** What was signed for a version of an alert. Never changed: others hold copies. */
export const alertSeals = pgTable(
	'alert_seals',
	{
		/** The version. */
		alertId: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		/** CAP 1.2 with its signature: of the area's first part, where it has more than one. */
		cap: text().notNull(),
		/** The same for each further part of an area whose parts do not touch. */
		capParts: jsonb().$type<string[]>().notNull().default([]),
		/** Every reviewed language, as link or pasted text. */
		capsule: text().notNull(),
		/** By language: what fits on paper. */
		scanned: jsonb().$type<Record<string, string>>().notNull(),
		madeAt: instant().notNull()
	},
	(t) => [index().on(t.municipalityId)]
);

/** Files that go with a version: its map and its posters. Made when it is signed, and never changed: the signature names them. */
export const alertResources = pgTable(
	'alert_resources',
	{
		alertId: uuid().notNull(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		/** `map.png`, `poster-zu.pdf`. */
		name: text().notNull(),
		mediaType: text().notNull(),
		bytes: bytes().notNull(),
		/** SHA-1, hex, as CAP 1.2 wants it. */
		digest: text().notNull(),
		madeAt: instant().notNull()
	},
	(t) => [primaryKey({ columns: [t.alertId, t.name] }), index().on(t.municipalityId)]
);

/**
 * Recordings people can listen to: of one version, or of a template for every warning made of exactly that text.
 * Heard by nobody until a second person listened and said yes.
 */
export const alertClips = pgTable(
	'alert_clips',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		/** Of this version alone; null for a template. */
		alertId: uuid(),
		template: text().notNull(),
		/** Of a template: the approved text it reads out. */
		textHash: text(),
		language: text().notNull(),
		mediaType: text().notNull(),
		bytes: bytes().notNull(),
		size: integer().notNull(),
		digest: text().notNull(),
		uploadedBy: uuid().notNull(),
		uploadedByName: text().notNull(),
		uploadedAt: instant().notNull(),
		approvedBy: uuid(),
		approvedByName: text().notNull().default(''),
		approvedAt: instant(),
		removedAt: instant()
	},
	(t) => [
		index().on(t.municipalityId, t.template, t.language),
		index().on(t.alertId),
		check('two_listen', sql`approved_by is null or approved_by <> uploaded_by`)
	]
);

/** Warnings of others, as CAP, that an official brought in. A draft may be made of one; nothing is sent by itself. */
export const capImports = pgTable(
	'cap_imports',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		identifier: text().notNull(),
		sender: text().notNull(),
		sentAt: instant().notNull(),
		msgType: text().notNull(),
		/** Identifiers of the messages it replaces or takes back. */
		refers: text().array().notNull(),
		/** Whose key signed it; else `unsigned` or `unknown`, which count the same. */
		signer: text().notNull(),
		faults: jsonb().$type<Array<{ field: string; says: string }>>().notNull(),
		/** What it says, in its own words: as it was read. */
		said: jsonb().$type<ImportedInfo>().notNull(),
		expiresAt: instant().notNull(),
		/** As it came. */
		xml: text().notNull(),
		state: text({ enum: ['read', 'drafted', 'replaced', 'withdrawn'] }).notNull(),
		draftId: uuid(),
		importedBy: uuid().notNull(),
		importedByName: text().notNull(),
		importedAt: instant().notNull()
	},
	(t) => [
		uniqueIndex('one_cap_import').on(t.municipalityId, t.sender, t.identifier),
		index().on(t.municipalityId, t.importedAt)
	]
);

/** Warnings the Weather Service gave, as it gave them. What touches a municipality is offered to it; nothing is sent by itself. */
export const weatherWarnings = pgTable(
	'weather_warnings',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		/** Event, areas and onset: the same warning is issued again and again under new identifiers. */
		sameAs: text().notNull(),
		identifier: text().notNull(),
		sentAt: instant().notNull(),
		source: text().notNull(),
		/** In the service's own words, relayed as they are. */
		event: text().notNull(),
		/** `Warning Level 2`, as sent; empty for an advisory. */
		level: text().notNull(),
		senderName: text().notNull(),
		headline: text().notNull(),
		description: text().notNull(),
		instruction: text().notNull(),
		areas: text().array().notNull(),
		onsetAt: instant(),
		expiresAt: instant().notNull(),
		/** Who signed it, if anybody we know did. */
		signer: text().notNull(),
		/** What it breaks of CAP's own rules. */
		faults: jsonb().$type<Array<{ field: string; says: string }>>().notNull(),
		state: text({ enum: ['offered', 'taken', 'set_aside', 'withdrawn'] }).notNull(),
		handledBy: uuid(),
		handledByName: text().notNull().default(''),
		handledAt: instant(),
		seenAt: instant().notNull()
	},
	(t) => [
		uniqueIndex('one_weather_warning').on(t.municipalityId, t.sameAs),
		index().on(t.municipalityId, t.state)
	]
);

/** Documents of the weather feed that cannot be read, for as long as that is so. Of the operator's feed, and so of no municipality. */
export const weatherUnread = pgTable('weather_unread', {
	link: text().primaryKey(),
	why: text().notNull(),
	since: instant().notNull(),
	seenAt: instant().notNull()
});

/** What people say, and what is true of it. */
export const rumours = pgTable(
	'rumours',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		/** The incident it touches: its answer stands on that warning's page. */
		incidentId: uuid(),
		heard: text().notNull(),
		language: text().notNull(),
		/** How many told us. */
		times: integer().notNull().default(1),
		answer: text({ enum: rumourAnswers }),
		says: text().notNull().default(''),
		checkingSince: instant(),
		answeredBy: uuid(),
		answeredByName: text().notNull().default(''),
		answeredAt: instant(),
		/** Not for everybody: abuse, or somebody's name. */
		hiddenAt: instant(),
		/** The signed answer, to be passed on. */
		card: text(),
		version: integer().notNull().default(1),
		createdAt: instant().notNull()
	},
	(t) => [index().on(t.municipalityId, t.incidentId)]
);

/** What the municipality itself does not know yet, and says so. */
export const unknowns = pgTable(
	'alert_unknowns',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		incidentId: uuid().notNull(),
		words: text().notNull(),
		addedBy: uuid().notNull(),
		addedAt: instant().notNull(),
		settledAt: instant()
	},
	(t) => [index().on(t.municipalityId, t.incidentId)]
);
