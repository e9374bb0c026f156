import { and, eq, sql } from 'drizzle-orm';
import { can, type Actor } from '../../identity/permissions.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { newsObstacle, type NewsDeed, type NewsObstacle, type NewsSent } from '../rules.ts';
import { newsFieldOf, newsObstacleWords } from '../wording.ts';
import { news } from './schema.ts';

export type News = typeof news.$inferSelect;

/** Which piece of news, and which state of it the person saw. */
export interface NewsAt {
	municipalityId: string;
	number: number;
	/** The version that was on the page: an older one is refused. */
	version?: number;
}

/** @throws Refusal 404 for whoever does not write the news of this municipality */
export function mustWriteNews(actor: Actor, municipalityId: string) {
	if (!can(actor, 'news.publish', { municipalityId })) throw notFound();
}

/** @throws Refusal 404, naming the field where there is one */
export const refuse = (obstacle: NewsObstacle) =>
	new Refusal(
		obstacle === 'not_from_here' ? 409 : 400,
		newsObstacleWords[obstacle],
		newsFieldOf[obstacle]
	);

/** The piece of news, locked until the deed's transaction ends; 404 for whoever may not write it. */
export async function lockNews(tx: Db, actor: Actor, { municipalityId, number }: NewsAt) {
	mustWriteNews(actor, municipalityId);
	const [found] = await tx
		.select()
		.from(news)
		.where(and(eq(news.municipalityId, municipalityId), eq(news.number, number)))
		.for('update');
	if (!found) throw notFound();
	return found;
}

/** @throws Refusal 409 when somebody was quicker or it cannot be done, 400 naming the field that is wrong */
export function mustBePossible(
	deed: NewsDeed,
	before: News,
	{ version, ...sent }: NewsSent & { version?: number },
	now: Date
) {
	const obstacle = newsObstacle(deed, before, sent, now);
	if (obstacle === 'not_from_here') throw refuse(obstacle);
	if (version !== undefined && version !== before.version)
		throw new Refusal(
			409,
			'A colleague changed it while you were writing. Read it as it is now; your words are still here.',
			'version'
		);
	if (obstacle) throw refuse(obstacle);
}

/** Numbers run on: 1, 2. The lock ends with the transaction. */
export async function nextNumber(tx: Db, municipalityId: string): Promise<number> {
	await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`news ${municipalityId}`}))`);
	const [{ last }] = await tx
		.select({ last: sql<number>`coalesce(max(${news.number}), 0)` })
		.from(news)
		.where(eq(news.municipalityId, municipalityId));
	return Number(last) + 1;
}
