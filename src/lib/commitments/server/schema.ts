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
import { instant } from '../../platform/server/columns.ts';
import { cases } from '../../cases/server/schema.ts';
import { departments, municipalities, people } from '../../identity/server/schema.ts';
import { roles } from '../../identity/permissions.ts';
import type { WardFigures } from '../report-back.ts';
import { heardCodes } from '../answers.ts';
import { commitmentStates } from '../rules.ts';

/** A promise everyone can follow: who, what, by when. What was promised is copied, not joined. */
export const commitments = pgTable(
	'commitments',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		number: integer().notNull(),
		wardCode: text(),
		/** The councillor, or the head of department, who promised, by name at that time. */
		promisedBy: uuid()
			.notNull()
			.references(() => people.id),
		promisedByName: text().notNull(),
		/** The office it was promised in: a councillor's word does not bind a department. */
		promisedAs: text({ enum: roles }).notNull(),
		departmentId: uuid().references(() => departments.id),
		what: text().notNull(),
		/** How anyone will see that it was kept. */
		evidence: text().notNull().default(''),
		state: text({ enum: commitmentStates }).notNull(),
		/** 0 to 100, as told by whoever promised. */
		progress: integer().notNull().default(0),
		dueAt: instant().notNull(),
		firstDueAt: instant().notNull(),
		slips: integer().notNull().default(0),
		promisedAt: instant().notNull(),
		settledAt: instant(),
		followerCount: integer().notNull().default(0),
		version: integer().notNull().default(1)
	},
	(t) => [
		unique().on(t.municipalityId, t.number),
		index().on(t.municipalityId, t.wardCode, t.state),
		index().on(t.promisedBy)
	]
);

/** Append only: promised, started, reported, slipped (with the old date), kept, broken. */
export const commitmentEvents = pgTable(
	'commitment_events',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		commitmentId: uuid()
			.notNull()
			.references(() => commitments.id),
		seq: integer().notNull(),
		kind: text().notNull(),
		actorId: uuid().notNull(),
		occurredAt: instant().notNull(),
		recordedAt: instant().notNull(),
		facts: jsonb().$type<Record<string, unknown>>().notNull(),
		/** Public words of an office-bearer: part of the record. */
		words: text().notNull().default(''),
		deedId: uuid().notNull()
	},
	(t) => [unique().on(t.commitmentId, t.seq), unique().on(t.commitmentId, t.deedId)]
);

/** The issues and suggestions a promise answers. */
export const commitmentIssues = pgTable(
	'commitment_issues',
	{
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		commitmentId: uuid()
			.notNull()
			.references(() => commitments.id),
		issueId: uuid().notNull()
	},
	(t) => [primaryKey({ columns: [t.commitmentId, t.issueId] }), index().on(t.issueId)]
);

/** What a councillor told a ward about a quarter: figures as they stood that day, and their own words. */
export const reportBacks = pgTable(
	'report_backs',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		wardCode: text().notNull(),
		/** `2026-Q4`: quarters of the calendar year. */
		quarter: text().notNull(),
		personId: uuid()
			.notNull()
			.references(() => people.id),
		personName: text().notNull(),
		figures: jsonb().$type<WardFigures>().notNull(),
		words: text().notNull(),
		publishedAt: instant().notNull()
	},
	(t) => [
		unique().on(t.municipalityId, t.wardCode, t.quarter, t.personId),
		index().on(t.municipalityId, t.wardCode, t.publishedAt)
	]
);

/** What whoever asked a councillor something says came of it: the latest they said. No name stands here. */
export const heardAnswers = pgTable(
	'heard_answers',
	{
		caseId: uuid()
			.primaryKey()
			.references(() => cases.id),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		heard: text({ enum: heardCodes }).notNull(),
		/** The first time they wrote to somebody elected; null where they did not say. */
		firstTime: boolean(),
		at: instant().notNull()
	},
	(t) => [index().on(t.municipalityId, t.at)]
);

/** What a councillor says to their record, for everybody: the newest holds, an empty one takes it back. */
export const recordReplies = pgTable(
	'record_replies',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		personId: uuid()
			.notNull()
			.references(() => people.id),
		words: text().notNull(),
		at: instant().notNull()
	},
	(t) => [index().on(t.municipalityId, t.personId, t.at)]
);
