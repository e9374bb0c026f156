import { eq } from 'drizzle-orm';
import * as v from 'valibot';
import { tellFollowers, type News as Told, type Subject } from '../../delivery/server/index.ts';
import { wardsOf } from '../../geography/server/index.ts';
import type { Db } from '../../platform/server/db.ts';
import { job } from '../../platform/server/jobs.ts';
import { shorten } from '../../platform/text.ts';
import { topicSubject } from '../topics.ts';
import type { News } from './find.ts';
import { news, newsCorrections } from './schema.ts';

/** Tells everyone who follows its wards or topics that news is public, was corrected or withdrawn. */
export const newsMoved = job({
	name: 'news-moved',
	payload: v.object({
		newsId: v.pipe(v.string(), v.uuid()),
		correctionId: v.optional(v.pipe(v.string(), v.uuid()))
	}),
	run: ({ db, now }, { newsId, correctionId }) => tellOfNews(db, newsId, correctionId, now)
});

/** Room for the rest of an SMS around it. */
const titleInMessage = 50;

type Said = Pick<Told, 'template' | 'facts' | 'words' | 'dedupe'>;

async function tellOfNews(db: Db, newsId: string, correctionId: string | undefined, now: Date) {
	const [piece] = await db.select().from(news).where(eq(news.id, newsId));
	if (!piece) return;
	const said = correctionId ? await saidOfCorrection(db, piece, correctionId) : saidOf(piece);
	if (!said) return;
	const about = {
		...said,
		municipalityId: piece.municipalityId,
		path: `/news/${piece.number}`,
		exceptPersonId: piece.writtenBy
	};
	// Whoever follows two of them is told once: the key of a message is what happened and to whom.
	for (const [subject, subjectId] of await subjectsOf(db, piece, now))
		await tellFollowers(db, { ...about, subject, subjectId }, now);
}

function saidOf({ id, state, title, words, withdrawnWhy }: News): Said | null {
	const what = shorten(title, titleInMessage);
	if (state === 'published')
		return { template: 'news.published', facts: { what }, words, dedupe: `${id}/published` };
	if (state !== 'withdrawn') return null;
	const facts = { what, reason: withdrawnWhy };
	return { template: 'news.withdrawn', facts, dedupe: `${id}/withdrawn` };
}

async function saidOfCorrection(db: Db, { title, words }: News, id: string): Promise<Said | null> {
	const [correction] = await db.select().from(newsCorrections).where(eq(newsCorrections.id, id));
	if (!correction) return null;
	const facts = { what: shorten(title, titleInMessage), reason: correction.why };
	return { template: 'news.corrected', facts, words, dedupe: id };
}

async function subjectsOf(
	db: Db,
	{ municipalityId, wardCodes, topics }: News,
	now: Date
): Promise<Array<[Subject, string]>> {
	const wards = wardCodes.length
		? wardCodes
		: (await wardsOf(db, municipalityId, now)).map(({ code }) => code);
	return [
		...wards.map((code): [Subject, string] => ['ward', code]),
		...topics.map((topic): [Subject, string] => ['topic', topicSubject(municipalityId, topic)])
	];
}
