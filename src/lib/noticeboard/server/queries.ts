import { and, asc, count, desc, eq, sql, type SQL } from 'drizzle-orm';
import type { Actor } from '../../identity/permissions.ts';
import { notFound } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import type { NewsState } from '../rules.ts';
import type { Topic } from '../topics.ts';
import { mustWriteNews } from './find.ts';
import { news, newsCorrections } from './schema.ts';

export interface NewsFilter {
	wardCode?: string;
	topic?: Topic;
}

/** What everyone may read, narrowed to a ward (its own news and everybody's) and a topic. */
const shown = (municipalityId: string, { wardCode, topic }: NewsFilter): SQL | undefined =>
	and(
		eq(news.municipalityId, municipalityId),
		eq(news.state, 'published'),
		wardCode ? sql`(${news.wardCodes} = '{}' or ${wardCode} = any(${news.wardCodes}))` : undefined,
		topic ? sql`${topic} = any(${news.topics})` : undefined
	);

const inList = {
	number: news.number,
	title: news.title,
	words: sql<string>`left(${news.words}, 240)`,
	language: news.language,
	topics: news.topics,
	wardCodes: news.wardCodes,
	publishedAt: sql<Date>`${news.publishedAt}`.mapWith(news.publishedAt),
	correctedAt: news.correctedAt
};

export type NewsSummary = Awaited<ReturnType<typeof listNews>>[number];

/** Public news, the newest first. */
export const listNews = (
	db: Db,
	municipalityId: string,
	filter: NewsFilter = {},
	{ limit = 15, offset = 0 } = {}
) =>
	db
		.select(inList)
		.from(news)
		.where(shown(municipalityId, filter))
		.orderBy(desc(news.publishedAt), desc(news.number))
		.limit(limit)
		.offset(offset);

export async function countNews(db: Db, municipalityId: string, filter: NewsFilter = {}) {
	const [{ n }] = await db.select({ n: count() }).from(news).where(shown(municipalityId, filter));
	return n;
}

/**
 * One piece of public news with every correction, newest first. Withdrawn news keeps its title and the
 * reason; its words, and what they said before, are no longer told.
 * @throws Refusal 404 for drafts, what waits, and what is not there
 */
export async function getNews(db: Db, municipalityId: string, number: number) {
	const [found] = await db
		.select()
		.from(news)
		.where(and(eq(news.municipalityId, municipalityId), eq(news.number, number)));
	if (!found?.publishedAt) throw notFound();
	const withdrawn = found.state === 'withdrawn';
	return {
		id: found.id,
		number: found.number,
		title: found.title,
		language: found.language,
		words: withdrawn ? '' : found.words,
		topics: found.topics,
		wardCodes: found.wardCodes,
		writtenByName: found.writtenByName,
		publishedAt: found.publishedAt,
		withdrawn: withdrawn && {
			at: found.withdrawnAt ?? found.updatedAt,
			why: found.withdrawnWhy
		},
		corrections: withdrawn ? [] : await correctionsOf(db, found.id)
	};
}

const correctionsOf = (db: Db, newsId: string) =>
	db
		.select()
		.from(newsCorrections)
		.where(eq(newsCorrections.newsId, newsId))
		.orderBy(desc(newsCorrections.seq));

/** All news of a municipality for its office: what is being written first, then the newest. */
export async function newsForOffice(
	db: Db,
	actor: Actor,
	municipalityId: string,
	state: NewsState | null = null
) {
	mustWriteNews(actor, municipalityId);
	return db
		.select()
		.from(news)
		.where(and(eq(news.municipalityId, municipalityId), state ? eq(news.state, state) : undefined))
		.orderBy(
			sql`array_position(array['scheduled','draft','published','withdrawn'], ${news.state})`,
			sql`case when ${news.state} = 'scheduled' then ${news.publishAt} end asc`,
			desc(sql`coalesce(${news.publishedAt}, ${news.updatedAt})`)
		)
		.limit(200);
}

/** One piece of news with everything the office knows of it; 404 for whoever does not write news here. */
export async function newsToWrite(db: Db, actor: Actor, municipalityId: string, number: number) {
	mustWriteNews(actor, municipalityId);
	const [found] = await db
		.select()
		.from(news)
		.where(and(eq(news.municipalityId, municipalityId), eq(news.number, number)));
	if (!found) throw notFound();
	const corrections = await db
		.select()
		.from(newsCorrections)
		.where(eq(newsCorrections.newsId, found.id))
		.orderBy(asc(newsCorrections.seq));
	return { ...found, corrections };
}
