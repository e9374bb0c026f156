import { and, desc, eq, isNull, sql } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { wardsOf } from '../../geography/server/index.ts';
import { can, type Actor } from '../../identity/permissions.ts';
import { departments } from '../../identity/server/schema.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import { isDuplicate, type Db } from '../../platform/server/db.ts';
import type { EventKind } from '../event.ts';
import { aidAssignments, aidEvents, aidProgrammes, aidSites } from './schema.ts';

export type AidEvent = typeof aidEvents.$inferSelect;
export type AidSite = typeof aidSites.$inferSelect;
export type AidProgramme = typeof aidProgrammes.$inferSelect;

const mustManage = (actor: Actor, municipalityId: string) => {
	if (!can(actor, 'aid.manage', { municipalityId })) throw notFound();
};

/** Opens relief for a disaster. Answers its id. @throws 404 */
export const openEvent = (
	db: Db,
	actor: Actor,
	facts: { municipalityId: string; name: string; kind: EventKind },
	now = new Date()
) =>
	db.transaction(async (tx) => {
		mustManage(actor, facts.municipalityId);
		const id = newId(now);
		await tx.insert(aidEvents).values({ id, ...facts, openedBy: actor.id, openedAt: now });
		await record(tx, actor, entry(facts.municipalityId, 'aid_event.opened', id), now);
		return id;
	});

const entry = (municipalityId: string, deed: string, thingId: string, details = {}) => ({
	municipalityId,
	deed,
	thing: deed.split('.')[0],
	thingId,
	details
});

/** Relief that somebody may look at, as it stands. @throws 404 */
export async function eventOf(db: Db, actor: Actor, eventId: string): Promise<AidEvent> {
	const [event] = await db
		.select()
		.from(aidEvents)
		.where(eq(aidEvents.id, isId(eventId) ? eventId : newId()));
	if (!event || !can(actor, 'aid.read', event)) throw notFound();
	return event;
}

/** Every relief of a municipality, newest first, with how many sites and people it has. @throws 404 */
export async function eventsOf(db: Db, actor: Actor, municipalityId: string) {
	if (!can(actor, 'aid.read', { municipalityId })) throw notFound();
	return db
		.select({
			id: aidEvents.id,
			name: aidEvents.name,
			kind: aidEvents.kind,
			openedAt: aidEvents.openedAt,
			closedAt: aidEvents.closedAt,
			sites: db.$count(aidSites, eq(aidSites.eventId, aidEvents.id)),
			people: sql<number>`(select count(distinct a.person_id) from ${aidAssignments} a
				where a.event_id = "aid_events"."id" and a.ended_at is null)`.mapWith(Number)
		})
		.from(aidEvents)
		.where(eq(aidEvents.municipalityId, municipalityId))
		.orderBy(desc(aidEvents.openedAt));
}

/** The event, for a change to it: kept from closing meanwhile. @throws 404, 409 once it is closed */
export async function openEventFor(tx: Db, actor: Actor, eventId: string): Promise<AidEvent> {
	const [event] = await tx
		.select()
		.from(aidEvents)
		.where(eq(aidEvents.id, isId(eventId) ? eventId : newId()))
		.for('update');
	if (!event) throw notFound();
	mustManage(actor, event.municipalityId);
	if (event.closedAt) throw new Refusal(409, 'This relief is closed.');
	return event;
}

/** The agencies of a municipality: its departments of kind `agency`. */
export const agenciesOf = (db: Db, municipalityId: string) =>
	db
		.select({ id: departments.id, name: departments.name })
		.from(departments)
		.where(
			and(
				eq(departments.municipalityId, municipalityId),
				eq(departments.kind, 'agency'),
				eq(departments.active, true)
			)
		)
		.orderBy(departments.name);

async function mustBeAgency(tx: Db, municipalityId: string, agencyId: string, field: string) {
	const agencies = await agenciesOf(tx, municipalityId);
	if (!agencies.some(({ id }) => id === agencyId))
		throw new Refusal(400, 'Choose the agency that is responsible.', field);
}

/** What a name taken already is answered with, for `catch`. @throws Refusal 409 with the field */
export const sameName = (field: string) => (reason: unknown) => {
	if (isDuplicate(reason)) throw new Refusal(409, 'There is one of this name already.', field);
	throw reason;
};

/** Adds a site that an agency runs. @throws 404, 400 or 409 with the field */
export const addSite = (
	db: Db,
	actor: Actor,
	facts: { eventId: string; name: string; agencyId: string; wardCode: string; address: string },
	now = new Date()
) =>
	db
		.transaction(async (transaction) => {
			const tx = transaction as unknown as Db;
			const { eventId, name, agencyId, wardCode, address } = facts;
			const { municipalityId } = await openEventFor(tx, actor, eventId);
			await mustBeAgency(tx, municipalityId, agencyId, 'siteAgency');
			const wards = await wardsOf(tx, municipalityId);
			if (wardCode && !wards.some(({ code }) => code === wardCode))
				throw new Refusal(400, 'Choose a ward of this municipality.', 'wardCode');
			const id = newId(now);
			await tx.insert(aidSites).values({
				id,
				municipalityId,
				eventId,
				agencyId,
				name,
				wardCode: wardCode || null,
				address,
				openedAt: now
			});
			await record(tx, actor, entry(municipalityId, 'aid_site.added', id, { agencyId }), now);
			return id;
		})
		.catch(sameName('siteName'));

/** Adds a programme of an agency. @throws 404, 400 or 409 with the field */
export const addProgramme = (
	db: Db,
	actor: Actor,
	facts: { eventId: string; name: string; agencyId: string; about: string },
	now = new Date()
) =>
	db
		.transaction(async (transaction) => {
			const tx = transaction as unknown as Db;
			const { eventId, name, agencyId, about } = facts;
			const { municipalityId } = await openEventFor(tx, actor, eventId);
			await mustBeAgency(tx, municipalityId, agencyId, 'programmeAgency');
			const id = newId(now);
			await tx
				.insert(aidProgrammes)
				.values({ id, municipalityId, eventId, agencyId, name, about, openedAt: now });
			await record(tx, actor, entry(municipalityId, 'aid_programme.added', id, { agencyId }), now);
			return id;
		})
		.catch(sameName('programmeName'));

/** Closes a site or a programme; who had a place there loses it with the same deed. @throws 404 */
export const closePlace = (
	db: Db,
	actor: Actor,
	{ kind, id }: { kind: 'site' | 'programme'; id: string },
	now = new Date()
) =>
	db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		const table = kind === 'site' ? aidSites : aidProgrammes;
		const [place] = await tx
			.select()
			.from(table)
			.where(and(eq(table.id, isId(id) ? id : newId()), isNull(table.closedAt)))
			.for('update');
		if (!place) throw notFound();
		mustManage(actor, place.municipalityId);
		await tx.update(table).set({ closedAt: now }).where(eq(table.id, place.id));
		const column = kind === 'site' ? aidAssignments.siteId : aidAssignments.programmeId;
		await tx
			.update(aidAssignments)
			.set({ endedAt: now, endedBy: actor.id })
			.where(and(eq(column, place.id), isNull(aidAssignments.endedAt)));
		await record(
			tx,
			actor,
			entry(
				place.municipalityId,
				kind === 'site' ? 'aid_site.closed' : 'aid_programme.closed',
				place.id
			),
			now
		);
	});
