import { and, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { can, type Actor } from '../../identity/permissions.ts';
import { grants, people } from '../../identity/server/schema.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import type { AidRole } from '../roles.ts';
import { officeRoleFor } from '../wording.ts';
import { withinRules } from './refuse.ts';
import { aidAssignments, aidProgrammes, aidSites } from './schema.ts';

/** A site or a programme, as a form names it: `site:ID`. @throws 400 when it is none that is open */
async function placeAt(tx: Db, at: string) {
	const [kind, id] = at.split(':');
	const table = kind === 'site' ? aidSites : aidProgrammes;
	const [place] = await tx
		.select()
		.from(table)
		.where(and(eq(table.id, isId(id) ? id : newId()), isNull(table.closedAt)))
		.for('update');
	if (!place) throw new Refusal(400, 'Choose the site or the programme.', 'at');
	return { ...place, kind: kind as 'site' | 'programme' };
}

/** The grants of a person that hold in a municipality at an instant. */
const grantsHere = (tx: Db, municipalityId: string, personId: string, now: Date) =>
	tx
		.select({ role: grants.role, departmentId: grants.departmentId })
		.from(grants)
		.where(
			and(
				eq(grants.personId, isId(personId) ? personId : newId()),
				eq(grants.municipalityId, municipalityId),
				lte(grants.startsAt, now),
				or(isNull(grants.endsAt), gt(grants.endsAt, now))
			)
		);

/**
 * Gives somebody a place at a site or in a programme. They need the role in the office first, and a
 * member of one agency works only where that agency is responsible. Forbidden pairs are refused by the
 * database. @throws 404, 400 or 409 with the field
 */
export const assign = (
	db: Db,
	actor: Actor,
	facts: { eventId: string; personId: string; role: AidRole; at: string },
	now = new Date()
) =>
	withinRules(
		() =>
			db.transaction(async (transaction) => {
				const tx = transaction as unknown as Db;
				const place = await placeAt(tx, facts.at);
				const { municipalityId, eventId, agencyId } = place;
				if (eventId !== facts.eventId || !can(actor, 'aid.manage', { municipalityId }))
					throw notFound();
				const { personId, role } = facts;
				if (personId === actor.id)
					throw new Refusal(409, 'Nobody gives a place to themselves.', 'personId');
				const held = await grantsHere(tx, municipalityId, personId, now);
				if (!held.length) throw new Refusal(400, 'Choose somebody who works here.', 'personId');
				// Checked here so that it is said in words; a councillor is refused by the database whatever they hold.
				const fits = held.filter((grant) =>
					role === 'nominator'
						? grant.role === 'councillor' || grant.role === 'ward_committee'
						: grant.role === officeRoleFor[role] || grant.role === 'councillor'
				);
				if (!fits.length)
					throw new Refusal(
						409,
						'They do not hold this role in the office. An administrator gives it to them under People.',
						'role'
					);
				if (!fits.some(({ departmentId }) => !departmentId || departmentId === agencyId))
					throw new Refusal(409, 'They belong to another agency.', 'at');

				const id = newId(now);
				await tx.insert(aidAssignments).values({
					id,
					municipalityId,
					eventId,
					siteId: place.kind === 'site' ? place.id : null,
					programmeId: place.kind === 'programme' ? place.id : null,
					personId,
					role,
					since: now,
					givenBy: actor.id
				});
				await record(
					tx,
					actor,
					{
						municipalityId,
						deed: 'aid_place.given',
						thing: 'aid_assignment',
						thingId: id,
						details: { personId, role, place: place.id }
					},
					now
				);
				return id;
			}),
		'role'
	);

/** Ends somebody's place from now on. What they did there still counts. @throws 404 */
export const endAssignment = (db: Db, actor: Actor, { id }: { id: string }, now = new Date()) =>
	db.transaction(async (tx) => {
		const [assignment] = await tx
			.select()
			.from(aidAssignments)
			.where(and(eq(aidAssignments.id, isId(id) ? id : newId()), isNull(aidAssignments.endedAt)))
			.for('update');
		if (!assignment || !can(actor, 'aid.manage', assignment)) throw notFound();
		await tx
			.update(aidAssignments)
			.set({ endedAt: now, endedBy: actor.id })
			.where(eq(aidAssignments.id, id));
		await record(
			tx,
			actor,
			{
				municipalityId: assignment.municipalityId,
				deed: 'aid_place.ended',
				thing: 'aid_assignment',
				thingId: id,
				details: { personId: assignment.personId, role: assignment.role }
			},
			now
		);
	});

/** Who can be given a place: everybody who holds a role of relief here, or speaks for a ward. */
export const candidatesFor = async (db: Db, municipalityId: string, now = new Date()) =>
	db
		.selectDistinct({ id: people.id, name: people.name })
		.from(grants)
		.innerJoin(people, eq(people.id, grants.personId))
		.where(
			and(
				eq(grants.municipalityId, municipalityId),
				inArray(grants.role, [...Object.values(officeRoleFor), 'councillor', 'ward_committee']),
				lte(grants.startsAt, now),
				or(isNull(grants.endsAt), gt(grants.endsAt, now))
			)
		)
		.orderBy(people.name);

/** The sites and programmes where somebody has a place now, in one role or any. */
export const placesOf = (db: Db, actor: Pick<Actor, 'id'>, role?: AidRole) =>
	db
		.select({
			role: aidAssignments.role,
			eventId: aidAssignments.eventId,
			siteId: aidAssignments.siteId,
			programmeId: aidAssignments.programmeId
		})
		.from(aidAssignments)
		.where(
			and(
				eq(aidAssignments.personId, actor.id),
				isNull(aidAssignments.endedAt),
				role ? eq(aidAssignments.role, role) : undefined
			)
		);
