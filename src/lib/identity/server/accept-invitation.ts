import { eq } from 'drizzle-orm';
import { newId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import { cleanLine } from '../../platform/text.ts';
import type { Db } from '../../platform/server/db.ts';
import { attachContact, contactValue } from './contacts.ts';
import { insertGrant } from './grants.ts';
import { lockLink, noteLink } from './links.ts';
import { checkPassword, hashPassword, isPassword } from './passwords.ts';
import { credentials, invitations, people } from './schema.ts';
import { staffByEmail } from './staff.ts';

/**
 * Accepts an invitation. Somebody new chooses a password; whoever works elsewhere in this
 * installation with the same address types the one they have.
 * @throws Refusal 400 for the password, 409 when the link opens nothing
 */
export async function acceptInvitation(
	db: Db,
	facts: { token: string; name: string; password: string },
	now = new Date()
): Promise<{ personId: string; municipalityId: string }> {
	const name = cleanLine(facts.name);
	if (!name) throw new Refusal(400, 'Give your name.', 'name');
	if (name.length > 100)
		throw new Refusal(400, 'The name may have 100 characters at most.', 'name');
	checkPassword(facts.password, [name]);
	const passwordHash = await hashPassword(facts.password);

	return db.transaction(async (tx) => {
		const row = await lockLink(tx, 'invitation', facts.token, now);
		const personId =
			(await colleagueAt(tx, row.contactPointId!, facts.password)) ??
			(await addColleague(tx, { ...row, name, passwordHash }, now));
		for (const grant of row.grants)
			await insertGrant(tx, row.municipalityId, personId, grant, row.createdBy, now);
		await tx.update(invitations).set({ usedAt: now, personId }).where(eq(invitations.id, row.id));
		await noteLink(tx, { id: personId }, row.municipalityId, 'invitation.accepted', row.id, now);
		return { personId, municipalityId: row.municipalityId };
	});
}

async function colleagueAt(tx: Db, contactPointId: string, password: string) {
	const contact = await contactValue(tx, contactPointId);
	const colleague = contact && (await staffByEmail(tx, contact.value));
	if (!colleague?.passwordHash) return colleague?.id;
	if (await isPassword(password, colleague.passwordHash)) return colleague.id;
	throw new Refusal(
		400,
		'You already have an account with this address: type the password you use there.',
		'password'
	);
}

async function addColleague(
	tx: Db,
	facts: {
		contactPointId: string | null;
		name: string;
		municipalityId: string;
		passwordHash: string;
	},
	now: Date
) {
	const id = newId(now);
	const { name, municipalityId, passwordHash, contactPointId } = facts;
	await tx.insert(people).values({ id, name, homeMunicipalityId: municipalityId, createdAt: now });
	await tx.insert(credentials).values({ personId: id, passwordHash, changedAt: now });
	const contact = { personId: id, contactPointId: contactPointId!, verified: true };
	await attachContact(tx, { ...contact, purpose: 'sign_in' }, now);
	await attachContact(tx, { ...contact, purpose: 'service' }, now);
	return id;
}
