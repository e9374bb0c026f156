import { sendMessage, originOf } from '../../delivery/server/index.ts';
import { keepContact, municipalityById, readContact } from '../../identity/server/index.ts';
import type { Db } from '../../platform/server/db.ts';
import { later } from '../../platform/time.ts';
import type { Target } from './bodies.ts';
import type { Referral } from './send.ts';
import { linkLife, referralToken } from './token.ts';

/**
 * Tells the receiver: a municipality of this installation finds it in its office, another body gets a
 * letter with a link that answers without an account.
 */
export async function writeTo(
	tx: Db,
	referral: Referral,
	target: Target,
	words: string,
	now: Date
) {
	if (!target.email) return;
	const contact = readContact(target.email);
	const municipality = await municipalityById(tx, referral.municipalityId);
	if (!contact || !municipality) return;
	const { id: contactPointId } = await keepContact(tx, contact, now);
	const path = `/referrals/${referralToken(referral.id, now)}`;
	await sendMessage(
		tx,
		{
			municipalityId: referral.municipalityId,
			contactPointId,
			channel: 'email',
			language: 'en',
			subject: 'referral',
			subjectId: referral.id,
			template: 'referral',
			facts: {
				reference: referral.reference,
				who: referral.toName,
				what: referral.carried.service ?? referral.reference,
				department: referral.fromName,
				reason: words,
				link: originOf(municipality) + path
			},
			days: { due: later(now, linkLife) },
			path,
			dedupeKey: `referral/${referral.id}`
		},
		now
	);
}
