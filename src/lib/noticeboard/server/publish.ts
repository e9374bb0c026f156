import { and, asc, eq, lte } from 'drizzle-orm';
import type { Actor } from '../../identity/permissions.ts';
import { municipalityById } from '../../identity/server/index.ts';
import type { Db } from '../../platform/server/db.ts';
import { enqueue } from '../../platform/server/jobs.ts';
import { atWallTime } from '../../platform/time.ts';
import { lockNews, mustBePossible, type News, type NewsAt } from './find.ts';
import { newsMoved } from './tell.ts';
import { news } from './schema.ts';
import { note } from './write.ts';

/**
 * Makes a piece of news public, and tells those who follow its wards and topics.
 * Doing it twice is doing it once.
 */
export const publishNews = (
	db: Db,
	actor: Actor,
	{ version, ...which }: NewsAt,
	now = new Date()
): Promise<News> =>
	db.transaction(async (tx) => {
		const before = await lockNews(tx, actor, which);
		if (before.state === 'published') return before;
		mustBePossible('publish', before, { version }, now);
		const after = await makePublic(tx, before, now);
		await note(tx, actor, after, 'news.published', now);
		return after;
	});

/**
 * Lets a piece of news become public by itself.
 * @param when `2026-11-24T07:00` on the clock of the municipality
 */
export const scheduleNews = (
	db: Db,
	actor: Actor,
	{ version, when, ...which }: NewsAt & { when: string },
	now = new Date()
): Promise<News> =>
	db.transaction(async (tx) => {
		const before = await lockNews(tx, actor, which);
		const municipality = await municipalityById(tx, before.municipalityId);
		const at = atWallTime(when, municipality?.timezone);
		mustBePossible('schedule', before, { version, at }, now);
		const [after] = await tx
			.update(news)
			.set({
				state: 'scheduled',
				publishAt: at,
				version: before.version + 1,
				updatedAt: now
			})
			.where(eq(news.id, before.id))
			.returning();
		await note(tx, actor, after, 'news.scheduled', now, { at: at?.toISOString() });
		return after;
	});

/** Takes a piece of news out of the queue: it is a draft again. */
export const unscheduleNews = (
	db: Db,
	actor: Actor,
	{ version, ...which }: NewsAt,
	now = new Date()
): Promise<News> =>
	db.transaction(async (tx) => {
		const before = await lockNews(tx, actor, which);
		mustBePossible('unschedule', before, { version }, now);
		const [after] = await tx
			.update(news)
			.set({ state: 'draft', publishAt: null, version: before.version + 1, updatedAt: now })
			.where(eq(news.id, before.id))
			.returning();
		await note(tx, actor, after, 'news.unscheduled', now);
		return after;
	});

/** Publishes whatever waited for this hour, each in a transaction of its own. Answers with how many. */
export async function publishDueNews(db: Db, now = new Date()): Promise<number> {
	const waiting = and(eq(news.state, 'scheduled'), lte(news.publishAt, now));
	const due = await db
		.select({ id: news.id })
		.from(news)
		.where(waiting)
		.orderBy(asc(news.publishAt))
		.limit(200);
	let published = 0;
	for (const { id } of due)
		await db.transaction(async (tx) => {
			const [before] = await tx
				.select()
				.from(news)
				.where(and(eq(news.id, id), waiting))
				.for('update', { skipLocked: true });
			if (!before) return;
			await note(tx, null, await makePublic(tx, before, now), 'news.published', now, {
				scheduled: true
			});
			published++;
		});
	return published;
}

async function makePublic(tx: Db, before: News, now: Date): Promise<News> {
	const [after] = await tx
		.update(news)
		.set({ state: 'published', publishedAt: now, version: before.version + 1, updatedAt: now })
		.where(eq(news.id, before.id))
		.returning();
	await enqueue(tx, newsMoved, { newsId: after.id }, { key: `${after.id}/published` });
	return after;
}
