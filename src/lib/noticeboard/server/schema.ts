import { sql } from 'drizzle-orm';
import { index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../platform/server/columns.ts';
import { municipalities } from '../../identity/server/schema.ts';
import { newsStates } from '../rules.ts';
import type { Topic } from '../topics.ts';

/** What the municipality tells its residents. Who wrote it is copied: people leave, news stays. */
export const news = pgTable(
	'news',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		number: integer().notNull(),
		state: text({ enum: newsStates }).notNull(),
		/** What it is written in: readers hear it in the right voice. */
		language: text().notNull(),
		title: text().notNull(),
		words: text().notNull(),
		topics: text()
			.array()
			.$type<Topic[]>()
			.notNull()
			.default(sql`'{}'`),
		/** The wards it is for; none is the whole municipality. */
		wardCodes: text()
			.array()
			.notNull()
			.default(sql`'{}'`),
		writtenBy: uuid().notNull(),
		writtenByName: text().notNull(),
		/** When it shall become public by itself. */
		publishAt: instant(),
		publishedAt: instant(),
		correctedAt: instant(),
		withdrawnAt: instant(),
		withdrawnWhy: text().notNull().default(''),
		version: integer().notNull().default(1),
		createdAt: instant().notNull(),
		updatedAt: instant().notNull()
	},
	(t) => [
		unique().on(t.municipalityId, t.number),
		index().on(t.municipalityId, t.state, t.publishedAt),
		index().on(t.state, t.publishAt)
	]
);

/** Append only: what a piece of news said before it was corrected, and what was wrong with it. */
export const newsCorrections = pgTable(
	'news_corrections',
	{
		id: uuid().primaryKey(),
		municipalityId: uuid()
			.notNull()
			.references(() => municipalities.id),
		newsId: uuid()
			.notNull()
			.references(() => news.id),
		seq: integer().notNull(),
		oldTitle: text().notNull(),
		oldWords: text().notNull(),
		why: text().notNull(),
		by: uuid().notNull(),
		byName: text().notNull(),
		at: instant().notNull()
	},
	(t) => [unique().on(t.newsId, t.seq)]
);
