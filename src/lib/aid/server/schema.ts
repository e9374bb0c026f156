import { sql } from 'drizzle-orm';
import {
	boolean,
	check,
	index,
	integer,
	jsonb,
	pgTable,
	real,
	text,
	unique,
	uniqueIndex,
	uuid
} from 'drizzle-orm/pg-core';
import { departments, municipalities, people } from '../../identity/server/schema.ts';
import { bytes, instant } from '../../platform/server/columns.ts';
import { eventKinds } from '../event.ts';
import { damages, documentKinds, relations, sexes, stays, ways, type Need } from '../household.ts';
import type { HouseholdFacts, Reason } from '../likeness.ts';
import { aidRoles } from '../roles.ts';

/** A disaster that relief is given for. */
export const aidEvents = pgTable(
	'aid_events',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		name: text().notNull(),
		kind: text({ enum: eventKinds }).notNull(),
		/** Points from which two households look alike, and from which they are held for one. */
		possibleAt: real().notNull().default(5),
		duplicateAt: real().notNull().default(8),
		openedBy: uuid().notNull(),
		openedAt: instant().notNull(),
		closedAt: instant()
	},
	(t) => [index().on(t.municipalityId, t.openedAt)]
);

/** Where people are registered and relief is given out, and which agency runs it. */
export const aidSites = pgTable(
	'aid_sites',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		eventId: uuid()
			.notNull()
			.references(() => aidEvents.id),
		/** A department of kind `agency`. */
		agencyId: uuid()
			.notNull()
			.references(() => departments.id),
		name: text().notNull(),
		wardCode: text(),
		address: text().notNull().default(''),
		openedAt: instant().notNull(),
		closedAt: instant()
	},
	(t) => [unique().on(t.eventId, t.name)]
);

/** What an agency gives, and to whom it means to give it. */
export const aidProgrammes = pgTable(
	'aid_programmes',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		eventId: uuid()
			.notNull()
			.references(() => aidEvents.id),
		agencyId: uuid()
			.notNull()
			.references(() => departments.id),
		name: text().notNull(),
		about: text().notNull().default(''),
		openedAt: instant().notNull(),
		closedAt: instant()
	},
	(t) => [unique().on(t.eventId, t.name)]
);

/**
 * Who does what, at one site or for one programme. Keyed on the person. Forbidden pairs are refused by
 * a trigger; an assignment is ended, never changed or deleted.
 */
export const aidAssignments = pgTable(
	'aid_assignments',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		eventId: uuid()
			.notNull()
			.references(() => aidEvents.id),
		siteId: uuid().references(() => aidSites.id),
		programmeId: uuid().references(() => aidProgrammes.id),
		personId: uuid()
			.notNull()
			.references(() => people.id),
		role: text({ enum: aidRoles }).notNull(),
		since: instant().notNull(),
		givenBy: uuid().notNull(),
		endedAt: instant(),
		endedBy: uuid()
	},
	(t) => [
		index().on(t.personId),
		index().on(t.eventId),
		check('site_or_programme', sql`num_nonnulls(site_id, programme_id) = 1`),
		check('by_another', sql`given_by <> person_id`)
	]
);

/**
 * People who live together and are helped together. What is known now stands here; how it came about
 * stands in `aid_household_events`.
 */
export const aidHouseholds = pgTable(
	'aid_households',
	{
		/** Made by the form or the phone, so that the same form twice is one household. */
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		eventId: uuid()
			.notNull()
			.references(() => aidEvents.id),
		siteId: uuid()
			.notNull()
			.references(() => aidSites.id),
		/** `7K3MQB`: to speak about it on the telephone. It opens nothing. */
		reference: text().notNull(),
		stay: text({ enum: stays }).notNull(),
		/** Where they are now, in words; for those with neighbours, with whom. */
		address: text().notNull().default(''),
		wardCode: text(),
		state: text({ enum: ['active', 'merged', 'closed'] })
			.notNull()
			.default('active'),
		mergedInto: uuid(),
		registeredBy: uuid().notNull(),
		registeredAt: instant().notNull()
	},
	(t) => [unique().on(t.eventId, t.reference), index().on(t.siteId)]
);

/**
 * Somebody in a household, with or without a document. Numbers are sealed; equality goes by keyed
 * indexes; lists show the last three digits. Names can be erased with their row.
 */
export const aidMembers = pgTable(
	'aid_members',
	{
		id: uuid().primaryKey(),
		householdId: uuid()
			.notNull()
			.references(() => aidHouseholds.id),
		isHead: boolean().notNull().default(false),
		relation: text({ enum: relations }).notNull(),
		given: text().notNull(),
		surname: text().notNull(),
		/** `1985-03-12`, or the year alone; null when nobody knows. */
		birth: text(),
		sex: text({ enum: sexes }),
		disability: boolean().notNull().default(false),
		documentKind: text({ enum: documentKinds }).notNull(),
		/** Why there is none. */
		documentReason: text().notNull().default(''),
		documentSealed: bytes(),
		documentIndex: text(),
		documentEnd: text().notNull().default(''),
		phoneSealed: bytes(),
		phoneIndex: text(),
		phoneEnd: text().notNull().default(''),
		/** How the name and the birth date were established. */
		nameFrom: text({ enum: ways }).notNull(),
		birthFrom: text({ enum: ways }).notNull(),
		/** Who vouches, where somebody does. */
		witness: text().notNull().default(''),
		addedAt: instant().notNull(),
		diedAt: instant()
	},
	(t) => [
		index().on(t.householdId),
		index().on(t.documentIndex),
		index().on(t.phoneIndex),
		uniqueIndex('one_head')
			.on(t.householdId)
			.where(sql`is_head`),
		// An empty number never equals another empty number: without a document there is no index at all.
		check('none_has_no_number', sql`(document_kind = 'none') = (document_index is null)`)
	]
);

/** What happened to a household: only grows. Ids and codes, no personal words. */
export const aidHouseholdEvents = pgTable(
	'aid_household_events',
	{
		id: uuid().primaryKey(),
		householdId: uuid()
			.notNull()
			.references(() => aidHouseholds.id),
		kind: text({
			enum: [
				'registered',
				'member_added',
				'assessed',
				'moved',
				'split_off',
				'split_from',
				'merged_into',
				'merged_from',
				'died',
				'card_issued',
				'card_replaced',
				'held_apart'
			]
		}).notNull(),
		facts: jsonb().$type<Record<string, string | number | null>>().notNull().default({}),
		actorId: uuid().notNull(),
		at: instant().notNull()
	},
	(t) => [index().on(t.householdId, t.at)]
);

/** What somebody found at a household: only grows; the newest counts. */
export const aidAssessments = pgTable(
	'aid_assessments',
	{
		id: uuid().primaryKey(),
		householdId: uuid()
			.notNull()
			.references(() => aidHouseholds.id),
		damage: text({ enum: damages }).notNull(),
		needs: text().array().$type<Need[]>().notNull(),
		foundBy: text({ enum: ways }).notNull(),
		assessedBy: uuid().notNull(),
		at: instant().notNull()
	},
	(t) => [index().on(t.householdId, t.at)]
);

/** The card of a household. One is valid; a lost one stays here, refused. */
export const aidCards = pgTable(
	'aid_cards',
	{
		id: uuid().primaryKey(),
		householdId: uuid()
			.notNull()
			.references(() => aidHouseholds.id),
		codeIndex: text().notNull().unique(),
		codeSealed: bytes().notNull(),
		issuedBy: uuid().notNull(),
		issuedAt: instant().notNull(),
		endedAt: instant(),
		endedBy: uuid(),
		reason: text({ enum: ['lost', 'damaged', 'stolen', 'merged', 'closed'] })
	},
	(t) => [
		uniqueIndex('one_valid_card')
			.on(t.householdId)
			.where(sql`ended_at is null`)
	]
);

/** Who is linked with a household, as they said themselves. Such a person never acts on it; only grows. */
export const aidLinks = pgTable(
	'aid_links',
	{
		id: uuid().primaryKey(),
		personId: uuid()
			.notNull()
			.references(() => people.id),
		householdId: uuid()
			.notNull()
			.references(() => aidHouseholds.id),
		at: instant().notNull()
	},
	(t) => [unique().on(t.personId, t.householdId)]
);

/** By what a household is found as a look-alike, made anew whenever it changes. */
export const aidMatches = pgTable(
	'aid_matches',
	{
		householdId: uuid()
			.primaryKey()
			.references(() => aidHouseholds.id, { onDelete: 'cascade' }),
		/** 32-bit hashes of what two who look alike would share (`likeness.ts`). */
		keys: integer().array().notNull(),
		facts: jsonb().$type<HouseholdFacts>().notNull()
	},
	(t) => [index('aid_matches_keys').using('gin', t.keys)]
);

/** Two households that look alike, and what a person decided about them. */
export const aidPairs = pgTable(
	'aid_pairs',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		eventId: uuid()
			.notNull()
			.references(() => aidEvents.id),
		/** The smaller id and the greater one: a pair stands here once. */
		firstId: uuid()
			.notNull()
			.references(() => aidHouseholds.id),
		secondId: uuid()
			.notNull()
			.references(() => aidHouseholds.id),
		score: real().notNull(),
		level: text({ enum: ['possible', 'duplicate'] }).notNull(),
		reasons: jsonb().$type<Reason[]>().notNull(),
		/** A fingerprint of what was compared: a dismissed pair comes back only when that changed. */
		compared: text().notNull(),
		state: text({ enum: ['open', 'same', 'different'] })
			.notNull()
			.default('open'),
		raisedAt: instant().notNull(),
		decidedBy: uuid(),
		decidedAt: instant(),
		/** Why, in the words of whoever decided. */
		words: text().notNull().default('')
	},
	(t) => [
		unique().on(t.firstId, t.secondId),
		index().on(t.eventId, t.state),
		check('in_order', sql`first_id < second_id`)
	]
);

/**
 * Every deed done in a role of relief, by whom. Only grows. The same triggers look at these rows, so
 * that a role given up does not clear what was done in it.
 */
export const aidActs = pgTable(
	'aid_acts',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		eventId: uuid()
			.notNull()
			.references(() => aidEvents.id),
		siteId: uuid().references(() => aidSites.id),
		programmeId: uuid().references(() => aidProgrammes.id),
		personId: uuid()
			.notNull()
			.references(() => people.id),
		role: text({ enum: aidRoles }).notNull(),
		/** The place it was done from; a councillor nominates without one. */
		assignmentId: uuid().references(() => aidAssignments.id),
		/** `household.registered`: as the audit log says it, without `aid_`. */
		deed: text().notNull(),
		/** What it was done to. */
		subjectId: uuid().notNull(),
		/** Whose household it concerns: nobody acts on their own. */
		householdId: uuid().references(() => aidHouseholds.id),
		at: instant().notNull()
	},
	(t) => [
		index().on(t.personId),
		index().on(t.subjectId),
		check('somewhere', sql`num_nonnulls(site_id, programme_id) > 0`)
	]
);
