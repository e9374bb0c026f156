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
	uuid
} from 'drizzle-orm/pg-core';
import { bytes, instant } from '../../platform/server/columns.ts';
import { departments, municipalities } from '../../identity/server/schema.ts';
import { states, type EventFacts } from '../rules.ts';

/** The municipality's work on one issue or suggestion: one row to read, moved in the transaction of each event. */
export const cases = pgTable(
	'cases',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		track: text({ enum: ['issue', 'suggestion'] }).notNull(),
		/** The issue or suggestion this is the work on; the subject's own domain knows its words. */
		subjectId: uuid().notNull().unique(),
		reference: text().notNull().unique(),
		serviceId: uuid(),
		priority: text({ enum: ['emergency', 'high', 'normal', 'low'] })
			.notNull()
			.default('normal'),
		state: text({ enum: states }).notNull(),
		stateSince: instant().notNull(),
		/** Why it stands where it stands: pause, decline or withdrawal reason, a code. */
		reason: text(),
		departmentId: uuid().references(() => departments.id),
		assigneeId: uuid(),
		/** The ward it was raised in, and the ward that ground lies in today. */
		wardCode: text(),
		currentWardCode: text(),
		/** Grows with every event: a write names the version it was based on. */
		version: integer().notNull(),
		lastHash: text().notNull(),
		openedAt: instant().notNull(),
		acknowledgedAt: instant(),
		firstReplyAt: instant(),
		claimedAt: instant(),
		closedAt: instant(),
		verifiedAt: instant(),
		reopenedCount: integer().notNull().default(0),
		lastEventAt: instant().notNull(),
		/** The resident or a colleague asked the councillor, and no public or private answer came yet. */
		councillorAskedAt: instant(),
		councillorAnsweredAt: instant(),
		escalatedAt: instant(),
		/** The next promise that is not yet kept, as its clock shows it; empty while it stands still. */
		dueAt: instant(),
		/** The case that leads the job, while this one is part of it. */
		mergedIntoId: uuid(),
		/** How many other cases are part of the job this one leads. */
		parts: integer().notNull().default(0),
		/** Hidden by moderation: nobody but staff who moderate sees it. */
		hidden: boolean().notNull().default(false),
		private: boolean().notNull().default(false)
	},
	(t) => [
		index().on(t.municipalityId, t.departmentId, t.state),
		index().on(t.municipalityId, t.currentWardCode, t.state),
		index().on(t.municipalityId, t.state, t.openedAt),
		index().on(t.municipalityId, t.dueAt),
		index().on(t.municipalityId, t.assigneeId),
		index()
			.on(t.mergedIntoId)
			.where(sql`${t.mergedIntoId} is not null`)
	]
);

/** Many reports, one job: what the public calls it, by the case that leads it. */
export const caseJobs = pgTable(
	'case_jobs',
	{
		caseId: uuid()
			.primaryKey()
			.references(() => cases.id),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		title: text().notNull(),
		openedBy: uuid(),
		openedAt: instant().notNull(),
		/** Every report has left it again. */
		endedAt: instant()
	},
	(t) => [index().on(t.municipalityId, t.openedAt)]
);

/** Append only, hash-chained within the case. Facts are ids and codes; words stand beside, erasable. */
export const caseEvents = pgTable(
	'case_events',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		caseId: uuid()
			.notNull()
			.references(() => cases.id),
		seq: integer().notNull(),
		kind: text().notNull(),
		actorId: uuid(),
		/** In which capacity: a role, `reporter`, `supporter`, `system`. */
		actorRole: text().notNull(),
		channel: text().notNull().default('web'),
		occurredAt: instant().notNull(),
		recordedAt: instant().notNull(),
		/** Made where the deed was done: sending twice changes nothing. */
		deedId: uuid().notNull(),
		policyVersion: integer().notNull().default(1),
		/** public: everyone; private: reporter and staff; internal: staff. */
		visibility: text({ enum: ['public', 'private', 'internal'] }).notNull(),
		stateFrom: text({ enum: states }),
		stateTo: text({ enum: states }),
		facts: jsonb().$type<EventFacts>().notNull(),
		/** SHA-256(salt ‖ text) of the words beside this event, or empty. */
		textHash: text().notNull().default(''),
		prevHash: text().notNull(),
		hash: text().notNull()
	},
	(t) => [
		unique().on(t.caseId, t.seq),
		unique().on(t.caseId, t.deedId),
		index().on(t.municipalityId, t.occurredAt)
	]
);

/** What was written with an event. Can be erased together with its salt; the chain still verifies. */
export const caseWords = pgTable('case_words', {
	eventId: uuid()
		.primaryKey()
		.references(() => caseEvents.id),
	municipalityId: uuid()
		.notNull()
		.references(() => municipalities.id),
	text: text(),
	/** What is shown instead, after moderation edited it. */
	shownText: text(),
	hidden: boolean().notNull().default(false),
	language: text().notNull().default('en'),
	salt: bytes(),
	erasedAt: instant()
});

/** Ready answers: by department, service and the state they go with. Two texts: public, and for the reporter alone. */
export const replyTemplates = pgTable(
	'reply_templates',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		departmentId: uuid(),
		serviceId: uuid(),
		state: text({ enum: states }),
		name: text().notNull(),
		text: text().notNull(),
		language: text().notNull().default('en'),
		active: boolean().notNull().default(true)
	},
	(t) => [index().on(t.municipalityId)]
);

/** Who has a case open right now, so that two people see each other. */
export const caseViewers = pgTable(
	'case_viewers',
	{
		caseId: uuid()
			.notNull()
			.references(() => cases.id, { onDelete: 'cascade' }),
		personId: uuid().notNull(),
		municipalityId: uuid().notNull(),
		seenAt: instant().notNull()
	},
	(t) => [primaryKey({ columns: [t.caseId, t.personId] })]
);

/** Answers to "is it fixed?", one per person or device. */
export const confirmations = pgTable(
	'confirmations',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		caseId: uuid()
			.notNull()
			.references(() => cases.id),
		/** Which claim is answered: the event of `resolved_claimed`. */
		claimEventId: uuid().notNull(),
		/** Fingerprint of who answered: person, contact or device. */
		byWhom: text().notNull(),
		as: text({ enum: ['reporter', 'supporter'] }).notNull(),
		fixed: boolean().notNull(),
		at: instant().notNull()
	},
	(t) => [unique().on(t.claimEventId, t.byWhom), index().on(t.municipalityId, t.caseId)]
);
