import { sql } from 'drizzle-orm';
import { check, index, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { departments, municipalities, people } from '../../identity/server/schema.ts';
import { instant } from '../../platform/server/columns.ts';
import { eventKinds } from '../event.ts';
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
		at: instant().notNull()
	},
	(t) => [
		index().on(t.personId),
		index().on(t.subjectId),
		check('somewhere', sql`num_nonnulls(site_id, programme_id) > 0`)
	]
);
