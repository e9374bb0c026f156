import { sql } from 'drizzle-orm';
import {
	boolean,
	index,
	integer,
	pgTable,
	primaryKey,
	text,
	unique,
	uuid
} from 'drizzle-orm/pg-core';
import { municipalities, people } from '../../../identity/server/schema.ts';
import { bytes, instant } from '../../../platform/server/columns.ts';
import { endings, sayings } from '../../people.ts';
import { alerts, incidents } from '../schema.ts';

const incident = {
	municipalityId: () =>
		uuid()
			.notNull()
			.references(() => municipalities.id),
	incidentId: () =>
		uuid()
			.notNull()
			.references(() => incidents.id)
};

/** Append only but for the call that is answered: what people inside an area say of themselves. */
export const checkIns = pgTable(
	'alert_check_ins',
	{
		/** Made by the form: received twice, it happens once. */
		id: uuid().primaryKey(),
		municipalityId: incident.municipalityId(),
		incidentId: incident.incidentId(),
		/** Orders them; the newest of one person or phone counts. */
		seq: integer().notNull(),
		said: text({ enum: sayings }).notNull(),
		wardCode: text().notNull(),
		/** Fingerprint of the person or phone, for this incident alone. */
		whoIndex: text().notNull(),
		/** Fingerprint of the network, for this incident alone; null where it is not known. */
		networkIndex: text(),
		/** Somebody who was signed in. */
		signedIn: boolean().notNull().default(false),
		people: integer().notNull().default(1),
		/** Of a call for help: place, words, phone. */
		needSealed: bytes(),
		at: instant().notNull(),
		takenBy: uuid(),
		takenByName: text().notNull().default(''),
		takenAt: instant(),
		ending: text({ enum: endings }),
		endedAt: instant()
	},
	(t) => [
		unique().on(t.incidentId, t.seq),
		index().on(t.incidentId, t.whoIndex),
		index()
			.on(t.incidentId, t.seq)
			.where(sql`said = 'help' and ended_at is null`)
	]
);

/** Where somebody goes from door to door, because not everybody could be reached. */
export const doors = pgTable(
	'alert_doors',
	{
		id: uuid().primaryKey(),
		municipalityId: incident.municipalityId(),
		incidentId: incident.incidentId(),
		place: text().notNull(),
		/** Somebody of the register of those who need a hand: read there, and gone with them. */
		handOf: uuid(),
		takenBy: uuid(),
		takenByName: text().notNull().default(''),
		takenAt: instant(),
		doneAt: instant()
	},
	(t) => [unique().on(t.incidentId, t.place)]
);

/** Who needs a hand to leave, by their own will and for warnings alone. */
export const hands = pgTable(
	'alert_hands',
	{
		municipalityId: incident.municipalityId(),
		personId: uuid()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		wardCode: text().notNull(),
		people: integer().notNull(),
		/** Place, what they need, phone. */
		sealed: bytes().notNull(),
		keptAt: instant().notNull()
	},
	(t) => [
		primaryKey({ columns: [t.municipalityId, t.personId] }),
		index().on(t.municipalityId, t.wardCode)
	]
);

/** Append only: who opened the register for which incident. */
export const handOpenings = pgTable(
	'alert_hand_openings',
	{
		incidentId: incident.incidentId(),
		personId: uuid().notNull(),
		at: instant().notNull()
	},
	(t) => [primaryKey({ columns: [t.incidentId, t.personId] })]
);

/** Who lets their family ask about them, for one incident. */
export const familyConsents = pgTable(
	'alert_family',
	{
		/** The check-in they allowed it with: their newest word alone counts. */
		checkInId: uuid()
			.primaryKey()
			.references(() => checkIns.id, { onDelete: 'cascade' }),
		incidentId: incident.incidentId(),
		/** Fingerprint of first name and number together, for this incident alone. */
		knownBy: text().notNull(),
		/** Whose account it was: concealed later, they are answered for no more. */
		personId: uuid()
	},
	(t) => [index().on(t.incidentId, t.knownBy)]
);

/** A code by which a neighbour finds somebody: one each, gone once it was used. */
export const neighbourCodes = pgTable(
	'alert_neighbour_codes',
	{
		personId: uuid()
			.primaryKey()
			.references(() => people.id, { onDelete: 'cascade' }),
		municipalityId: incident.municipalityId(),
		/** Fingerprint of the code. */
		codeIndex: text().notNull().unique(),
		/** The code, to show it again to whoever made it. */
		sealed: bytes().notNull(),
		expiresAt: instant().notNull()
	},
	(t) => [index().on(t.municipalityId)]
);

/** Who looks after whom on the day: a row for each of the two, so that either is found by their own. */
export const neighbours = pgTable(
	'alert_neighbours',
	{
		municipalityId: incident.municipalityId(),
		personId: uuid()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		otherId: uuid()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		madeAt: instant().notNull()
	},
	(t) => [
		primaryKey({ columns: [t.municipalityId, t.personId, t.otherId] }),
		index().on(t.personId),
		index().on(t.otherId)
	]
);

/** Who was asked to knock for which version of a warning, so that nobody is asked twice; gone with either of them. */
export const neighbourCalls = pgTable(
	'alert_neighbour_calls',
	{
		alertId: uuid()
			.notNull()
			.references(() => alerts.id),
		municipalityId: incident.municipalityId(),
		/** Who has not answered. */
		personId: uuid()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		/** Who is asked to knock. */
		otherId: uuid()
			.notNull()
			.references(() => people.id, { onDelete: 'cascade' }),
		at: instant().notNull()
	},
	(t) => [
		primaryKey({ columns: [t.alertId, t.personId, t.otherId] }),
		index().on(t.personId),
		index().on(t.otherId)
	]
);
