import { randomInt } from 'node:crypto';
import { newId } from '../../platform/ids.ts';
import { m } from '../../i18n/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { cleanLine } from '../../platform/text.ts';
import { later } from '../../platform/time.ts';
import type { Db } from '../../platform/server/db.ts';
import type { Contact } from '../contact.ts';
import { codeBudgets, codeLife } from '../rules.ts';
import { codeObstacleWords, codesSpent } from '../wording.ts';
import { findTry, indexOf } from './code-tries.ts';
import {
	contactValue,
	findContact,
	keepContact,
	readContact,
	type KeptContact
} from './contacts.ts';
import { deviceIndex, isKnownDevice } from './devices.ts';
import { signInCodes } from './schema.ts';
import { spend, type From } from './throttle.ts';

/** A code on its way: whoever asked puts it into a message within the same transaction. */
export interface SentCode {
	code: string;
	contact: KeptContact;
	tryId: string;
	personId: string | null;
}
export type TellCode = (tx: Db, sent: SentCode) => Promise<unknown>;

export interface BeginSignIn {
	/** What was typed; or the earlier try whose contact gets another code. */
	contact: string | { again: string };
	from: From;
	/** Somebody signed in who adds this contact to their account. */
	personId?: string;
}

/**
 * Makes a six-digit code for a contact and hands it to `tell`. The answer is the same whether or not
 * anybody is known there. How often is counted in the database, before anything else.
 * @throws Refusal 400 for what is no contact, 429 with the time when codes were asked for too often
 */
export async function beginSignIn(
	db: Db,
	facts: BeginSignIn,
	tell: TellCode,
	now = new Date()
): Promise<{ tryId: string }> {
	const contact = await contactOf(db, facts);
	await holdBack(db, contact, facts.from, now);

	return db.transaction(async (tx) => {
		const kept = await keepContact(tx, contact, now);
		const tryId = newId(now);
		const code = String(randomInt(1_000_000)).padStart(6, '0');
		const personId = facts.personId ?? null;
		await tx.insert(signInCodes).values({
			id: tryId,
			contactPointId: kept.id,
			personId,
			deviceIndex: deviceIndex(facts.from.device),
			codeIndex: indexOf(tryId, code),
			createdAt: now,
			expiresAt: later(now, codeLife)
		});
		await tell(tx, { code, contact: kept, tryId, personId });
		return { tryId };
	});
}

async function contactOf(db: Db, { contact: given, from }: BeginSignIn): Promise<Contact> {
	if (typeof given !== 'string') {
		const row = await findTry(db, given.again, from.device);
		const contact = row && (await contactValue(db, row.contactPointId));
		if (!contact) throw new Refusal(400, codeObstacleWords.unknown, 'contact');
		return contact;
	}
	const contact = readContact(cleanLine(given));
	if (!contact)
		throw new Refusal(
			400,
			given.trim() ? m.sign_in_no_contact() : m.sign_in_give_contact(),
			'contact'
		);
	if (contact.kind === 'phone' && !contact.sms)
		throw new Refusal(400, m.sign_in_no_sms(), 'contact');
	return contact;
}

/** Refuses when codes were asked for too often: by this device, by strangers for this contact, from one network, for abroad. */
async function holdBack(db: Db, contact: Contact, { device, network }: From, now: Date) {
	const name = `${contact.kind}:${contact.value}`;
	const budgets: Array<[string, keyof typeof codeBudgets]> = [
		[`code/device/${device}/${name}`, 'device'],
		[`code/network/${network}`, 'network']
	];
	const known = await findContact(db, contact);
	if (!known || !(await isKnownDevice(db, known, device)))
		budgets.push([`code/strangers/${name}`, 'strangers']);
	if (contact.kind === 'phone' && !contact.value.startsWith('+27'))
		budgets.push(['code/foreign', 'foreign']);

	for (const [key, budget] of budgets) {
		const until = await spend(db, key, codeBudgets[budget], now);
		if (until) throw new Refusal(429, codesSpent(until, now), 'contact');
	}
}
