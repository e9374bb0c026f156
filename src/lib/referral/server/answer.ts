import { and, eq } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import type { State } from '../../cases/rules.ts';
import { appendEvent, deedEntry, lockCase, ownedOf, type Case } from '../../cases/server/index.ts';
import { capacity, type Actor } from '../../identity/permissions.ts';
import { newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { cleanLine } from '../../platform/text.ts';
import {
	answerObstacle,
	answering,
	openReferralStates,
	returnCodes,
	stateAfter,
	type AnswerKind,
	type ReturnCode,
	type Side
} from '../rules.ts';
import { referralObstacleField, referralObstacleWords, returnWords } from '../wording.ts';
import { queueLetter } from './letters.ts';
import { referrals, referralWords } from './schema.ts';
import { boundedReferralWords, type Referral } from './send.ts';

export interface AnswerFacts {
	kind: AnswerKind;
	words?: string;
	code?: string;
	/** The body that is responsible instead, by name. */
	body?: string;
	deedId: string;
	/** By which door it came. */
	via: 'office' | 'link' | 'installation';
}

/** The referral, locked after its case, so that two answers cannot both be first. @throws 404 */
export async function lockReferral(
	tx: Db,
	id: string
): Promise<{ referral: Referral; kase: Case | null }> {
	const [found] = await tx.select().from(referrals).where(eq(referrals.id, id));
	if (!found) throw notFound();
	const kase = found.caseId ? await lockCase(tx, found.caseId) : null;
	const [referral] = await tx.select().from(referrals).where(eq(referrals.id, id)).for('update');
	return { referral, kase };
}

/**
 * One answer about a handed-over case, by whichever door it came and after whoever gives it was let in.
 * An answer that comes when the case has moved on is kept and told, and moves nothing.
 * @throws 400 or 409 with the field
 */
export async function answerReferral(
	tx: Db,
	actor: Actor | null,
	{ referral, kase }: { referral: Referral; kase: Case | null },
	facts: AnswerFacts,
	now: Date
): Promise<Referral> {
	const words = boundedReferralWords(facts.words);
	const body = cleanLine(facts.body ?? '').slice(0, 200);
	if (await saidBefore(tx, referral.id, facts)) return referral;

	const late = isLate(referral, kase);
	const { by } = answering[facts.kind];
	const obstacle = answerObstacle(facts.kind, {
		by,
		state: late ? stateAsked(facts.kind, referral) : referral.state,
		asked: referral.asked,
		words,
		code: facts.code,
		body
	});
	if (obstacle)
		throw new Refusal(
			obstacle.startsWith('needs_') ? 400 : 409,
			referralObstacleWords[obstacle],
			referralObstacleField[obstacle]
		);

	const said = { ...facts, words: withBody(words, body, facts) };
	await tx.insert(referralWords).values({
		id: newId(now),
		municipalityId: referral.municipalityId,
		referralId: referral.id,
		kind: facts.kind,
		by,
		via: facts.via,
		code: facts.kind === 'return' ? facts.code : null,
		text: said.words,
		late,
		at: now,
		deedId: facts.deedId
	});
	const moved = await moveReferral(tx, referral, facts.kind, late, now);
	if (referral.peerId && facts.via !== 'installation')
		await queueLetter(
			tx,
			{
				municipalityId: referral.municipalityId,
				peerId: referral.peerId,
				referralId: referral.id,
				letter: {
					version: 1,
					id: facts.deedId,
					kind: facts.kind,
					referral: referral.id,
					reference: referral.reference,
					words,
					body,
					code: facts.kind === 'return' ? (facts.code as ReturnCode) : null,
					at: now.toISOString()
				}
			},
			now
		);
	const after = kase && (await tellCase(tx, kase, moved, said, late, actor, now));
	if (after)
		await record(
			tx,
			ofHere(by, referral) ? actor : null,
			deedEntry(after, late ? 'referral_late' : eventOf[facts.kind]),
			now
		);
	return moved;
}

/** Whether the case has moved on without it: closed, opened again, or taken up by its own people. */
export const isLate = ({ state }: Pick<Referral, 'state'>, kase: Pick<Case, 'state'> | null) =>
	state === 'over' ||
	(kase !== null && openReferralStates.includes(state) && kase.state !== 'referred_out');

/** A late answer is judged as it would have been in time. */
const stateAsked = (kind: AnswerKind, { state, acceptedAt }: Referral) =>
	state === 'over'
		? acceptedAt || kind === 'tell' || kind === 'done'
			? 'accepted'
			: 'waiting'
		: state;

async function saidBefore(tx: Db, referralId: string, { deedId, kind }: AnswerFacts) {
	const [said] = await tx
		.select({ kind: referralWords.kind })
		.from(referralWords)
		.where(and(eq(referralWords.referralId, referralId), eq(referralWords.deedId, deedId)));
	if (said && said.kind !== kind)
		throw new Refusal(409, 'This form was sent already, with another answer. Open the page again.');
	return Boolean(said);
}

/** "Not ours" always says whose. */
const withBody = (words: string, body: string, { kind, code }: AnswerFacts) =>
	kind === 'return' && returnCodes.includes(code as ReturnCode)
		? [`${returnWords[code as ReturnCode]}${body ? `: ${body}` : ''}.`, words].join(' ')
		: words;

async function moveReferral(
	tx: Db,
	referral: Referral,
	kind: AnswerKind,
	late: boolean,
	now: Date
) {
	const state = late ? 'over' : stateAfter(kind, referral.state);
	const ended = !openReferralStates.includes(state);
	const [moved] = await tx
		.update(referrals)
		.set({
			state,
			asked: ended ? false : kind === 'ask' ? true : kind === 'answer' ? false : referral.asked,
			acceptedAt: kind === 'accept' && !late ? now : referral.acceptedAt,
			endedAt: ended ? (referral.endedAt ?? now) : null
		})
		.where(eq(referrals.id, referral.id))
		.returning();
	return moved;
}

const eventOf = {
	accept: 'referral_accepted',
	return: 'referral_returned',
	ask: 'referral_asked',
	tell: 'reply',
	done: 'claim',
	answer: 'referral_answered',
	recall: 'referral_recalled'
} as const;

/** Whether somebody of the sending municipality said it: its log names them, and nobody of another body. */
const ofHere = (by: Side, { carried }: Referral) => by === 'sender' || carried.own;

/** What the answer is for the case: a line of its history, and a step where it moves. */
async function tellCase(
	tx: Db,
	kase: Case,
	referral: Referral,
	{ kind, words, deedId, via }: AnswerFacts & { words: string },
	late: boolean,
	actor: Actor | null,
	now: Date
): Promise<Case> {
	const { by } = answering[kind];
	const owned =
		by === 'sender'
			? ownedOf(kase)
			: { municipalityId: kase.municipalityId, departmentId: referral.toDepartmentId };
	const aside = kind === 'ask' || kind === 'answer';
	// An own department that accepts has the case from then on.
	const own = kind === 'accept' && !late && referral.carried.own;
	return appendEvent(tx, kase, {
		kind: late ? 'referral_late' : eventOf[kind],
		...(actor && ofHere(by, referral)
			? { actorId: actor.id, actorRole: capacity(actor, 'case.assign', owned) }
			: { actorId: null, actorRole: 'partner' }),
		channel: channels[via],
		at: now,
		deedId,
		visibility: aside ? 'internal' : kase.private ? 'private' : 'public',
		stateTo: late ? null : stateOf(kind, own),
		facts: {
			holder: referral.toName,
			referralId: referral.id,
			...(own ? { departmentId: referral.toDepartmentId, assigneeId: null } : {})
		},
		words
	});
}

const channels = { office: 'web', link: 'email', installation: 'api' } as const;

/** Where the case stands afterwards; while another body has it, it stays handed over. */
function stateOf(kind: AnswerKind, own: boolean): State | null {
	if (kind === 'return' || kind === 'recall' || (kind === 'accept' && own)) return 'acknowledged';
	return kind === 'done' ? 'resolved_claimed' : null;
}
