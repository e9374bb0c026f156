import { eq } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { newId } from '../../platform/ids.ts';
import { m } from '../../i18n/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { cleanLine } from '../../platform/text.ts';
import { later } from '../../platform/time.ts';
import type { Db } from '../../platform/server/db.ts';
import { contactLife } from '../rules.ts';
import { codeObstacleWords } from '../wording.ts';
import { findTry, isOpen, lockTry, peopleAt } from './code-tries.ts';
import { attachContact } from './contacts.ts';
import { people, signInCodes } from './schema.ts';

/** Whom a proved contact can let in; only for the device that proved it, and only for ten minutes. */
export async function peopleOfTry(db: Db, tryId: string, device: string, now = new Date()) {
	const row = await findTry(db, tryId, device);
	return isOpen(row, now) ? peopleAt(db, row.contactPointId) : undefined;
}

export interface SettleSignIn {
	tryId: string;
	device: string;
	/** Who they say they are; `anew` for somebody not in the list; none when there is no choice. */
	who?: string;
	name?: string;
	language: string;
	municipalityId: string;
}

/**
 * Lets in whoever proved a contact: one of the people there, or somebody new.
 * @throws Refusal 400 when it is too late, or nobody was chosen
 */
export function settleSignIn(db: Db, facts: SettleSignIn, now = new Date()) {
	return db.transaction(async (tx) => {
		const row = await lockTry(tx, facts.tryId, facts.device);
		if (!isOpen(row, now)) throw new Refusal(400, codeObstacleWords.expired, 'code');

		const known = await peopleAt(tx, row.contactPointId);
		const chosen = known.find(({ id }) => id === facts.who);
		if (known.length && facts.who !== 'anew' && facts.who !== undefined && !chosen)
			throw new Refusal(400, m.sign_in_choose_who(), 'who');
		if (known.length > 1 && facts.who === undefined)
			throw new Refusal(400, m.sign_in_choose_who(), 'who');
		const only = facts.who === undefined ? known[0] : chosen;
		const personId = only?.id ?? (await addPerson(tx, row.contactPointId, facts, now));

		await tx.update(signInCodes).set({ settledAt: now }).where(eq(signInCodes.id, row.id));
		await record(
			tx,
			{ id: personId },
			{
				municipalityId: null,
				deed: only ? 'person.signed_in' : 'person.joined',
				thing: 'person',
				thingId: personId,
				details: { contactPointId: row.contactPointId, by: 'code' }
			},
			now
		);
		return {
			personId,
			contactPointId: row.contactPointId,
			/** Only when nobody else shares the contact, what it reported is theirs without asking. */
			alone: known.length === 0 || (known.length === 1 && only !== undefined),
			/** What it reported before this may be somebody else's: the number may have had another owner. */
			since: later(now, -contactLife)
		};
	});
}

async function addPerson(tx: Db, contactPointId: string, facts: SettleSignIn, now: Date) {
	const id = newId(now);
	await tx.insert(people).values({
		id,
		name: cleanLine(facts.name ?? '').slice(0, 100),
		language: facts.language,
		homeMunicipalityId: facts.municipalityId,
		createdAt: now
	});
	await attachContact(tx, { personId: id, contactPointId, purpose: 'sign_in' }, now);
	return id;
}
