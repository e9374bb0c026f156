import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import sharp from 'sharp';
import { cases } from '../../cases/server/schema.ts';
import { stateWords } from '../../cases/wording.ts';
import { commitments } from '../../commitments/server/schema.ts';
import { commitmentNumber } from '../../commitments/rules.ts';
import { commitmentWords } from '../../commitments/wording.ts';
import { m } from '../../i18n/index.ts';
import { isPublic } from '../../issues/server/index.ts';
import { issues } from '../../issues/server/schema.ts';
import { news } from '../../noticeboard/server/schema.ts';
import { notFound } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { day } from '../../platform/time.ts';
import { drawCard, type Card } from '../card.ts';
import { readShared, type Shared } from '../paths.ts';

type Said = Omit<Card, 'municipality'>;

/** Pictures that were drawn, the least recently asked for first: a link is opened by many at once. */
const drawn = new Map<string, Promise<Buffer>>();
const mostDrawn = 60;

/** A picture of a public page, under the name of what it shows. */
export interface Picture {
	etag: string;
	png: () => Promise<Buffer>;
}

/**
 * The picture a shared page is shown with: what everyone may read, as it stands now.
 * @throws Refusal 404 for any other page, and for what is private, held, hidden, a draft or withdrawn
 */
export async function pictureOfPage(
	db: Db,
	municipality: { id: string; name: string },
	path: string,
	now = new Date()
): Promise<Picture> {
	const shared = readShared(path);
	const said = shared && (await saidOf(db, municipality.id, shared, now));
	if (!said) throw notFound();
	const svg = drawCard({ ...said, municipality: municipality.name });
	const mark = createHash('sha256').update(svg).digest('base64url').slice(0, 22);
	return { etag: `"${mark}"`, png: () => keptPicture(mark, svg) };
}

function keptPicture(mark: string, svg: string): Promise<Buffer> {
	const known = drawn.get(mark);
	drawn.delete(mark);
	const picture = known ?? sharp(Buffer.from(svg)).png({ palette: true, effort: 4 }).toBuffer();
	drawn.set(mark, picture);
	picture.catch(() => drawn.delete(mark));
	for (const [oldest] of drawn) {
		if (drawn.size <= mostDrawn) break;
		drawn.delete(oldest);
	}
	return picture;
}

function saidOf(db: Db, municipalityId: string, shared: Shared, now: Date): Promise<Said | null> {
	if (shared.kind === 'issue') return saidOfIssue(db, municipalityId, shared.reference);
	return shared.kind === 'news'
		? saidOfNews(db, municipalityId, shared.number, now)
		: saidOfPromise(db, municipalityId, shared.number, now);
}

async function saidOfIssue(db: Db, municipalityId: string, reference: string) {
	const [found] = await db
		.select({ title: issues.title, place: issues.place, state: cases.state })
		.from(issues)
		.innerJoin(cases, eq(cases.subjectId, issues.id))
		.where(
			and(eq(issues.municipalityId, municipalityId), eq(issues.reference, reference), isPublic)
		);
	if (!found) return null;
	const foot = [stateWords[found.state].label, found.place].filter(Boolean).join(' · ');
	return { title: found.title, foot, number: reference };
}

async function saidOfPromise(db: Db, municipalityId: string, number: number, now: Date) {
	const [found] = await db
		.select()
		.from(commitments)
		.where(and(eq(commitments.municipalityId, municipalityId), eq(commitments.number, number)));
	if (!found) return null;
	const foot = `${commitmentWords(found, now).label} · ${found.promisedByName}`;
	return { title: found.what, foot, number: commitmentNumber(number) };
}

async function saidOfNews(db: Db, municipalityId: string, number: number, now: Date) {
	const [found] = await db
		.select()
		.from(news)
		.where(
			and(
				eq(news.municipalityId, municipalityId),
				eq(news.number, number),
				eq(news.state, 'published')
			)
		);
	if (!found?.publishedAt) return null;
	const foot = [m.news_title(), ...(found.correctedAt ? [m.news_corrected()] : [])].join(' · ');
	return { title: found.title, foot, number: day(found.publishedAt, now) };
}
