import { and, eq, isNull } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { can, type Actor, type Permission } from '../../identity/permissions.ts';
import { municipalityById } from '../../identity/server/index.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { isoDay } from '../../platform/time.ts';
import { act, mustHavePlace } from './act.ts';
import { aidEvents, aidHouseholdEvents, aidHouseholds, aidMembers, aidSites } from './schema.ts';

export type Household = typeof aidHouseholds.$inferSelect;
export type Member = typeof aidMembers.$inferSelect;
type EventKind = typeof aidHouseholdEvents.$inferInsert.kind;

/** Today on the municipality's calendar, `2026-11-24`. */
export const todayOf = async (db: Db, municipalityId: string, now: Date) =>
	isoDay(now, (await municipalityById(db, municipalityId))?.timezone);

/** A site of an event where people can be registered. @throws 404 for another event, 409 once it is closed */
export async function openSite(tx: Db, eventId: string, siteId: string) {
	const [found] = await tx
		.select({ site: aidSites, closedAt: aidEvents.closedAt })
		.from(aidSites)
		.innerJoin(aidEvents, eq(aidEvents.id, aidSites.eventId))
		.where(
			and(
				eq(aidSites.id, isId(siteId) ? siteId : newId()),
				eq(aidSites.eventId, isId(eventId) ? eventId : newId())
			)
		);
	if (!found) throw notFound();
	if (found.closedAt || found.site.closedAt)
		throw new Refusal(409, 'This site is closed. Choose another one.', 'siteId');
	return found.site;
}

/**
 * The household, locked, for somebody with a place at its site who may do this in the office too. One
 * that was merged or closed is changed no more. @throws 404, 409
 */
export async function lockHousehold(tx: Db, actor: Actor, id: string, permission: Permission) {
	const [household] = await tx
		.select()
		.from(aidHouseholds)
		.where(eq(aidHouseholds.id, isId(id) ? id : newId()))
		.for('update');
	if (!household || !can(actor, permission, household)) throw notFound();
	return household;
}

export function mustBeActive({ state }: Household) {
	if (state === 'merged')
		throw new Refusal(409, 'This was joined with another registration. Open that one.');
	if (state === 'closed') throw new Refusal(409, 'Nobody is left in this household.');
}

/** The same for a registrar, who needs a place at its site. @throws 404, 409 */
export async function lockForRegistrar(tx: Db, actor: Actor, id: string, now: Date) {
	const household = await lockHousehold(tx, actor, id, 'aid.register');
	await mustHavePlace(tx, actor, 'registrar', household, now);
	mustBeActive(household);
	return household;
}

/** Its living members, the head first. */
export const livingOf = async (db: Db, householdId: string): Promise<Member[]> => {
	const members = await db
		.select()
		.from(aidMembers)
		.where(and(eq(aidMembers.householdId, householdId), isNull(aidMembers.diedAt)))
		.orderBy(aidMembers.addedAt, aidMembers.id);
	return members.sort((a, b) => Number(b.isHead) - Number(a.isHead));
};

/** Adds to what happened to a household. Ids and codes only. */
export const happened = (
	tx: Db,
	{ id }: Pick<Household, 'id'>,
	actor: Pick<Actor, 'id'>,
	kind: EventKind,
	facts: Record<string, string | number | null>,
	now: Date
) =>
	tx
		.insert(aidHouseholdEvents)
		.values({ id: newId(now), householdId: id, kind, facts, actorId: actor.id, at: now });

/** The deed as relief keeps it and as the audit log keeps it: the last writes of a transaction. */
export async function done(
	tx: Db,
	actor: Actor,
	household: Household,
	deed: `aid_${string}.${string}`,
	now: Date,
	{
		role = 'registrar',
		details = {}
	}: { role?: 'registrar' | 'adjudicator'; details?: object } = {}
) {
	await act(
		tx,
		actor,
		{
			role,
			deed: deed.slice('aid_'.length),
			subjectId: household.id,
			householdId: household.id,
			place: household
		},
		now
	);
	await record(
		tx,
		actor,
		{
			municipalityId: household.municipalityId,
			deed,
			thing: 'aid_household',
			thingId: household.id,
			details: { ...details }
		},
		now
	);
}
