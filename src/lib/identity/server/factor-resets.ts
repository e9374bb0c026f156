import { and, desc, eq, isNull } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import { cleanText } from '../../platform/text.ts';
import type { Db } from '../../platform/server/db.ts';
import { can, type Actor } from '../permissions.ts';
import { placeOf } from './grants.ts';
import { chosenFirst } from './contacts.ts';
import type { TellLink } from './links.ts';
import { sendReset } from './new-password.ts';
import type { Municipality } from './municipalities.ts';
import {
	contactPoints,
	credentials,
	factorResets,
	grants,
	people,
	personContacts,
	recoveryCodes,
	totpSecrets
} from './schema.ts';
import { closeAllSessions } from './sessions.ts';

/** Whether somebody ever held a role here: what an administrator's reach over people means. */
export async function worksHere(db: Db, municipalityId: string, personId: string) {
	return (
		(await db.$count(
			grants,
			and(eq(grants.municipalityId, municipalityId), eq(grants.personId, personId))
		)) > 0
	);
}

async function checkReach(tx: Db, actor: Actor, municipality: Municipality, personId: string) {
	if (
		!isId(personId) ||
		!can(actor, 'people.manage', placeOf(municipality)) ||
		!(await worksHere(tx, municipality.id, personId))
	)
		throw notFound();
}

/** The first of two administrators: asks that a lost second factor be taken away. */
export const requestFactorReset = (
	db: Db,
	actor: Actor,
	facts: { municipality: Municipality; personId: string; reason: string },
	now = new Date()
) =>
	db.transaction(async (tx) => {
		const { municipality, personId } = facts;
		const reason = cleanText(facts.reason);
		await checkReach(tx, actor, municipality, personId);
		if (personId === actor.id)
			throw new Refusal(409, 'Two other administrators have to do this for you.');
		if (!reason) throw new Refusal(400, 'Say how you know that it is them.', 'reason');
		const [open] = await tx
			.select({ id: factorResets.id })
			.from(factorResets)
			.where(and(eq(factorResets.personId, personId), isNull(factorResets.decidedAt)));
		if (open) throw new Refusal(409, 'This has been asked already. Another administrator decides.');

		const id = newId(now);
		await tx.insert(factorResets).values({
			id,
			municipalityId: municipality.id,
			personId,
			reason: reason.slice(0, 500),
			requestedBy: actor.id,
			requestedAt: now
		});
		await note(tx, actor, municipality.id, 'factor_reset.requested', id, personId, now);
		return id;
	});

const note = (
	tx: Db,
	actor: Actor,
	municipalityId: string,
	deed: string,
	thingId: string,
	personId: string,
	now: Date
) =>
	record(
		tx,
		actor,
		{ municipalityId, deed, thing: 'factor_reset', thingId, details: { personId } },
		now
	);

/**
 * The second administrator agrees or not; never the one who asked, never the person. Agreeing takes
 * away the factor, the recovery codes and the password, ends every session, and sends a link for a
 * new password: whoever stole the old one gains nothing.
 */
export const decideFactorReset = (
	db: Db,
	actor: Actor,
	facts: { municipality: Municipality; id: string; approved: boolean },
	tell: TellLink,
	now = new Date()
) =>
	db.transaction(async (tx) => {
		const { municipality, id, approved } = facts;
		const [row] = await tx
			.select()
			.from(factorResets)
			.where(
				and(
					eq(factorResets.id, isId(id) ? id : newId()),
					eq(factorResets.municipalityId, municipality.id)
				)
			)
			.for('update');
		if (!row) throw notFound();
		await checkReach(tx, actor, municipality, row.personId);
		if (row.decidedAt) throw new Refusal(409, 'Somebody has decided this already.');
		if (row.requestedBy === actor.id || row.personId === actor.id)
			throw new Refusal(
				409,
				'Another administrator has to agree: not who asked, and not the person.'
			);

		await tx
			.update(factorResets)
			.set({ decidedBy: actor.id, decidedAt: now, approved })
			.where(eq(factorResets.id, row.id));
		if (approved) await takeAway(tx, row.personId, tell, now);
		const deed = approved ? 'factor_reset.approved' : 'factor_reset.refused';
		await note(tx, actor, municipality.id, deed, row.id, row.personId, now);
	});

async function takeAway(tx: Db, personId: string, tell: TellLink, now: Date) {
	await tx.delete(totpSecrets).where(eq(totpSecrets.personId, personId));
	await tx.delete(recoveryCodes).where(eq(recoveryCodes.personId, personId));
	await tx.delete(credentials).where(eq(credentials.personId, personId));
	await closeAllSessions(tx, personId);
	const [person] = await tx
		.select({
			id: people.id,
			name: people.name,
			language: people.language,
			contactPointId: contactPoints.id
		})
		.from(people)
		.innerJoin(personContacts, eq(personContacts.personId, people.id))
		.innerJoin(contactPoints, eq(contactPoints.id, personContacts.contactPointId))
		.where(
			and(
				eq(people.id, personId),
				eq(contactPoints.kind, 'email'),
				eq(personContacts.purpose, 'sign_in'),
				isNull(personContacts.withdrawnAt)
			)
		)
		.orderBy(...chosenFirst)
		.limit(1);
	if (person) await sendReset(tx, person, tell, now);
}

/** What waits for a second administrator here, and who asked. */
export const openFactorResets = (db: Db, municipalityId: string) =>
	db
		.select({
			id: factorResets.id,
			personId: factorResets.personId,
			name: people.name,
			reason: factorResets.reason,
			requestedBy: factorResets.requestedBy,
			requestedAt: factorResets.requestedAt
		})
		.from(factorResets)
		.innerJoin(people, eq(people.id, factorResets.personId))
		.where(and(eq(factorResets.municipalityId, municipalityId), isNull(factorResets.decidedAt)))
		.orderBy(desc(factorResets.requestedAt));
