import { and, desc, eq, isNull } from 'drizzle-orm';
import { record } from '../../../audit/server/index.ts';
import { tellFollowers } from '../../../delivery/server/index.ts';
import { m } from '../../../i18n/index.ts';
import type { Asker } from '../../../identity/asker.ts';
import type { Actor } from '../../../identity/permissions.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import { cleanText } from '../../../platform/text.ts';
import {
	answerObstacle,
	answerWords,
	objectionObstacle,
	objectionWords
} from '../../moderation.ts';
import { moderations } from '../schema.ts';
import { lockStanding, standingIn } from '../standing.ts';
import { lockModerated, type At } from './reach.ts';

export const longestObjection = 4000;

const actsOn = (db: Db, issueId: string) =>
	db
		.select()
		.from(moderations)
		.where(eq(moderations.issueId, issueId))
		.orderBy(desc(moderations.at), desc(moderations.id));

/** What moderation did to a reporter's own report, newest first. @throws 404 for everybody else */
export async function moderationsOfMine(db: Db, asker: Asker, at: At) {
	const { issue, part } = await standingIn(db, asker, at.municipalityId, at.reference);
	if (part !== 'reporter') throw notFound();
	const acts = await actsOn(db, issue.id);
	return {
		title: issue.title,
		reference: issue.reference,
		acts: acts.map(({ id, action, reason, original, at, objection, answer, answeredAt }) => ({
			id,
			action,
			reason,
			original,
			at,
			objection,
			answer,
			answeredAt
		}))
	};
}

/** The reporter says why an act of moderation on their report is wrong. Somebody else than who did it answers. */
export const objectTo = (
	db: Db,
	asker: Asker,
	facts: At & { moderationId: string; words: string },
	now = new Date()
) =>
	db.transaction(async (tx) => {
		const { municipalityId } = facts;
		const { issue, part } = await lockStanding(tx, asker, municipalityId, facts.reference);
		if (part !== 'reporter') throw notFound();
		const words = cleanText(facts.words);
		if (words.length > longestObjection)
			throw new Refusal(400, m.refusals_words_long({ most: longestObjection }), 'words');
		const act = (await actsOn(tx, issue.id)).find(({ id }) => id === facts.moderationId);
		const obstacle = objectionObstacle(act, words);
		if (obstacle)
			throw new Refusal(
				obstacle === 'needs_words' ? 400 : 409,
				objectionWords[obstacle],
				obstacle === 'needs_words' ? 'words' : undefined
			);
		await tx
			.update(moderations)
			.set({ objection: words, objectedAt: now })
			.where(eq(moderations.id, act!.id));
		await record(
			tx,
			issue.anonymous ? null : asker.actor,
			{
				municipalityId,
				deed: 'issue.objected',
				thing: 'issue',
				thingId: issue.id,
				details: { moderationId: act!.id }
			},
			now
		);
	});

/** Answers a reporter's objection, as somebody else than who moderated. The reporter is told the answer. */
export const answerObjection = (
	db: Db,
	actor: Actor,
	facts: At & { moderationId: string; words: string },
	now = new Date()
) =>
	db.transaction(async (tx) => {
		const { municipalityId } = facts;
		const { issue } = await lockModerated(tx, actor, facts);
		const act = (await actsOn(tx, issue.id)).find(({ id }) => id === facts.moderationId);
		if (!act) throw notFound();
		const words = cleanText(facts.words).slice(0, longestObjection);
		const obstacle = answerObstacle(act, actor.id, words);
		if (obstacle)
			throw new Refusal(
				obstacle === 'needs_words' ? 400 : 409,
				answerWords[obstacle],
				obstacle === 'needs_words' ? 'answer' : undefined
			);
		await tx
			.update(moderations)
			.set({ answer: words, answeredBy: actor.id, answeredAt: now })
			.where(and(eq(moderations.id, act.id), isNull(moderations.answer)));
		await tellFollowers(
			tx,
			{
				municipalityId,
				subject: 'issue',
				subjectId: issue.id,
				template: 'reply',
				facts: { reference: issue.reference },
				words,
				path: `/issues/${issue.reference}/objection`,
				dedupe: `${act.id}/answer`,
				because: ['reported']
			},
			now
		);
		await record(
			tx,
			actor,
			{
				municipalityId,
				deed: 'issue.objection_answered',
				thing: 'issue',
				thingId: issue.id,
				details: { moderationId: act.id }
			},
			now
		);
	});
