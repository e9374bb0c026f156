import { eq } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { wardsOf } from '../../geography/server/index.ts';
import { isLanguage } from '../../i18n/languages.ts';
import type { Actor } from '../../identity/permissions.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { cleanLine, cleanText } from '../../platform/text.ts';
import { readTopics, textObstacle } from '../rules.ts';
import {
	lockNews,
	mustBePossible,
	mustWriteNews,
	nextNumber,
	refuse,
	type News,
	type NewsAt
} from './find.ts';
import { news } from './schema.ts';

export interface NewsFacts {
	title: string;
	words: string;
	/** The language it is written in. */
	language: string;
	topics: string[];
	/** The wards it is for; none is the whole municipality. */
	wardCodes: string[];
}

export interface NewNews extends NewsFacts {
	/** Made where it is written: sending it twice makes one. */
	id: string;
	municipalityId: string;
}

/**
 * Begins a piece of news: a draft that only its office sees.
 * @throws Refusal 404 for whoever does not write news here, 400 naming the field that is wrong
 */
export const writeNews = (db: Db, actor: Actor, facts: NewNews, now = new Date()): Promise<News> =>
	db.transaction(async (tx) => {
		const { id, municipalityId } = facts;
		mustWriteNews(actor, municipalityId);
		const [known] = await tx.select().from(news).where(eq(news.id, id));
		if (known && known.municipalityId !== municipalityId) throw notFound();
		if (known) return known;

		const [written] = await tx
			.insert(news)
			.values({
				...(await readFacts(tx, municipalityId, facts, now)),
				id,
				municipalityId,
				number: await nextNumber(tx, municipalityId),
				state: 'draft',
				writtenBy: actor.id,
				writtenByName: actor.name,
				createdAt: now,
				updatedAt: now
			})
			.returning();
		await note(tx, actor, written, 'news.written', now);
		return written;
	});

/** Changes a draft, or what waits for its hour. What is public is corrected instead. */
export const changeNews = (
	db: Db,
	actor: Actor,
	{ version, ...facts }: NewsAt & NewsFacts,
	now = new Date()
): Promise<News> =>
	db.transaction(async (tx) => {
		const before = await lockNews(tx, actor, facts);
		mustBePossible('edit', before, { version }, now);
		const change = await readFacts(tx, before.municipalityId, facts, now);
		const [after] = await tx
			.update(news)
			.set({ ...change, version: before.version + 1, updatedAt: now })
			.where(eq(news.id, before.id))
			.returning();
		await note(tx, actor, after, 'news.changed', now);
		return after;
	});

async function readFacts(tx: Db, municipalityId: string, facts: NewsFacts, now: Date) {
	const text = { title: cleanLine(facts.title), words: cleanText(facts.words) };
	const obstacle =
		textObstacle(text) ?? (isLanguage(facts.language) ? null : ('needs_a_language' as const));
	if (obstacle) throw refuse(obstacle);
	return {
		...text,
		language: facts.language,
		topics: readTopics(facts.topics),
		wardCodes: await knownWards(tx, municipalityId, facts.wardCodes, now)
	};
}

/** The wards among what was sent. @throws Refusal 400 for one that is not of this municipality today */
async function knownWards(tx: Db, municipalityId: string, wanted: string[], now: Date) {
	if (!wanted.length) return [];
	const codes = (await wardsOf(tx, municipalityId, now)).map(({ code }) => code);
	if (wanted.some((each) => !codes.includes(each)))
		throw new Refusal(400, 'Choose wards of this municipality, or none for all of it.', 'wards');
	return codes.filter((each) => wanted.includes(each));
}

/** Writes a deed on a piece of news down. Call it last. */
export const note = (
	tx: Db,
	actor: Actor | null,
	{ id, municipalityId, number }: News,
	deed: string,
	now: Date,
	details: Record<string, unknown> = {}
) =>
	record(
		tx,
		actor,
		{ municipalityId, deed, thing: 'news', thingId: id, details: { number, ...details } },
		now
	);
