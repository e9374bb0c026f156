import { and, asc, desc, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { isId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { can, type Actor } from '../permissions.ts';
import { chosenFirst } from './contacts.ts';
import { worksHere } from './factor-resets.ts';
import { placeOf } from './grants.ts';
import type { TellLink } from './links.ts';
import { sendReset } from './new-password.ts';
import type { Municipality } from './municipalities.ts';
import {
	contactPoints,
	credentials,
	departments,
	grants,
	people,
	personContacts,
	sessions,
	totpSecrets
} from './schema.ts';
import { closeAllSessions } from './sessions.ts';

function checkPeopleManager(actor: Actor, municipality: Municipality) {
	if (!can(actor, 'people.manage', placeOf(municipality))) throw notFound();
}

const grantColumns = {
	id: grants.id,
	personId: grants.personId,
	role: grants.role,
	wardCode: grants.wardCode,
	department: departments.name,
	term: grants.term,
	startsAt: grants.startsAt,
	endsAt: grants.endsAt
};

const running = (now: Date) => or(isNull(grants.endsAt), gt(grants.endsAt, now));

/** Everybody with a role here that has not ended, by name; `q` finds a part of the name. */
export async function colleaguesOf(
	db: Db,
	actor: Actor,
	municipality: Municipality,
	{ q = '' }: { q?: string } = {},
	now = new Date()
) {
	checkPeopleManager(actor, municipality);
	return listColleagues(db, municipality.id, q, now);
}

async function listColleagues(db: Db, municipalityId: string, q: string, now: Date) {
	const held = await db
		.select(grantColumns)
		.from(grants)
		.leftJoin(departments, eq(departments.id, grants.departmentId))
		.where(and(eq(grants.municipalityId, municipalityId), running(now)))
		.orderBy(asc(grants.startsAt));
	const ids = [...new Set(held.map(({ personId }) => personId))];
	if (!ids.length) return [];
	const wanted = `%${q
		.trim()
		.toLowerCase()
		.replace(/[\\%_]/g, '\\$&')}%`;
	const found = await db
		.select({
			id: people.id,
			name: people.name,
			secondFactor: sql<boolean>`${totpSecrets.personId} is not null`,
			password: sql<boolean>`${credentials.personId} is not null`
		})
		.from(people)
		.leftJoin(totpSecrets, eq(totpSecrets.personId, people.id))
		.leftJoin(credentials, eq(credentials.personId, people.id))
		.where(and(inArray(people.id, ids), sql`lower(${people.name}) like ${wanted}`))
		.orderBy(asc(people.name));
	return found.map((person) => ({
		...person,
		grants: held.filter(({ personId }) => personId === person.id)
	}));
}

/** Who can go on leave or stand in here, as far as the person hands out work. */
export async function colleaguesForLeave(
	db: Db,
	actor: Actor,
	municipality: Municipality,
	now = new Date()
) {
	const all = await listColleagues(db, municipality.id, '', now);
	const reach = (departmentId: string | null) =>
		can(actor, 'delegation.manage', { ...placeOf(municipality), departmentId });
	if (reach(null)) return all;
	const own = new Set(
		actor.grants
			.filter(({ departmentId }) => reach(departmentId))
			.map((grant) => grant.departmentId)
	);
	const inside = await db
		.select({ personId: grants.personId })
		.from(grants)
		.where(
			and(
				eq(grants.municipalityId, municipality.id),
				inArray(
					grants.departmentId,
					[...own].filter((each) => each !== null)
				),
				running(now)
			)
		);
	return all.filter(({ id }) => inside.some(({ personId }) => personId === id));
}

/** One colleague, with every role held here, past ones too. @throws Refusal 404 out of reach */
export async function colleague(
	db: Db,
	actor: Actor,
	municipality: Municipality,
	personId: string
) {
	checkPeopleManager(actor, municipality);
	if (!isId(personId) || !(await worksHere(db, municipality.id, personId))) throw notFound();
	const [person] = await db
		.select({ id: people.id, name: people.name, secondFactor: totpSecrets.confirmedAt })
		.from(people)
		.leftJoin(totpSecrets, eq(totpSecrets.personId, people.id))
		.where(eq(people.id, personId));
	const held = await db
		.select(grantColumns)
		.from(grants)
		.leftJoin(departments, eq(departments.id, grants.departmentId))
		.where(and(eq(grants.municipalityId, municipality.id), eq(grants.personId, personId)))
		.orderBy(desc(grants.startsAt));
	const open = await db
		.select({ device: sessions.device, lastSeenAt: sessions.lastSeenAt })
		.from(sessions)
		.where(and(eq(sessions.userId, personId), eq(sessions.kind, 'staff')))
		.orderBy(desc(sessions.lastSeenAt));
	return { ...person, grants: held, sessions: open, contacts: await workAddresses(db, personId) };
}

const workAddresses = (db: Db, personId: string) =>
	db
		.select({ id: contactPoints.id, masked: contactPoints.masked })
		.from(personContacts)
		.innerJoin(contactPoints, eq(contactPoints.id, personContacts.contactPointId))
		.where(
			and(
				eq(personContacts.personId, personId),
				eq(personContacts.purpose, 'sign_in'),
				eq(contactPoints.kind, 'email'),
				isNull(personContacts.withdrawnAt)
			)
		)
		.orderBy(...chosenFirst);

interface AboutColleague {
	municipality: Municipality;
	personId: string;
}

/** Ends every session of a colleague: a phone was lost. */
export const endSessionsOf = (
	db: Db,
	actor: Actor,
	{ municipality, personId }: AboutColleague,
	now = new Date()
) =>
	db.transaction(async (tx) => {
		await colleague(tx, actor, municipality, personId);
		await closeAllSessions(tx, personId);
		await record(
			tx,
			actor,
			{
				municipalityId: municipality.id,
				deed: 'person.sessions_ended',
				thing: 'person',
				thingId: personId
			},
			now
		);
	});

/** Sends a colleague a link for a new password; the administrator never sees it. */
export const sendPasswordLink = (
	db: Db,
	actor: Actor,
	{ municipality, personId }: AboutColleague,
	tell: TellLink,
	now = new Date()
) =>
	db.transaction(async (tx) => {
		const { name, contacts } = await colleague(tx, actor, municipality, personId);
		if (!contacts.length) throw new Refusal(409, 'We know no e-mail address of this person.');
		await sendReset(
			tx,
			{ id: personId, name, language: 'en', contactPointId: contacts[0].id },
			tell,
			now
		);
		await record(
			tx,
			actor,
			{
				municipalityId: municipality.id,
				deed: 'password.link_asked',
				thing: 'person',
				thingId: personId
			},
			now
		);
	});

/** Councillors' terms here, by ward: who speaks for it, since when, until when; past terms too. */
export async function councillorTerms(db: Db, actor: Actor, municipality: Municipality) {
	checkPeopleManager(actor, municipality);
	return db
		.select({ ...grantColumns, name: people.name })
		.from(grants)
		.innerJoin(people, eq(people.id, grants.personId))
		.leftJoin(departments, eq(departments.id, grants.departmentId))
		.where(and(eq(grants.municipalityId, municipality.id), eq(grants.role, 'councillor')))
		.orderBy(asc(grants.wardCode), desc(grants.startsAt));
}
