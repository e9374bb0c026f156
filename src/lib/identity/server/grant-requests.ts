import { and, desc, eq, gt, inArray, isNull } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { later } from '../../platform/time.ts';
import { can, type Actor, type NewGrant } from '../permissions.ts';
import { requestLife } from '../second-admin.ts';
import { grantWords } from '../wording.ts';
import { addGrant, checkGrant, placeOf } from './grants.ts';
import { makeLink, noteLink, type TellLink } from './links.ts';
import type { Municipality } from './municipalities.ts';
import { accountsOf, mayDecide } from './second-admin.ts';
import { contactPoints, grantRequests, people, personContacts } from './schema.ts';

/** Who would get a role: somebody who works here, or whoever is invited at an address. */
export type Whom =
	| { personId: string; contactPointId?: undefined; name?: undefined }
	| { personId?: undefined; contactPointId: string; name: string };

/** Nobody brings about a role for themselves, under an address of their own or otherwise. */
async function refuseOwn(
	tx: Db,
	accounts: string[],
	{ personId, contactPointId }: { personId?: string | null; contactPointId?: string | null }
) {
	const own = personId
		? accounts.includes(personId)
		: (await tx.$count(
				personContacts,
				and(
					eq(personContacts.contactPointId, contactPointId!),
					inArray(personContacts.personId, accounts)
				)
			)) > 0;
	if (own) throw new Refusal(409, grantWords.not_yourself.words);
}

/** The first of two administrators asks that somebody gets a role. Nothing changes yet. Call it once the grant was checked. */
export async function askForGrant(
	tx: Db,
	actor: Actor,
	municipality: Municipality,
	grant: NewGrant,
	whom: Whom,
	now: Date
): Promise<string> {
	await refuseOwn(tx, await accountsOf(tx, actor), whom);
	const id = newId(now);
	await tx.insert(grantRequests).values({
		id,
		municipalityId: municipality.id,
		personId: whom.personId,
		contactPointId: whom.contactPointId,
		name: whom.name ?? '',
		grant,
		requestedBy: actor.id,
		requestedByName: actor.name,
		requestedAt: now
	});
	await note(tx, actor, municipality.id, 'requested', id, grant, whom.personId, now);
	return id;
}

/** What waits for a second administrator here; what is older than an hour is asked anew. */
export const openGrantRequests = (db: Db, municipalityId: string, now = new Date()) =>
	db
		.select({
			id: grantRequests.id,
			personId: grantRequests.personId,
			invited: grantRequests.name,
			name: people.name,
			masked: contactPoints.masked,
			grant: grantRequests.grant,
			requestedBy: grantRequests.requestedBy,
			requestedByName: grantRequests.requestedByName,
			requestedAt: grantRequests.requestedAt
		})
		.from(grantRequests)
		.leftJoin(people, eq(people.id, grantRequests.personId))
		.leftJoin(contactPoints, eq(contactPoints.id, grantRequests.contactPointId))
		.where(
			and(
				eq(grantRequests.municipalityId, municipalityId),
				isNull(grantRequests.decidedAt),
				gt(grantRequests.requestedAt, later(now, -requestLife))
			)
		)
		.orderBy(desc(grantRequests.requestedAt));

export type GrantRequest = Awaited<ReturnType<typeof openGrantRequests>>[number];

/**
 * The second administrator agrees, and the role is given or the invitation sent, or not. Whoever
 * asked may only take it back, and nobody agrees to a role of their own.
 * @throws Refusal 404, 409 with the reason
 */
export const decideGrantRequest = (
	db: Db,
	actor: Actor,
	facts: { municipality: Municipality; id: string; agreed: boolean },
	tell: TellLink,
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		const { municipality, agreed } = facts;
		if (!can(actor, 'people.manage', placeOf(municipality))) throw notFound();
		const asked = await lockRequest(tx, municipality.id, facts.id);
		const { id, grant, personId } = asked;
		const accounts = await mayDecide(tx, actor, asked, { agreed, place: municipality }, now);
		await tx
			.update(grantRequests)
			.set({ decidedBy: actor.id, decidedAt: now, agreed })
			.where(eq(grantRequests.id, id));
		if (agreed) {
			await refuseOwn(tx, accounts, asked);
			await checkGrant(tx, actor, municipality, grant, personId, now);
			await settle(tx, actor, municipality.id, asked, tell, now);
		}
		const what = agreed ? 'agreed' : 'refused';
		await note(tx, actor, municipality.id, what, id, grant, personId, now);
	});

async function lockRequest(tx: Db, municipalityId: string, id: string) {
	const [found] = await tx
		.select()
		.from(grantRequests)
		.where(
			and(
				eq(grantRequests.id, isId(id) ? id : newId()),
				eq(grantRequests.municipalityId, municipalityId)
			)
		)
		.for('update');
	if (!found) throw notFound();
	return found;
}

/** Both stand in the record: who asked gives it, and the request names who agreed. */
async function settle(
	tx: Db,
	actor: Actor,
	municipalityId: string,
	asked: typeof grantRequests.$inferSelect,
	tell: TellLink,
	now: Date
) {
	const { grant, personId, contactPointId, name, requestedBy } = asked;
	if (personId) {
		await addGrant(tx, { id: requestedBy }, municipalityId, personId, grant, now);
		return;
	}
	const link = await makeLink(
		tx,
		{
			kind: 'invitation',
			municipalityId,
			contactPointId: contactPointId!,
			personId: null,
			name,
			grants: [grant],
			createdBy: requestedBy
		},
		tell,
		now
	);
	await noteLink(tx, actor, municipalityId, 'invitation.sent', link, now, { role: grant.role });
}

const note = (
	tx: Db,
	actor: Actor,
	municipalityId: string,
	what: 'requested' | 'agreed' | 'refused',
	thingId: string,
	{ role }: NewGrant,
	personId: string | null | undefined,
	now: Date
) =>
	record(
		tx,
		actor,
		{
			municipalityId,
			deed: `grant_request.${what}`,
			thing: 'grant_request',
			thingId,
			details: { role, personId: personId ?? null }
		},
		now
	);
