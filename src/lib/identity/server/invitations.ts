import { and, desc, eq, isNull } from 'drizzle-orm';
import { isId, newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import { cleanLine } from '../../platform/text.ts';
import type { Db } from '../../platform/server/db.ts';
import { readEmail } from '../contact.ts';
import { can, type Actor, type NewGrant } from '../permissions.ts';
import { twoAdminRoles } from '../second-admin.ts';
import { linkWords } from '../wording.ts';
import { keepContact } from './contacts.ts';
import { askForGrant } from './grant-requests.ts';
import { checkGrant } from './grants.ts';
import { makeLink, noteLink, type TellLink } from './links.ts';
import type { Municipality } from './municipalities.ts';
import { contactPoints, invitations } from './schema.ts';

export interface Invitation {
	municipality: Municipality;
	name: string;
	email: string;
	grant: NewGrant;
}

/**
 * Invites somebody to work here: a link to their e-mail, for 72 hours, that makes them an account
 * with this one grant. To a role that warns everybody nobody is invited before another administrator
 * agreed. Answers the id of the invitation, or of what was asked.
 * @throws Refusal 404 out of reach, 400 naming the field that is wrong, 409 when the grant may not be
 */
export async function invite(
	db: Db,
	actor: Actor,
	{ municipality, grant, ...typed }: Invitation,
	tell: TellLink,
	now = new Date()
): Promise<string> {
	const { name, email } = readInvited(typed);
	return db.transaction(async (tx) => {
		await checkGrant(tx, actor, municipality, grant, null, now);
		const contact = await keepContact(tx, email, now);
		if (twoAdminRoles.has(grant.role)) {
			const whom = { contactPointId: contact.id, name };
			return await askForGrant(tx, actor, municipality, grant, whom, now);
		}
		const id = await makeLink(
			tx,
			{
				kind: 'invitation',
				municipalityId: municipality.id,
				contactPointId: contact.id,
				personId: null,
				name,
				grants: [grant],
				createdBy: actor.id
			},
			tell,
			now
		);
		await noteLink(tx, actor, municipality.id, 'invitation.sent', id, now, { role: grant.role });
		return id;
	});
}

function readInvited(typed: { name: string; email: string }) {
	const name = cleanLine(typed.name);
	const email = readEmail(typed.email);
	if (!name) throw new Refusal(400, 'Give the person’s name.', 'name');
	if (name.length > 100)
		throw new Refusal(400, 'The name may have 100 characters at most.', 'name');
	if (!email) throw new Refusal(400, 'Give an e-mail address, such as name@example.org.', 'email');
	return { name, email };
}

/** The first administrator of a municipality, invited by the operator of the installation. */
export async function inviteFirstAdmin(
	db: Db,
	facts: {
		municipality: Municipality;
		name: string;
		email: string;
		role: 'admin' | 'district_admin';
	},
	tell: TellLink,
	now = new Date()
) {
	const { name, email } = readInvited(facts);
	await db.transaction(async (tx) => {
		const contact = await keepContact(tx, email, now);
		const id = await makeLink(
			tx,
			{
				kind: 'invitation',
				municipalityId: facts.municipality.id,
				contactPointId: contact.id,
				personId: null,
				name,
				grants: [{ role: facts.role }],
				createdBy: null
			},
			tell,
			now
		);
		await noteLink(tx, null, facts.municipality.id, 'invitation.sent', id, now, {
			role: facts.role
		});
	});
}

/** Invitations that nobody has answered, newest first, for whoever manages people here. */
export const openInvitations = (db: Db, municipalityId: string) =>
	db
		.select({
			id: invitations.id,
			name: invitations.name,
			grants: invitations.grants,
			masked: contactPoints.masked,
			createdAt: invitations.createdAt,
			expiresAt: invitations.expiresAt,
			revokedAt: invitations.revokedAt
		})
		.from(invitations)
		.leftJoin(contactPoints, eq(contactPoints.id, invitations.contactPointId))
		.where(
			and(
				eq(invitations.municipalityId, municipalityId),
				eq(invitations.kind, 'invitation'),
				isNull(invitations.usedAt),
				isNull(invitations.revokedAt)
			)
		)
		.orderBy(desc(invitations.createdAt));

async function lockInvitation(tx: Db, actor: Actor, municipality: Municipality, id: string) {
	const [row] = await tx
		.select()
		.from(invitations)
		.where(
			and(
				eq(invitations.id, isId(id) ? id : newId()),
				eq(invitations.municipalityId, municipality.id),
				eq(invitations.kind, 'invitation')
			)
		)
		.for('update');
	const thing = { municipalityId: municipality.id, districtId: municipality.districtId };
	if (!row || !can(actor, 'people.manage', thing)) throw notFound();
	if (row.usedAt) throw new Refusal(409, linkWords.used);
	return row;
}

/** Takes an invitation back: its link opens nothing from now on. */
export const revokeInvitation = (
	db: Db,
	actor: Actor,
	{ municipality, id }: { municipality: Municipality; id: string },
	now = new Date()
) =>
	db.transaction(async (tx) => {
		const row = await lockInvitation(tx, actor, municipality, id);
		await tx.update(invitations).set({ revokedAt: now }).where(eq(invitations.id, row.id));
		await noteLink(tx, actor, municipality.id, 'invitation.revoked', row.id, now);
	});

/** Sends an invitation once more, with a new link; the old one opens nothing any more. */
export const resendInvitation = (
	db: Db,
	actor: Actor,
	{ municipality, id }: { municipality: Municipality; id: string },
	tell: TellLink,
	now = new Date()
) =>
	db.transaction(async (tx) => {
		const {
			contactPointId,
			name,
			grants,
			id: old
		} = await lockInvitation(tx, actor, municipality, id);
		for (const grant of grants) await checkGrant(tx, actor, municipality, grant, null, now);
		if (grants.some(({ role }) => twoAdminRoles.has(role)))
			throw new Refusal(
				409,
				'Two administrators give this role. Take the invitation back, and invite them again.'
			);
		await tx.update(invitations).set({ revokedAt: now }).where(eq(invitations.id, old));
		const fresh = await makeLink(
			tx,
			{
				kind: 'invitation',
				municipalityId: municipality.id,
				contactPointId: contactPointId!,
				personId: null,
				name,
				grants,
				createdBy: actor.id
			},
			tell,
			now
		);
		await noteLink(tx, actor, municipality.id, 'invitation.sent', fresh, now, { again: old });
	});
