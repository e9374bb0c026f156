import { eq } from 'drizzle-orm';
import type { Actor } from '../../identity/permissions.ts';
import { notFound } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { enqueue } from '../../platform/server/jobs.ts';
import { cleanLine, cleanText } from '../../platform/text.ts';
import type { NewsText } from '../rules.ts';
import { lockNews, mustBePossible, type News, type NewsAt } from './find.ts';
import { newsMoved } from './tell.ts';
import { news, newsCorrections } from './schema.ts';
import { note } from './write.ts';

/**
 * Puts right what is public: new words, with the old ones, the day and the reason kept for everyone to
 * read, and told to those who were told the old ones. The same deed sent twice is one correction.
 */
export const correctNews = (
	db: Db,
	actor: Actor,
	{ version, deedId, ...facts }: NewsAt & NewsText & { why: string; deedId: string },
	now = new Date()
): Promise<News> =>
	db.transaction(async (tx) => {
		const before = await lockNews(tx, actor, facts);
		const [done] = await tx
			.select({ newsId: newsCorrections.newsId })
			.from(newsCorrections)
			.where(eq(newsCorrections.id, deedId));
		if (done && done.newsId !== before.id) throw notFound();
		if (done) return before;

		const text = { title: cleanLine(facts.title), words: cleanText(facts.words) };
		const why = cleanText(facts.why);
		mustBePossible('correct', before, { version, ...text, why }, now);
		await tx.insert(newsCorrections).values({
			id: deedId,
			municipalityId: before.municipalityId,
			newsId: before.id,
			seq: before.version,
			oldTitle: before.title,
			oldWords: before.words,
			why,
			by: actor.id,
			byName: actor.name,
			at: now
		});
		const [after] = await tx
			.update(news)
			.set({ ...text, correctedAt: now, version: before.version + 1, updatedAt: now })
			.where(eq(news.id, before.id))
			.returning();
		await enqueue(tx, newsMoved, { newsId: after.id, correctionId: deedId }, { key: deedId });
		await note(tx, actor, after, 'news.corrected', now, { correction: deedId });
		return after;
	});

/** Takes public news down: its title and the reason stay, its words are no longer shown. */
export const withdrawNews = (
	db: Db,
	actor: Actor,
	{ version, why, ...which }: NewsAt & { why: string },
	now = new Date()
): Promise<News> =>
	db.transaction(async (tx) => {
		const before = await lockNews(tx, actor, which);
		if (before.state === 'withdrawn') return before;
		const reason = cleanText(why);
		mustBePossible('withdraw', before, { version, why: reason }, now);
		const [after] = await tx
			.update(news)
			.set({
				state: 'withdrawn',
				withdrawnAt: now,
				withdrawnWhy: reason,
				version: before.version + 1,
				updatedAt: now
			})
			.where(eq(news.id, before.id))
			.returning();
		await enqueue(tx, newsMoved, { newsId: after.id }, { key: `${after.id}/withdrawn` });
		await note(tx, actor, after, 'news.withdrawn', now);
		return after;
	});

/** Throws a draft away: nobody but its office ever saw it. */
export const discardNews = (
	db: Db,
	actor: Actor,
	{ version, ...which }: NewsAt,
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		const before = await lockNews(tx, actor, which);
		mustBePossible('discard', before, { version }, now);
		await tx.delete(news).where(eq(news.id, before.id));
		await note(tx, actor, before, 'news.discarded', now);
	});
