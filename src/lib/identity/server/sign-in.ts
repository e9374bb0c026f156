import { randomInt } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { isId, newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { later, minutes } from '../../platform/time.ts';
import { cleanLine } from '../../platform/text.ts';
import type { Db } from '../../platform/server/db.ts';
import { fingerprint } from '../../platform/server/keys.ts';
import type { Contact } from '../contact.ts';
import {
	codeBudgets,
	codeLife,
	codeObstacle,
	codeTries,
	contactLife,
	mustSayWho,
	readDigits
} from '../rules.ts';
import { codeObstacleWords, codesSpent, wrongCode } from '../wording.ts';
import {
	attachContact,
	contactValue,
	findContact,
	keepContact,
	proveContact,
	readContact,
	type KeptContact
} from './contacts.ts';
import { deviceIndex, isKnownDevice, rememberDevice } from './devices.ts';
import { contactPoints, people, personContacts, signInCodes } from './schema.ts';
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

const indexOf = (tryId: string, code: string) => fingerprint('code', `${tryId}:${code}`);

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
			given.trim()
				? 'This is neither a phone number nor an e-mail address. A number looks like 082 000 0101.'
				: 'Give your phone number or e-mail address.',
			'contact'
		);
	if (contact.kind === 'phone' && !contact.sms)
		throw new Refusal(
			400,
			'This number cannot get an SMS. Give a cell phone number or an e-mail address.',
			'contact'
		);
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

const findTry = async (db: Db, tryId: string, device: string) =>
	isId(tryId)
		? (
				await db
					.select()
					.from(signInCodes)
					.where(and(eq(signInCodes.id, tryId), eq(signInCodes.deviceIndex, deviceIndex(device))))
			)[0]
		: undefined;

/** What the page of a code shows of it; undefined when this device asked for none. */
export async function pendingTry(db: Db, tryId: string, device: string, now = new Date()) {
	const row = await findTry(db, tryId, device);
	if (!row || row.settledAt || row.createdAt < later(now, -minutes(60))) return undefined;
	const [contact] = await db
		.select({ kind: contactPoints.kind, masked: contactPoints.masked })
		.from(contactPoints)
		.where(eq(contactPoints.id, row.contactPointId));
	return { ...contact, proved: row.usedAt !== null, expiresAt: row.expiresAt };
}

export interface Proved {
	contactPointId: string;
	/** Set when the code was for adding a contact to an account. */
	personId: string | null;
	/** Several people, or perhaps a new owner: ask. Otherwise whoever it is comes in at once. */
	ask: boolean;
}

/**
 * Tries a code on the device that asked for it. A right one proves the contact, and works once.
 * @throws Refusal 400 saying how many tries are left, or why there are none
 */
export async function proveCode(
	db: Db,
	{ tryId, code, device }: { tryId: string; code: string; device: string },
	now = new Date()
): Promise<Proved> {
	const digits = readDigits(code);
	const answer = await db.transaction(async (tx): Promise<Proved | string> => {
		const row = await lockTry(tx, tryId, device);
		const obstacle = codeObstacle(row, now);
		if (obstacle) return codeObstacleWords[obstacle];
		if (!/^\d{6}$/.test(digits)) return 'The code has six digits. It is in our message.';
		if (row.codeIndex !== indexOf(row.id, digits)) {
			await tx
				.update(signInCodes)
				.set({ tries: row.tries + 1 })
				.where(eq(signInCodes.id, row.id));
			return wrongCode(codeTries - row.tries - 1);
		}
		return prove(tx, row, device, now);
	});
	if (typeof answer === 'string') throw new Refusal(400, answer, 'code');
	return answer;
}

const lockTry = async (tx: Db, tryId: string, device: string) =>
	(
		await tx
			.select()
			.from(signInCodes)
			.where(
				and(
					eq(signInCodes.id, isId(tryId) ? tryId : newId()),
					eq(signInCodes.deviceIndex, deviceIndex(device))
				)
			)
			.for('update')
	)[0];

async function prove(
	tx: Db,
	{ id, contactPointId, personId }: typeof signInCodes.$inferSelect,
	device: string,
	now: Date
): Promise<Proved> {
	const [{ provedBefore }] = await tx
		.select({ provedBefore: contactPoints.verifiedAt })
		.from(contactPoints)
		.where(eq(contactPoints.id, contactPointId));
	const known = await peopleAt(tx, contactPointId);
	await tx.update(signInCodes).set({ usedAt: now }).where(eq(signInCodes.id, id));
	await proveContact(tx, { contactPointId, device }, now);
	await rememberDevice(tx, contactPointId, device, now);
	return { contactPointId, personId, ask: mustSayWho(known.length, provedBefore, now) };
}

/** Who signs in with a contact: phones are shared. */
const peopleAt = (db: Db, contactPointId: string) =>
	db
		.select({ id: people.id, name: people.name, since: people.createdAt })
		.from(personContacts)
		.innerJoin(people, eq(people.id, personContacts.personId))
		.where(
			and(
				eq(personContacts.contactPointId, contactPointId),
				eq(personContacts.purpose, 'sign_in'),
				isNull(personContacts.withdrawnAt),
				isNull(people.erasedAt)
			)
		)
		.orderBy(people.createdAt);

/** Whom a proved contact can let in; only for the device that proved it, and only for ten minutes. */
export async function peopleOfTry(db: Db, tryId: string, device: string, now = new Date()) {
	const row = await findTry(db, tryId, device);
	return isOpen(row, now) ? peopleAt(db, row.contactPointId) : undefined;
}

const isOpen = (
	row: typeof signInCodes.$inferSelect | undefined,
	now: Date
): row is typeof signInCodes.$inferSelect =>
	Boolean(row?.usedAt && !row.settledAt && !row.personId && later(row.usedAt, codeLife) > now);

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
			throw new Refusal(400, 'Choose who you are.', 'who');
		if (known.length > 1 && facts.who === undefined)
			throw new Refusal(400, 'Choose who you are.', 'who');
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
