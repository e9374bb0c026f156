import { createHash, randomBytes } from 'node:crypto';
import { and, desc, eq, isNull } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import { cleanLine } from '../../platform/text.ts';
import { hours, later } from '../../platform/time.ts';
import type { Db } from '../../platform/server/db.ts';
import { readEmail } from '../contact.ts';
import { can, type Actor, type NewGrant } from '../permissions.ts';
import { linkLife, linkObstacle, passwordObstacle } from '../rules.ts';
import { linkWords, passwordWords } from '../wording.ts';
import { attachContact, contactValue, keepContact } from './contacts.ts';
import { checkGrant, insertGrant } from './grants.ts';
import { hashPassword, isPassword } from './passwords.ts';
import { contactPoints, credentials, invitations, people } from './schema.ts';
import type { Municipality } from './municipalities.ts';
import { closeAllSessions } from './sessions.ts';
import { staffByEmail } from './staff.ts';
import { spend, type From } from './throttle.ts';
import { isKnownDevice } from './devices.ts';

/** A link on its way to somebody: whoever asked puts it into a message within the same transaction. */
export interface SentLink {
	kind: 'invitation' | 'password_reset';
	token: string;
	id: string;
	municipalityId: string;
	contactPointId: string;
	personId: string | null;
	name: string;
	language: string;
	grants: NewGrant[];
	expiresAt: Date;
}
export type TellLink = (tx: Db, sent: SentLink) => Promise<unknown>;

/** Only this is stored: whoever reads the table cannot use the link. */
const hash = (token: string) => createHash('sha256').update(token).digest('hex');

type NewLink = Pick<
	SentLink,
	'kind' | 'municipalityId' | 'contactPointId' | 'personId' | 'name'
> & {
	grants?: NewGrant[];
	createdBy: string | null;
	language?: string;
};

async function makeLink(tx: Db, facts: NewLink, tell: TellLink, now: Date): Promise<string> {
	const id = newId(now);
	const token = randomBytes(32).toString('base64url');
	const expiresAt = later(now, linkLife[facts.kind]);
	const { language = 'en', grants = [], ...row } = facts;
	await tx
		.insert(invitations)
		.values({ id, tokenHash: hash(token), createdAt: now, expiresAt, grants, ...row });
	await tell(tx, { ...row, grants, id, token, expiresAt, language });
	return id;
}

export interface Invitation {
	municipality: Municipality;
	name: string;
	email: string;
	grant: NewGrant;
}

/**
 * Invites somebody to work here: a link to their e-mail, for 72 hours, that makes them an account
 * with this one grant.
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

const noteLink = (
	tx: Db,
	actor: { id: string } | null,
	municipalityId: string | null,
	deed: string,
	thingId: string,
	now: Date,
	details?: Record<string, unknown>
) => record(tx, actor, { municipalityId, deed, thing: 'invitation', thingId, details }, now);

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

/** What the page behind a link shows. @throws Refusal 409 when the link opens nothing */
export async function openLink(db: Db, kind: SentLink['kind'], token: string, now = new Date()) {
	const [row] = await db
		.select()
		.from(invitations)
		.where(and(eq(invitations.tokenHash, hash(token)), eq(invitations.kind, kind)));
	const obstacle = linkObstacle(row, now);
	return obstacle ? { obstacle: linkWords[obstacle] } : { name: row.name, grants: row.grants };
}

async function lockLink(tx: Db, kind: SentLink['kind'], token: string, now: Date) {
	const [row] = await tx
		.select()
		.from(invitations)
		.where(and(eq(invitations.tokenHash, hash(token)), eq(invitations.kind, kind)))
		.for('update');
	const obstacle = linkObstacle(row, now);
	if (obstacle) throw new Refusal(409, linkWords[obstacle]);
	return row;
}

function checkPassword(password: string, known: string[]) {
	const obstacle = passwordObstacle(password, known);
	if (obstacle) throw new Refusal(400, passwordWords[obstacle], 'password');
}

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

const resetBudgets = {
	device: { points: 3, window: hours(1) },
	strangers: { points: 5, window: hours(1) }
} as const;

/**
 * Sends a link for a new password to whoever works here with this address. The answer is the same
 * when nobody does.
 * @throws Refusal 429 when it was asked for too often
 */
export async function askForNewPassword(
	db: Db,
	{ email, from }: { email: string; from: From },
	tell: TellLink,
	now = new Date()
) {
	const account = email.trim().toLowerCase().slice(0, 200);
	if (!readEmail(account))
		throw new Refusal(400, 'Give your work e-mail address, such as name@example.org.', 'email');
	const colleague = await staffByEmail(db, account);
	const known = colleague && (await isKnownDevice(db, colleague.id, from.device));
	const until = await spend(
		db,
		`reset/${account}/${known ? from.device : 'strangers'}`,
		resetBudgets[known ? 'device' : 'strangers'],
		now
	);
	if (until) throw new Refusal(429, 'We have sent several links. Use the last one.', 'email');
	if (colleague) await db.transaction((tx) => sendReset(tx, colleague, tell, now));
}

/** Sends somebody a link for a new password. */
export async function sendReset(
	tx: Db,
	colleague: { id: string; name: string; language: string; contactPointId: string },
	tell: TellLink,
	now: Date
) {
	const [{ home }] = await tx
		.select({ home: people.homeMunicipalityId })
		.from(people)
		.where(eq(people.id, colleague.id));
	if (!home) return;
	const id = await makeLink(
		tx,
		{
			kind: 'password_reset',
			municipalityId: home,
			contactPointId: colleague.contactPointId,
			personId: colleague.id,
			name: colleague.name,
			language: colleague.language,
			createdBy: null
		},
		tell,
		now
	);
	await noteLink(tx, null, null, 'password.link_sent', id, now, { personId: colleague.id });
}

/**
 * Sets a new password by a link, once. Every session of the person ends; the second factor stays.
 * @throws Refusal 400 for the password, 409 when the link opens nothing
 */
export async function setPassword(
	db: Db,
	{ token, password }: { token: string; password: string },
	now = new Date()
) {
	checkPassword(password, []);
	const passwordHash = await hashPassword(password);
	await db.transaction(async (tx) => {
		const row = await lockLink(tx, 'password_reset', token, now);
		const kept = { passwordHash, changedAt: now };
		await tx
			.insert(credentials)
			.values({ personId: row.personId!, ...kept })
			.onConflictDoUpdate({ target: credentials.personId, set: kept });
		await tx
			.update(invitations)
			.set({ usedAt: now })
			.where(
				and(
					eq(invitations.personId, row.personId!),
					eq(invitations.kind, 'password_reset'),
					isNull(invitations.usedAt)
				)
			);
		await closeAllSessions(tx, row.personId!);
		await noteLink(tx, { id: row.personId! }, null, 'password.changed', row.id, now);
	});
}
