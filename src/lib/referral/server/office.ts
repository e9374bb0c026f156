import { record } from '../../audit/server/index.ts';
import type { Actor } from '../../identity/permissions.ts';
import { notFound } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { answering, type AnswerKind } from '../rules.ts';
import { answerReferral, lockReferral, type AnswerFacts } from './answer.ts';
import { sidesOf } from './read.ts';

/**
 * Answers a referral in the office, on whichever side the person stands. Throws a 404 when on neither,
 * a 400 or 409 with the field otherwise.
 */
export const answerInOffice = (
	db: Db,
	actor: Actor,
	id: string,
	facts: Omit<AnswerFacts, 'via'>,
	now = new Date()
) =>
	db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		const found = await lockReferral(tx, id);
		const { by } = answering[facts.kind];
		if (!sidesOf(actor, found.referral, found.kase).includes(by)) throw notFound();
		const after = await answerReferral(tx, actor, found, { ...facts, via: 'office' }, now);
		const { toMunicipalityId } = found.referral;
		if (by === 'receiver' && toMunicipalityId)
			await record(tx, actor, answeredEntry(toMunicipalityId, id, facts.kind), now);
		return after;
	});

/** What the receiver's own log keeps: that it answered, and which referral. */
export const answeredEntry = (municipalityId: string, id: string, kind: AnswerKind) => ({
	municipalityId,
	deed: `referral.${kind}`,
	thing: 'referral',
	thingId: id
});
