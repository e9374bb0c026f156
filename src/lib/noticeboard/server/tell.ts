import { eq } from 'drizzle-orm';
import * as v from 'valibot';
import { openBroadcast, textsOf, type Subject } from '../../delivery/server/index.ts';
import type { Facts, TemplateCode } from '../../delivery/templates.ts';
import { wardsOf } from '../../geography/server/index.ts';
import { municipalityById } from '../../identity/server/index.ts';
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

interface Said {
	template: TemplateCode;
	facts: Facts;
	words?: string;
	deed: string;
	/** In the order in which it happened, whichever job runs first. */
	version: number;
}

async function tellOfNews(db: Db, newsId: string, correctionId: string | undefined, now: Date) {
	const [piece] = await db.select().from(news).where(eq(news.id, newsId));
	if (!piece) return;
	const said = correctionId ? await saidOfCorrection(db, piece, correctionId) : saidOf(piece);
	if (!said) return;
	const municipality = await municipalityById(db, piece.municipalityId);
	if (!municipality) return;
	const path = `/news/${piece.number}`;
	const rings = [await subjectsOf(db, piece, now)];
	// A correction and a withdrawal go to everybody who heard the first, too.
	await db.transaction((tx) =>
		openBroadcast(
			tx,
			{
				municipalityId: piece.municipalityId,
				subject: 'news',
				subjectId: piece.id,
				deed: `news/${said.deed}`,
				version: said.version,
				rings,
				corrects: said.template !== 'news.published',
				exceptPersonId: piece.writtenBy,
				path,
				template: said.template,
				texts: textsOf(municipality, { ...said, path })
			},
			now
		)
	);
}

function saidOf(piece: News): Said | null {
	const { id, state, title, words, withdrawnWhy } = piece;
	const what = shorten(title, titleInMessage);
	if (state === 'published') {
		const facts = { what };
		return { template: 'news.published', facts, words, deed: `${id}/published`, version: 1 };
	}
	if (state !== 'withdrawn') return null;
	return {
		template: 'news.withdrawn',
		facts: { what, reason: withdrawnWhy },
		deed: `${id}/withdrawn`,
		// The piece's own version was counted up by it: past every correction.
		version: 1 + piece.version
	};
}

async function saidOfCorrection(db: Db, { title, words }: News, id: string): Promise<Said | null> {
	const [correction] = await db.select().from(newsCorrections).where(eq(newsCorrections.id, id));
	if (!correction) return null;
	const facts = { what: shorten(title, titleInMessage), reason: correction.why };
	const version = 1 + correction.seq;
	return { template: 'news.corrected', facts, words, deed: id, version };
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
