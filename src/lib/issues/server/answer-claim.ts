import { and, count, eq } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { appendEvent, deedDone, lastClaim, lockCase, type Case } from '../../cases/server/index.ts';
import { cases, confirmations } from '../../cases/server/schema.ts';
import type { Asker } from '../../identity/asker.ts';
import { departments } from '../../identity/server/schema.ts';
import { newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { answerObstacleWords, answerOutcome, isAnswerObstacle, type Outcome } from '../answers.ts';
import { answererName, type Answerer } from './links.ts';
import { issues } from './schema.ts';
import { lockStanding, nobodyNamed, standingIn, type Part } from './standing.ts';
import { isPublic } from './visible.ts';

export interface Answer {
	municipalityId: string;
	reference: string;
	fixed: boolean;
	/** The claim that was on the page: another one made since is not answered by this. */
	claimEventId?: string;
	deedId: string;
	channel?: string;
}

interface Answering {
	kase: Case;
	part: Part;
	byWhom: string;
	actorId: string | null;
}

/**
 * A reporter or supporter says whether it is fixed. Yes closes the case as confirmed; no opens it again
 * under the same clock; an answer that contradicts an earlier one is put before a person (cases.md 4).
 * @throws 404 for what they may not see, 409 when there is nothing to answer or they answered otherwise
 */
export const answerClaim = (db: Db, asker: Asker, answer: Answer, now = new Date()) =>
	db.transaction(async (tx) => {
		const { municipalityId, reference } = answer;
		const standing = await answering(tx, asker, municipalityId, reference);
		const unnamed = standing.part === 'reporter' && standing.issue.anonymous;
		const actorId = unnamed ? null : (asker.actor?.id ?? null);
		return settle(tx, { ...standing, actorId }, answer, now);
	});

/** Who answers about which case: a part of a job answers beside the reporter of the case that leads it. */
async function answering(tx: Db, asker: Asker, municipalityId: string, reference: string) {
	const before = await standingIn(tx, asker, municipalityId, reference);
	if (!before.kase.mergedIntoId) return lockStanding(tx, asker, municipalityId, reference);
	const kase = await lockCase(tx, before.kase.mergedIntoId);
	return { ...before, kase, part: before.part && ('supporter' as const) };
}

/** The same from a signed link in a message: the link says who answers and which claim. */
export const answerByLink = (
	db: Db,
	answerer: Answerer,
	{ fixed, deedId }: Pick<Answer, 'fixed' | 'deedId'>,
	now = new Date()
) =>
	db.transaction(async (tx) => {
		const kase = await lockLinked(tx, answerer);
		const { claimEventId, as: part, who } = answerer;
		const answer = {
			municipalityId: kase.municipalityId,
			reference: kase.reference,
			fixed,
			claimEventId,
			deedId,
			channel: 'link'
		};
		const actorId = 'personId' in who ? who.personId : null;
		return settle(tx, { kase, part, byWhom: answererName(answerer), actorId }, answer, now);
	});

/** A reporter's link opens their own report; a supporter's what is public still. */
const openTo = ({ issueId, as }: Answerer) =>
	and(eq(issues.id, issueId), as === 'supporter' ? isPublic : undefined);

async function lockLinked(tx: Db, answerer: Answerer): Promise<Case> {
	const [found] = await tx
		.select({ id: cases.id })
		.from(cases)
		.innerJoin(issues, eq(issues.id, cases.subjectId))
		.where(openTo(answerer));
	if (!found) throw notFound();
	return lockCase(tx, found.id);
}

async function settle(
	tx: Db,
	{ kase, part, byWhom, actorId }: Answering,
	answer: Answer,
	now: Date
): Promise<Outcome> {
	const { fixed, deedId } = answer;
	if (await deedDone(tx, kase.id, deedId)) return 'again';

	const claim = await lastClaim(tx, kase.id);
	const stale = answer.claimEventId !== undefined && answer.claimEventId !== claim?.id;
	const said = claim && !stale ? await answersTo(tx, claim.id, byWhom) : nothingSaid;
	const outcome = answerOutcome({
		state: kase.state,
		claimed: claim !== undefined && !stale,
		part,
		fixed,
		...said
	});
	if (isAnswerObstacle(outcome)) throw new Refusal(409, answerObstacleWords[outcome]);
	if (outcome === 'again' || !claim || !part) return 'again';

	await tx.insert(confirmations).values({
		id: newId(now),
		municipalityId: kase.municipalityId,
		caseId: kase.id,
		claimEventId: claim.id,
		byWhom,
		as: part,
		fixed,
		at: now
	});
	if (outcome !== 'agrees')
		await appendEvent(tx, kase, {
			...eventOf[outcome],
			actorId,
			actorRole: part,
			channel: answer.channel,
			at: now,
			deedId,
			facts: { claimEventId: claim.id }
		});
	await record(
		tx,
		actorId && part === 'reporter' ? { id: actorId } : nobodyNamed,
		{
			municipalityId: kase.municipalityId,
			deed: fixed ? 'case.confirmed' : 'case.contradicted',
			thing: 'case',
			thingId: kase.id,
			details: { claimEventId: claim.id, as: part, outcome }
		},
		now
	);
	return outcome;
}

const eventOf = {
	confirm: { kind: 'confirm', visibility: 'public', stateTo: 'verified_closed' },
	contradict: { kind: 'contradict', visibility: 'public', stateTo: 'open' },
	differs: { kind: 'contradicted', visibility: 'internal' }
} as const;

const nothingSaid = { yes: 0, no: 0, before: null };

/** What was answered to a claim so far, and by this person. */
export async function answersTo(db: Db, claimEventId: string, byWhom: string) {
	const tally = await db
		.select({ fixed: confirmations.fixed, n: count() })
		.from(confirmations)
		.where(eq(confirmations.claimEventId, claimEventId))
		.groupBy(confirmations.fixed);
	const [own] = await db
		.select({ fixed: confirmations.fixed })
		.from(confirmations)
		.where(and(eq(confirmations.claimEventId, claimEventId), eq(confirmations.byWhom, byWhom)));
	const of = (fixed: boolean) => Number(tally.find((each) => each.fixed === fixed)?.n ?? 0);
	return { yes: of(true), no: of(false), before: own?.fixed ?? null };
}

/** What the page behind a link asks, as long as its claim still stands. @throws 404 when there is no such issue */
export async function linkedQuestion(db: Db, answerer: Answerer) {
	const [found] = await db
		.select({
			reference: issues.reference,
			title: issues.title,
			caseId: cases.id,
			state: cases.state,
			department: departments.name
		})
		.from(issues)
		.innerJoin(cases, eq(cases.subjectId, issues.id))
		.leftJoin(departments, eq(departments.id, cases.departmentId))
		.where(openTo(answerer));
	if (!found) throw notFound();
	const claim = await lastClaim(db, found.caseId);
	const stands = found.state === 'resolved_claimed' && claim?.id === answerer.claimEventId;
	return { ...found, claim: stands ? { claimEventId: answerer.claimEventId, at: claim.at } : null };
}
