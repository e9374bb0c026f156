import { and, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import { record } from '../../../audit/server/index.ts';
import { caseEvents, confirmations } from '../../../cases/server/schema.ts';
import {
	followings,
	messages,
	preferences,
	pushSubscriptions
} from '../../../delivery/server/schema.ts';
import { eraseFromAudiences, eraseFromBlocks } from '../../../delivery/server/index.ts';
import type { Actor } from '../../../identity/permissions.ts';
import {
	contactPoints,
	credentials,
	grants,
	invitations,
	knownDevices,
	people,
	personContacts,
	privacyRequests,
	recoveryCodes,
	sessions,
	signInCodes,
	staffSignIns,
	totpSecrets,
	watchedWards
} from '../../../identity/server/schema.ts';
import { removePhotoFiles } from '../../../photos/server/index.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import { flags, issues, supports } from '../schema.ts';
import { byContact, byPerson } from '../standing.ts';
import { keepers } from './keepers.ts';
import { eraseIssues, eraseWords, type PublicWords } from './erase-issue.ts';

export interface Erased {
	issues: number;
	words: number;
	photos: number;
	contacts: number;
}

/**
 * Takes a person out of the installation: contacts, names, what they wrote in private, messages and
 * ways to sign in. The row stays, empty, so that history keeps its places. The caller has made sure
 * that it is this person who asks, or decides a request as `privacy.handle`.
 * @throws Refusal 409 for somebody who works here
 */
export async function erasePerson(
	db: Db,
	by: Actor | null,
	facts: { personId: string; municipalityId: string; publicWords: PublicWords },
	now = new Date()
): Promise<Erased> {
	const { done, files } = await db.transaction((tx) => eraseWithin(tx, by, facts, now));
	await removePhotoFiles(files);
	return done;
}

/** The same within the transaction of a larger deed, which removes the files once it is committed. */
export async function eraseWithin(
	tx: Db,
	by: Actor | null,
	facts: { personId: string; municipalityId: string; publicWords: PublicWords },
	now: Date
): Promise<{ done: Erased; files: Array<string | null> }> {
	const { personId, municipalityId, publicWords } = facts;
	if ((await tx.$count(grants, eq(grants.personId, personId))) > 0)
		throw new Refusal(
			409,
			'This person works here, or did. Their deeds stay under their name as the law asks; end their roles instead.'
		);
	const contactIds = await ownContactIds(tx, personId);
	const sole = await unshared(tx, personId, contactIds);
	const mine = await tx
		.select({ id: issues.id })
		.from(issues)
		.where(
			or(
				eq(issues.reporterId, personId),
				and(
					isNull(issues.reporterId),
					sole.length ? inArray(issues.contactPointId, sole) : isNull(issues.id)
				)
			)
		);
	const { files, ...gone } = await eraseIssues(
		tx,
		mine.map(({ id }) => id),
		publicWords,
		now
	);
	const aside = await eraseWords(tx, privateEventsOf(tx, personId), now);
	await eraseVoices(tx, personId, sole);
	await eraseMessages(tx, personId, sole);
	for (const keeper of keepers) await keeper.forget(tx, personId);
	await eraseAccount(tx, personId, now);
	const contacts = await eraseContacts(tx, contactIds);

	const done = { issues: mine.length, words: gone.words + aside, photos: gone.photos, contacts };
	await record(
		tx,
		by,
		{
			municipalityId,
			deed: 'person.erased',
			thing: 'person',
			thingId: personId,
			details: { ...done, publicWords }
		},
		now
	);
	return { done, files };
}

const ownContactIds = async (tx: Db, personId: string) =>
	(
		await tx
			.selectDistinct({ id: personContacts.contactPointId })
			.from(personContacts)
			.where(eq(personContacts.personId, personId))
	).map(({ id }) => id);

/** Contacts that are nobody else's: what was reported with a shared telephone may be another's. */
async function unshared(tx: Db, personId: string, contactIds: string[]) {
	if (!contactIds.length) return [];
	const shared = await tx
		.select({ id: personContacts.contactPointId })
		.from(personContacts)
		.where(
			and(inArray(personContacts.contactPointId, contactIds), ne(personContacts.personId, personId))
		);
	return contactIds.filter((id) => !shared.some((each) => each.id === id));
}

/** Supports, flags and answers stay counted, under names that lead to nobody. */
async function eraseVoices(tx: Db, personId: string, contactIds: string[]) {
	const names = [byPerson(personId), ...contactIds.map(byContact)];
	await tx
		.update(supports)
		.set({ personId: null, address: null, contactPointId: null, byWhom: nobody(supports.id) })
		.where(
			or(
				eq(supports.personId, personId),
				inArray(supports.byWhom, names),
				contactIds.length ? inArray(supports.contactPointId, contactIds) : undefined
			)
		);
	await tx
		.update(flags)
		.set({ words: '', byWhom: nobody(flags.id) })
		.where(inArray(flags.byWhom, names));
	await tx
		.update(confirmations)
		.set({ byWhom: nobody(confirmations.id) })
		.where(inArray(confirmations.byWhom, names));
}

const nobody = (id: AnyPgColumn) => sql`'erased:' || ${id}::text`;

const privateEventsOf = (tx: Db, personId: string) =>
	tx
		.select({ id: caseEvents.id })
		.from(caseEvents)
		.where(and(eq(caseEvents.actorId, personId), eq(caseEvents.visibility, 'private')));

/** Words and addresses of what we sent; that something was sent, and when, stays. */
const eraseMessages = (tx: Db, personId: string, contactIds: string[]) =>
	tx
		.update(messages)
		.set({ title: '', textSealed: null, personId: null, contactPointId: null })
		.where(
			or(
				eq(messages.personId, personId),
				contactIds.length
					? and(isNull(messages.personId), inArray(messages.contactPointId, contactIds))
					: undefined
			)
		);

async function eraseAccount(tx: Db, personId: string, now: Date) {
	await eraseFromBlocks(tx, personId);
	await eraseFromAudiences(tx, personId);
	for (const table of [
		personContacts,
		watchedWards,
		credentials,
		totpSecrets,
		recoveryCodes,
		staffSignIns,
		signInCodes,
		followings,
		preferences,
		pushSubscriptions
	])
		await tx.delete(table).where(eq(table.personId, personId));
	await tx.delete(sessions).where(eq(sessions.userId, personId));
	await tx.delete(knownDevices).where(eq(knownDevices.subjectId, personId));
	await tx.update(invitations).set({ name: '' }).where(eq(invitations.personId, personId));
	await tx
		.update(privacyRequests)
		.set({ name: '', words: '' })
		.where(eq(privacyRequests.personId, personId));
	await tx.update(people).set({ name: '', erasedAt: now }).where(eq(people.id, personId));
}

/** A contact which nobody else uses loses its value; a shared telephone stays with the others. */
async function eraseContacts(tx: Db, contactIds: string[]): Promise<number> {
	let erased = 0;
	for (const id of contactIds) {
		const shared =
			(await tx.$count(personContacts, eq(personContacts.contactPointId, id))) +
			(await tx.$count(issues, eq(issues.contactPointId, id)));
		if (shared > 0) continue;
		await tx.delete(followings).where(eq(followings.contactPointId, id));
		await tx.delete(preferences).where(eq(preferences.contactPointId, id));
		await tx.delete(signInCodes).where(eq(signInCodes.contactPointId, id));
		await tx.delete(knownDevices).where(eq(knownDevices.subjectId, id));
		await tx
			.update(contactPoints)
			.set({ valueSealed: null, valueIndex: null, masked: 'erased', verifiedAt: null })
			.where(eq(contactPoints.id, id));
		erased++;
	}
	return erased;
}
