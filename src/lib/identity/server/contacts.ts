import { eq, sql } from 'drizzle-orm';
import parsePhoneNumber from 'libphonenumber-js/max';
import { newId } from '../../platform/ids.ts';
import type { Db } from '../../platform/server/db.ts';
import { fingerprint, seal, unseal } from '../../platform/server/keys.ts';
import { maskContact, readEmail, type Contact } from '../contact.ts';
import { noticeVersion } from '../notice.ts';
import { contactPoints, personContacts } from './schema.ts';

/**
 * Reads what somebody typed as a phone number (South African unless it says otherwise) or an e-mail
 * address; null when it is neither. Short codes (`31234`) and eight-digit "mobiles" are refused:
 * the library takes both for numbers that exist.
 */
export const readContact = (typed: string): Contact | null =>
	typed.includes('@') ? readEmail(typed) : readPhone(typed);

export function readPhone(typed: string): Contact | null {
	if (/\p{L}/u.test(typed) || typed.length > 40) return null;
	const phone = parsePhoneNumber(typed, 'ZA');
	if (!phone?.isValid()) return null;
	const type = phone.getType();
	if (phone.country === 'ZA' && phone.nationalNumber.length !== 9) return null;
	return {
		kind: 'phone',
		value: phone.number,
		sms: type === 'MOBILE' || type === 'FIXED_LINE_OR_MOBILE'
	};
}

/** Equal contacts meet under this fingerprint; without the key nobody guesses back. */
export const contactIndex = ({ kind, value }: Contact) =>
	fingerprint('contact.index', `${kind}:${value}`);

/** A contact point as the rest of the product sees it: never the number itself. */
export interface KeptContact {
	id: string;
	kind: Contact['kind'];
	masked: string;
	sms: boolean;
}

/** Keeps a phone number or address once, sealed, and answers with its row whoever gave it first. */
export async function keepContact(
	tx: Db,
	contact: Contact,
	now = new Date()
): Promise<KeptContact> {
	const id = newId(now);
	const valueIndex = contactIndex(contact);
	const masked = maskContact(contact);
	await tx
		.insert(contactPoints)
		.values({
			id,
			kind: contact.kind,
			valueSealed: seal('contact.text', contact.value, id),
			valueIndex,
			masked,
			createdAt: now
		})
		.onConflictDoNothing({ target: contactPoints.valueIndex });
	const [kept] = await tx
		.select({ id: contactPoints.id })
		.from(contactPoints)
		.where(eq(contactPoints.valueIndex, valueIndex));
	return { id: kept.id, kind: contact.kind, masked, sms: contact.sms };
}

/** The contact point of a phone number or address, if anybody ever gave it. */
export const findContact = async (db: Db, contact: Contact): Promise<string | undefined> =>
	(
		await db
			.select({ id: contactPoints.id })
			.from(contactPoints)
			.where(eq(contactPoints.valueIndex, contactIndex(contact)))
	)[0]?.id;

/** The number or address itself, for the channel that sends to it; null when it was erased. */
export async function contactValue(db: Db, contactPointId: string): Promise<Contact | null> {
	const [row] = await db
		.select({ kind: contactPoints.kind, sealed: contactPoints.valueSealed })
		.from(contactPoints)
		.where(eq(contactPoints.id, contactPointId));
	if (!row?.sealed) return null;
	const value = unseal('contact.text', row.sealed, contactPointId);
	return row.kind === 'email'
		? { kind: 'email', value, sms: false }
		: { kind: 'phone', value, sms: readPhone(value)?.sms ?? false };
}

/** What happens elsewhere when somebody proved that they read a contact. */
type Proved = (tx: Db, facts: { contactPointId: string; device?: string }) => Promise<unknown>;

let whenProved: Proved = async () => {};

/** Who hears of proved contacts: this domain knows nobody above it. */
export const onContactProved = (hears: Proved) => {
	whenProved = hears;
};

/** Writes down that a contact is read by whoever just used it, in the caller's transaction. */
export async function proveContact(
	tx: Db,
	facts: { contactPointId: string; device?: string },
	now: Date
) {
	await tx
		.update(contactPoints)
		.set({ verifiedAt: now, bouncedAt: null })
		.where(eq(contactPoints.id, facts.contactPointId));
	await whenProved(tx, facts);
}

/** The order in which a person's contacts are tried: the one chosen last, then the oldest (`usedContacts` says the same). */
export const chosenFirst = [
	sql`${personContacts.chosenAt} desc nulls last`,
	personContacts.givenAt,
	personContacts.contactPointId
];

type Purpose = typeof personContacts.$inferInsert.purpose;

/** Makes a contact point one of a person's, for a purpose; once. Campaigns need consent; the rest is our public duty (POPIA s11, s69). */
export async function attachContact(
	tx: Db,
	facts: { personId: string; contactPointId: string; purpose: Purpose; verified?: boolean },
	now = new Date()
) {
	const { personId, contactPointId, purpose } = facts;
	const basis = purpose === 'campaign' ? 'consent' : 'public_duty';
	await tx
		.insert(personContacts)
		.values({ personId, contactPointId, purpose, basis, noticeVersion, givenAt: now })
		.onConflictDoUpdate({
			target: [personContacts.personId, personContacts.contactPointId, personContacts.purpose],
			set: { withdrawnAt: null, noticeVersion, givenAt: now }
		});
	if (facts.verified) await proveContact(tx, { contactPointId }, now);
}
