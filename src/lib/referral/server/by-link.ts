import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { answering } from '../rules.ts';
import { answerReferral, lockReferral, type AnswerFacts } from './answer.ts';
import { findReferral, shown } from './read.ts';
import { readReferralToken } from './token.ts';

const expired =
	'This link is too old to answer with. The municipality that sent it can send it again: give them the number above.';

/**
 * What the link in a letter shows. Looking changes nothing, so a scanner that opens it uses nothing up.
 * @throws 404 for a link we did not make, or that is no longer the receiver's
 */
export async function referralByLink(db: Db, token: string, now = new Date()) {
	const read = readReferralToken(token, now);
	if (!read) throw notFound();
	const { referral, kase } = await findReferral(db, read.referralId);
	const facts = await shown(db, referral, kase, ['receiver']);
	// An old letter still says which report it was about; what residents wrote is no longer shown.
	const seen = read.expired
		? { ...facts.seen, description: null, place: null, point: null }
		: facts.seen;
	return { ...facts, seen, expired: read.expired, answers: read.expired ? [] : facts.answers };
}

/** Answers by the link in a letter. @throws 404, 409 when it is too old, 400 or 409 with the field */
export const answerByReferralLink = (
	db: Db,
	token: string,
	facts: Omit<AnswerFacts, 'via'>,
	now = new Date()
) =>
	db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		const read = readReferralToken(token, now);
		if (!read || answering[facts.kind].by !== 'receiver') throw notFound();
		if (read.expired) throw new Refusal(409, expired);
		const found = await lockReferral(tx, read.referralId);
		return answerReferral(tx, null, found, { ...facts, via: 'link' }, now);
	});
