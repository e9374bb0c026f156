import { and, asc, eq, isNull } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { wardByCode } from '../../geography/server/index.ts';
import { m } from '../../i18n/index.ts';
import { isLanguage } from '../../i18n/languages.ts';
import { Refusal } from '../../platform/refusal.ts';
import { cleanLine } from '../../platform/text.ts';
import type { Db } from '../../platform/server/db.ts';
import { usedContacts } from '../contact.ts';
import type { Actor } from '../permissions.ts';
import { attachContact, contactValue } from './contacts.ts';
import { contactPoints, people, personContacts, watchedWards } from './schema.ts';
import { ownGrantsOf } from './sessions.ts';
import { proveCode } from './prove-code.ts';

const mostContacts = 6;
const mostWards = 10;

/** The contacts a person signs in with, masked, oldest first, and which of each kind is used. */
export async function ownContacts(db: Db, personId: string) {
	const found = await db
		.select({
			id: contactPoints.id,
			kind: contactPoints.kind,
			masked: contactPoints.masked,
			verifiedAt: contactPoints.verifiedAt,
			bouncedAt: contactPoints.bouncedAt,
			chosenAt: personContacts.chosenAt,
			givenAt: personContacts.givenAt
		})
		.from(personContacts)
		.innerJoin(contactPoints, eq(contactPoints.id, personContacts.contactPointId))
		.where(
			and(
				eq(personContacts.personId, personId),
				eq(personContacts.purpose, 'sign_in'),
				isNull(personContacts.withdrawnAt)
			)
		)
		.orderBy(asc(personContacts.givenAt), asc(contactPoints.id));
	const used = usedContacts(found);
	return found.map((contact) => ({
		...contact,
		used: used.has(contact.id),
		/** Another of its kind is there to choose between. */
		choice: found.filter(({ kind }) => kind === contact.kind).length > 1
	}));
}

/** One's own first verified phone number or address in full, to fill in a form with. */
export async function contactToFill(db: Db, personId: string): Promise<Record<string, string>> {
	const first = (await ownContacts(db, personId)).find(({ verifiedAt }) => verifiedAt);
	const contact = first && (await contactValue(db, first.id));
	return contact ? { [contact.kind]: contact.value } : {};
}

/** Changes one's own name and language. @throws Refusal 400 naming the field */
export const saveProfile = (
	db: Db,
	actor: Actor,
	typed: { name: string; language: string },
	now = new Date()
) =>
	db.transaction(async (tx) => {
		const name = cleanLine(typed.name);
		if (name.length > 100) throw new Refusal(400, m.account_name_too_long(), 'name');
		if (!isLanguage(typed.language))
			throw new Refusal(400, m.account_choose_language(), 'language');
		await tx.update(people).set({ name, language: typed.language }).where(eq(people.id, actor.id));
		await note(tx, actor, 'person.changed', {}, now);
	});

const note = (tx: Db, actor: Actor, deed: string, details: Record<string, unknown>, now: Date) =>
	record(
		tx,
		actor,
		{ municipalityId: null, deed, thing: 'person', thingId: actor.id, details },
		now
	);

/** Whether one more contact fits. @throws Refusal 409 when there are too many, or they are not theirs to change here */
export async function roomForContact(db: Db, actor: Actor, now = new Date()) {
	await mustBeAtWork(db, actor, now);
	if ((await ownContacts(db, actor.id)).length >= mostContacts)
		throw new Refusal(409, m.account_six_contacts(), 'contact');
}

/** Adds a contact whose code this person asked for and has just typed. */
export async function addOwnContact(
	db: Db,
	actor: Actor,
	facts: { tryId: string; code: string; device: string },
	now = new Date()
) {
	const { contactPointId, personId } = await proveCode(db, facts, now);
	if (personId !== actor.id) throw new Refusal(400, m.sign_in_ask_first(), 'code');
	await db.transaction(async (tx) => {
		await mustBeAtWork(tx, actor, now);
		for (const purpose of ['sign_in', 'service'] as const)
			await attachContact(tx, { personId, contactPointId, purpose }, now);
		await note(tx, actor, 'contact.added', { contactPointId }, now);
	});
}

/**
 * A new password goes to the addresses of an account. Whoever came in by a code alone, perhaps on a phone
 * that others use, must not change those of somebody who works in the office.
 */
async function mustBeAtWork(db: Db, actor: Actor, now: Date) {
	if (actor.session.kind === 'staff' || !(await ownGrantsOf(db, actor.id, now)).length) return;
	throw new Refusal(409, m.account_work_password(), 'contact');
}

/**
 * Chooses which of several phone numbers, or e-mail addresses, messages go to. Only one that was proved
 * by a code. @throws Refusal 409
 */
export const chooseOwnContact = (db: Db, actor: Actor, contactPointId: string, now = new Date()) =>
	db.transaction(async (tx) => {
		await mustBeAtWork(tx, actor, now);
		const contact = (await ownContacts(tx, actor.id)).find(({ id }) => id === contactPointId);
		if (!contact || contact.used) return;
		if (!contact.verifiedAt) throw new Refusal(409, m.account_never_proved());
		if (contact.bouncedAt) throw new Refusal(409, m.account_bounced());
		await tx.update(personContacts).set({ chosenAt: now }).where(mine(actor, contactPointId));
		await note(tx, actor, 'contact.chosen', { contactPointId }, now);
	});

const mine = (actor: Actor, contactPointId: string) =>
	and(
		eq(personContacts.personId, actor.id),
		eq(personContacts.contactPointId, contactPointId),
		isNull(personContacts.withdrawnAt)
	);

/** Takes one's own contact away, for every purpose. The last one stays: without it nobody gets back in. */
export const removeOwnContact = (db: Db, actor: Actor, contactPointId: string, now = new Date()) =>
	db.transaction(async (tx) => {
		await mustBeAtWork(tx, actor, now);
		const own = await ownContacts(tx, actor.id);
		if (!own.some(({ id }) => id === contactPointId)) return;
		if (own.length === 1) throw new Refusal(409, m.account_only_contact());
		await tx
			.update(personContacts)
			.set({ withdrawnAt: now, chosenAt: null })
			.where(mine(actor, contactPointId));
		await note(tx, actor, 'contact.removed', { contactPointId }, now);
	});

/** The wards a person watches: home, work, mother's. */
export const ownWards = (db: Db, personId: string) =>
	db
		.select({
			municipalityId: watchedWards.municipalityId,
			wardCode: watchedWards.wardCode,
			label: watchedWards.label
		})
		.from(watchedWards)
		.where(eq(watchedWards.personId, personId))
		.orderBy(asc(watchedWards.since));

/** Watches a ward, under a name of one's own. Watching it again changes the name. */
export const watchWard = (
	db: Db,
	actor: Actor,
	typed: { municipalityId: string; wardCode: string; label: string },
	now = new Date()
) =>
	db.transaction(async (tx) => {
		const ward = await wardByCode(tx, typed.municipalityId, typed.wardCode, now);
		if (!ward) throw new Refusal(400, m.account_choose_ward(), 'ward');
		const label = cleanLine(typed.label).slice(0, 40);
		const watched = await ownWards(tx, actor.id);
		if (watched.length >= mostWards && !watched.some(({ wardCode }) => wardCode === ward.code))
			throw new Refusal(409, m.account_ten_wards(), 'ward');
		await tx
			.insert(watchedWards)
			.values({
				personId: actor.id,
				municipalityId: ward.municipalityId,
				wardCode: ward.code,
				label,
				since: now
			})
			.onConflictDoUpdate({
				target: [watchedWards.personId, watchedWards.wardCode],
				set: { label }
			});
	});

export const unwatchWard = (db: Db, actor: Actor, wardCode: string) =>
	db
		.delete(watchedWards)
		.where(and(eq(watchedWards.personId, actor.id), eq(watchedWards.wardCode, wardCode)));
