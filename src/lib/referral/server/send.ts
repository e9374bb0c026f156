import { and, eq, isNull } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { stateType } from '../../cases/rules.ts';
import {
	appendEvent,
	deedDone,
	deedEntry,
	mustBeFresh,
	ownedOf,
	reachCase,
	type Case
} from '../../cases/server/index.ts';
import { can, capacity, type Actor } from '../../identity/permissions.ts';
import { municipalityById } from '../../identity/server/index.ts';
import { departments } from '../../identity/server/schema.ts';
import { issues, services } from '../../issues/server/schema.ts';
import { newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { cleanText } from '../../platform/text.ts';
import type { Carried } from '../carried.ts';
import type { PeerLetter } from '../peer-letter.ts';
import { loops } from '../rules.ts';
import { targetOf, type Target } from './bodies.ts';
import { writeTo } from './letter.ts';
import { queueLetter } from './letters.ts';
import { referrals } from './schema.ts';

export type Referral = typeof referrals.$inferSelect;

export interface ReferralFacts {
	/** `department:ID` or `municipality:ID`. */
	to: string;
	/** Why: everybody reads it. */
	words: string;
	/** In a private case: what the reporter wrote goes along. */
	withWords?: boolean;
	/** It has been there before, and a person says: again. */
	again?: boolean;
	deedId: string;
	basedOn?: number;
}

export const mostReferralWords = 2000;

/**
 * Hands a case to a department, another municipality or another body. Until it is accepted the sender
 * stays responsible. Throws a 404 where the person may not, a 400 or 409 with the field otherwise.
 */
export const refer = (
	db: Db,
	actor: Actor,
	caseId: string,
	facts: ReferralFacts,
	now = new Date()
): Promise<{ id: string } | null> =>
	db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		const kase = await reachCase(tx, actor, caseId);
		if (!can(actor, 'case.assign', ownedOf(kase))) throw notFound();
		if (await deedDone(tx, kase.id, facts.deedId)) return null;
		mustBeFresh(kase, facts.basedOn);
		const words = boundedReferralWords(facts.words);
		if (!words) throw new Refusal(400, 'Say why it is theirs.', 'words');
		const target = await targetOf(tx, kase.municipalityId, facts.to);

		const { referral, after } = await send(tx, kase, target, { ...facts, words }, now, {
			actorId: actor.id,
			actorRole: capacity(actor, 'case.assign', ownedOf(kase))
		});
		await record(tx, actor, deedEntry(after, 'referred'), now);
		return { id: referral.id };
	});

/** Cleans what was written. @throws 400 when it is too long */
export function boundedReferralWords(text: string | undefined): string {
	const words = cleanText(text ?? '');
	if (words.length > mostReferralWords)
		throw new Refusal(
			400,
			`Your words are too long: at most ${mostReferralWords} characters.`,
			'words'
		);
	return words;
}

const movable = (kase: Case) =>
	kase.track === 'issue' &&
	!kase.hidden &&
	kase.state !== 'referred_out' &&
	['open', 'paused'].includes(stateType[kase.state]);

interface Doer {
	actorId: string | null;
	actorRole: string;
}

/** One handing-over of a locked case, by a person or by the table of who is responsible. */
export async function send(
	tx: Db,
	kase: Case,
	target: Target,
	facts: Omit<ReferralFacts, 'to'>,
	now: Date,
	doer: Doer
) {
	if (kase.state === 'referred_out')
		throw new Refusal(409, 'It is handed over already. Take it back first.', 'version');
	if (!movable(kase))
		throw new Refusal(409, 'It has moved on: it cannot be handed over now.', 'version');
	if (target.toDepartmentId && target.toDepartmentId === kase.departmentId)
		throw new Refusal(409, 'It is with that department already.', 'to');
	const loop = loops(
		{ departmentId: target.toDepartmentId, municipalityId: target.toMunicipalityId },
		await holdersBefore(tx, kase)
	);
	if (loop && !facts.again)
		throw new Refusal(
			409,
			`${target.toName} has had it before. If it must go there again, tick that you have looked, and say why.`,
			'again'
		);

	await endOpen(tx, kase.id, now);
	const carried = await whatGoesAlong(tx, kase, target, facts);
	const id = newId(now);
	const [referral] = await tx
		.insert(referrals)
		.values({
			id,
			municipalityId: kase.municipalityId,
			caseId: kase.id,
			reference: kase.reference,
			fromDepartmentId: kase.departmentId,
			fromName: await senderName(tx, kase),
			toDepartmentId: target.toDepartmentId,
			toMunicipalityId: target.toMunicipalityId,
			toName: target.toName,
			peerId: target.peerId,
			state: 'waiting',
			loop,
			carried,
			sentAt: now,
			sentBy: doer.actorId
		})
		.returning();
	const after = await appendEvent(tx, kase, {
		kind: 'referred',
		...doer,
		at: now,
		deedId: facts.deedId,
		visibility: kase.private ? 'private' : 'public',
		stateTo: 'referred_out',
		facts: { holder: target.toName, referralId: id, ...(loop ? { code: 'loop' } : {}) },
		words: facts.words
	});
	await (target.peerId
		? queueLetter(
				tx,
				{
					...referral,
					peerId: target.peerId,
					referralId: id,
					letter: openingLetter(referral, now)
				},
				now
			)
		: writeTo(tx, referral, target, facts.words, now));
	return { referral, after };
}

/** What another installation is told first. */
const openingLetter = (referral: Referral, now: Date): PeerLetter => ({
	version: 1,
	id: referral.id,
	kind: 'refer',
	referral: referral.id,
	reference: referral.reference,
	words: referral.carried.reason ?? '',
	carried: referral.carried,
	at: now.toISOString()
});

/** What was sent before and not ended when the case moved on without it. */
const endOpen = (tx: Db, caseId: string, now: Date) =>
	tx
		.update(referrals)
		.set({ state: 'over', asked: false, endedAt: now })
		.where(and(eq(referrals.caseId, caseId), isNull(referrals.endedAt)));

/** Everybody who has had a case or was asked to take it. */
async function holdersBefore(tx: Db, kase: Case) {
	const earlier = await tx.select().from(referrals).where(eq(referrals.caseId, kase.id));
	return earlier.flatMap(({ fromDepartmentId, toDepartmentId, toMunicipalityId }) => [
		...(fromDepartmentId ? [{ departmentId: fromDepartmentId }] : []),
		{ departmentId: toDepartmentId, municipalityId: toMunicipalityId }
	]);
}

async function senderName(tx: Db, kase: Case): Promise<string> {
	const [department] = kase.departmentId
		? await tx.select().from(departments).where(eq(departments.id, kase.departmentId))
		: [];
	if (department) return department.name;
	return (await municipalityById(tx, kase.municipalityId))?.name ?? '';
}

/** Enough to work on it; what the reporter wrote in private only where somebody said so. */
async function whatGoesAlong(
	tx: Db,
	kase: Case,
	target: Target,
	{ withWords = false, words: reason }: Omit<ReferralFacts, 'to'>
): Promise<Carried> {
	const [{ issue, service }] = await tx
		.select({ issue: issues, service: services.name })
		.from(issues)
		.leftJoin(services, eq(services.id, issues.serviceId))
		.where(eq(issues.id, kase.subjectId));
	const words = !kase.private || withWords;
	const { title, description, place, point } = issue;
	return {
		service,
		priority: kase.priority,
		wardCode: kase.currentWardCode,
		openedAt: kase.openedAt.toISOString(),
		dueAt: kase.dueAt?.toISOString() ?? null,
		private: kase.private,
		words,
		own: target.own,
		reason,
		...(target.peerId && {
			copy: {
				title: words ? title : (service ?? 'A private report'),
				description: words ? description : null,
				place,
				point
			}
		})
	};
}
