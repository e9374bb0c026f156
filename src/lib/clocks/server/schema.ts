import { boolean, index, integer, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { departments, municipalities } from '../../identity/server/schema.ts';
import { instant } from '../../platform/server/columns.ts';
import type { WeekFile } from '../calendar-file.ts';
import { targetNames } from '../clock.ts';
import { ladderLevels } from '../ladder.ts';
import type { Promised } from '../policy.ts';
import type { Reason } from '../reason.ts';

/**
 * When a department works, or the whole municipality. A row is one
 * version and never changes but to end: what was promised under it can always be explained.
 */
export const calendars = pgTable(
	'clock_calendars',
	{
		id: uuid().primaryKey(),
		/** The same through all its versions. */
		calendarId: uuid().notNull(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		/** Whose hours they are; none: those of every department without its own. */
		departmentId: uuid().references(() => departments.id),
		name: text().notNull(),
		timezone: text().notNull(),
		week: jsonb().$type<WeekFile>().notNull(),
		publicHolidays: boolean().notNull().default(true),
		since: instant().notNull(),
		until: instant()
	},
	(t) => [index().on(t.municipalityId), unique().on(t.calendarId, t.since)]
);

/** Days on which nobody works and that no rule knows: election days, days of mourning, a closed office. */
export const proclaimedDays = pgTable(
	'clock_days',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		/** `2026-11-04` on the municipality's clock. */
		day: text().notNull(),
		name: text().notNull(),
		since: instant().notNull(),
		until: instant()
	},
	(t) => [index().on(t.municipalityId)]
);

/** What is promised for a service, a priority and a segment; empty ones mean all. A row is one version. */
export const agreements = pgTable(
	'clock_agreements',
	{
		id: uuid().primaryKey(),
		/** The same through all its versions. */
		agreementId: uuid().notNull(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		serviceId: uuid(),
		priority: text({ enum: ['emergency', 'high', 'normal', 'low'] }),
		/** What the wards are called together, such as “farms”; none: everybody. */
		segment: text(),
		wardCodes: text().array().notNull().default([]),
		acknowledge: jsonb().$type<Promised>(),
		reply: jsonb().$type<Promised>(),
		resolve: jsonb().$type<Promised>(),
		since: instant().notNull(),
		until: instant()
	},
	(t) => [index().on(t.municipalityId), unique().on(t.agreementId, t.since)]
);

/**
 * What departments promise each other: whoever was given a case is done with it so much of their
 * working time before the residents' promise. A row never changes but to end.
 */
export const internals = pgTable(
	'clock_internals',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		/** Who was given it, and by whom; none: by whichever department. */
		departmentId: uuid()
			.notNull()
			.references(() => departments.id),
		forDepartmentId: uuid().references(() => departments.id),
		/** None: every service. */
		serviceId: uuid(),
		minutes: integer().notNull(),
		since: instant().notNull(),
		until: instant()
	},
	(t) => [index().on(t.municipalityId)]
);

/** What the clock of a case shows: made again from its events whenever one moves it. */
export const caseClocks = pgTable(
	'case_clocks',
	{
		caseId: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		/** The versions it was reckoned by. */
		agreement: uuid()
			.notNull()
			.references(() => agreements.id),
		calendar: uuid()
			.notNull()
			.references(() => calendars.id),
		startedAt: instant().notNull(),
		acknowledgeDue: instant(),
		acknowledgedAt: instant(),
		replyDue: instant(),
		repliedAt: instant(),
		resolveDue: instant(),
		/** Said to be done, or at its end otherwise; empty again when it was opened again. */
		endedAt: instant(),
		/** Standing still since then. */
		pausedAt: instant(),
		/** When the next rung of its ladder is told. */
		nextClimb: instant(),
		/** The earliest promise that is not yet kept. */
		nextDue: instant(),
		nextTarget: text({ enum: targetNames }),
		/** By when the department that was given it owes its part to the one that gave it, and by which agreement. */
		partDue: instant(),
		partBy: uuid(),
		reasons: jsonb().$type<Partial<Record<(typeof targetNames)[number], Reason>>>().notNull()
	},
	(t) => [index().on(t.municipalityId, t.nextDue), index().on(t.nextClimb)]
);

/** Steps of a ladder: who hears of a promise that is not kept, and when. A row is one version. */
export const ladderRungs = pgTable(
	'clock_rungs',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		/** None: every service without a ladder of its own. */
		serviceId: uuid(),
		percent: integer().notNull(),
		level: text({ enum: ladderLevels }).notNull(),
		copyCouncillor: boolean().notNull().default(false),
		since: instant().notNull(),
		until: instant()
	},
	(t) => [index().on(t.municipalityId)]
);

/** Rungs that a case has climbed: each once. */
export const caseClimbs = pgTable(
	'case_climbs',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		caseId: uuid().notNull(),
		rung: uuid()
			.notNull()
			.references(() => ladderRungs.id),
		level: text({ enum: ladderLevels }).notNull(),
		/** When so much of the promised time was used up, and when it was told. */
		dueAt: instant().notNull(),
		at: instant().notNull(),
		/** Somebody answered, in words that the reporter reads. */
		answeredAt: instant()
	},
	(t) => [unique().on(t.caseId, t.rung), index().on(t.municipalityId, t.answeredAt)]
);

/** Every time a promise moved for another reason than time standing still. Only grows. */
export const clockChanges = pgTable(
	'clock_changes',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		caseId: uuid().notNull(),
		at: instant().notNull(),
		fromAgreement: uuid().notNull(),
		toAgreement: uuid().notNull(),
		fromCalendar: uuid().notNull(),
		toCalendar: uuid().notNull(),
		fromDue: instant(),
		toDue: instant(),
		/** How far `case_events` had come. */
		seq: integer().notNull()
	},
	(t) => [index().on(t.municipalityId, t.caseId)]
);
