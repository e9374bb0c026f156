import { sql } from 'drizzle-orm';
import {
	boolean,
	index,
	integer,
	jsonb,
	pgTable,
	primaryKey,
	text,
	unique,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { cases } from '../../cases/server/schema.ts';
import { departments, municipalities } from '../../identity/server/schema.ts';
import { bytes, instant } from '../../platform/server/columns.ts';
import { answerKinds, referralStates } from '../rules.ts';
import type { Carried } from '../carried.ts';
import type { PeerLetter } from '../peer-letter.ts';

const municipality = () =>
	uuid()
		.notNull()
		.references(() => municipalities.id);

/**
 * Who is responsible for what, where: a function (a service, or a group of services) at a place (a
 * ward, or everywhere). A row is one version: it ends and is never changed.
 */
export const responsibilities = pgTable(
	'responsibilities',
	{
		id: uuid().primaryKey(),
		municipalityId: municipality(),
		/** Exactly one of the two. */
		serviceId: uuid(),
		group: text(),
		wardCode: text(),
		/** Exactly one of the two: another municipality of this installation, or a body of our list. */
		toMunicipalityId: uuid().references(() => municipalities.id),
		toDepartmentId: uuid().references(() => departments.id),
		/** A case is handed over by itself; otherwise a person is told who is responsible. */
		sends: boolean().notNull().default(false),
		since: instant().notNull(),
		until: instant()
	},
	(t) => [index().on(t.municipalityId)]
);

/**
 * One handing-over of a case: from one holder to another, asked and answered. The case stays with the
 * municipality that keeps its reference; the row lets the receiver see this one and nothing else.
 */
export const referrals = pgTable(
	'referrals',
	{
		id: uuid().primaryKey(),
		/** Whose case it is; for one that came from another installation, who received it. */
		municipalityId: municipality(),
		/** Empty when the case is kept in another installation. */
		caseId: uuid().references(() => cases.id),
		reference: text().notNull(),
		fromDepartmentId: uuid().references(() => departments.id),
		fromName: text().notNull(),
		/** A department of ours, or another body of our list. */
		toDepartmentId: uuid().references(() => departments.id),
		/** A municipality of this installation. */
		toMunicipalityId: uuid().references(() => municipalities.id),
		toName: text().notNull(),
		/** The other installation, where one is. */
		peerId: uuid(),
		state: text({ enum: referralStates }).notNull(),
		/** A question of the receiver has no answer yet. */
		asked: boolean().notNull().default(false),
		/** It has been with this holder before: a person has to look. */
		loop: boolean().notNull().default(false),
		/** What goes along, copied: service, place, clock, privacy. */
		carried: jsonb().$type<Carried>().notNull(),
		sentAt: instant().notNull(),
		sentBy: uuid(),
		acceptedAt: instant(),
		endedAt: instant()
	},
	(t) => [
		index().on(t.municipalityId, t.state),
		index().on(t.toMunicipalityId, t.state),
		index().on(t.caseId),
		// One handing-over at a time.
		uniqueIndex('referrals_one_open')
			.on(t.caseId)
			.where(sql`ended_at is null`)
	]
);

/** What sender and receiver said to each other. Each deed once, by whichever door it came. */
export const referralWords = pgTable(
	'referral_words',
	{
		id: uuid().primaryKey(),
		municipalityId: municipality(),
		referralId: uuid()
			.notNull()
			.references(() => referrals.id),
		kind: text({ enum: answerKinds }).notNull(),
		by: text({ enum: ['sender', 'receiver'] }).notNull(),
		via: text({ enum: ['office', 'link', 'installation'] }).notNull(),
		code: text(),
		text: text().notNull().default(''),
		/** It came when the case had moved on: kept, and moved nothing. */
		late: boolean().notNull().default(false),
		at: instant().notNull(),
		deedId: uuid().notNull()
	},
	(t) => [unique().on(t.referralId, t.deedId), index().on(t.municipalityId)]
);

/** Another installation, as an administrator made sure of it: its address and its key, pinned. */
export const referralPeers = pgTable(
	'referral_peers',
	{
		id: uuid().primaryKey(),
		municipalityId: municipality(),
		/** The body of our list that it is. */
		departmentId: uuid()
			.notNull()
			.references(() => departments.id),
		url: text().notNull(),
		/** Ed25519, raw, base64url. */
		publicKey: text().notNull(),
		since: instant().notNull(),
		until: instant()
	},
	(t) => [index().on(t.municipalityId)]
);

/** The key a municipality signs with towards other installations, sealed. */
export const referralKeys = pgTable('referral_keys', {
	municipalityId: uuid()
		.primaryKey()
		.references(() => municipalities.id),
	publicKey: text().notNull(),
	privateSealed: bytes().notNull(),
	since: instant().notNull()
});

/** Letters to other installations that wait or have failed, until they were taken. */
export const referralLetters = pgTable(
	'referral_letters',
	{
		id: uuid().primaryKey(),
		municipalityId: municipality(),
		peerId: uuid()
			.notNull()
			.references(() => referralPeers.id),
		referralId: uuid()
			.notNull()
			.references(() => referrals.id),
		letter: jsonb().$type<PeerLetter>().notNull(),
		createdAt: instant().notNull(),
		nextTryAt: instant().notNull(),
		tries: integer().notNull().default(0),
		takenAt: instant(),
		fault: text()
	},
	(t) => [
		index()
			.on(t.nextTryAt)
			.where(sql`taken_at is null`),
		index().on(t.municipalityId)
	]
);

/** Which signed letters were read already: a copy is refused. */
export const referralNonces = pgTable(
	'referral_nonces',
	{
		peerId: uuid().notNull(),
		nonce: text().notNull(),
		at: instant().notNull()
	},
	(t) => [primaryKey({ columns: [t.peerId, t.nonce] }), index().on(t.at)]
);
