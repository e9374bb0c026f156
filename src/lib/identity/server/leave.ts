import { and, desc, eq, isNull } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { record } from '../../audit/server/index.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import { cleanLine } from '../../platform/text.ts';
import type { Db } from '../../platform/server/db.ts';
import { leaveObstacle } from '../grant-rules.ts';
import { can, grantsFor, type Actor } from '../permissions.ts';
import { leaveWords } from '../wording.ts';
import { placeOf } from './grants.ts';
import type { Municipality } from './municipalities.ts';
import { delegations, people } from './schema.ts';
import { ownGrantsOf } from './sessions.ts';

export interface Leave {
	municipality: Municipality;
	fromPersonId: string;
	toPersonId: string;
	startsAt: Date;
	endsAt: Date;
	reason: string;
}

/**
 * Hands somebody's work to somebody else from then to then. Nothing is copied: in that time the
 * grants of the one count for the other too, and stop by themselves.
 * @throws Refusal 404 out of reach, 409 with the reason
 */
export const handOver = (db: Db, actor: Actor, leave: Leave, now = new Date()) =>
	db.transaction(async (tx) => {
		const { municipality, fromPersonId, toPersonId, startsAt, endsAt } = leave;
		const known = isId(fromPersonId) && isId(toPersonId);
		if (!known) throw new Refusal(400, 'Choose who goes and who stands in.', 'from');
		if (endsAt <= now) throw new Refusal(400, 'The last day must still come.', 'until');
		const obstacle = leaveObstacle(actor, {
			place: placeOf(municipality),
			from: { id: fromPersonId, grants: await ownGrantsOf(tx, fromPersonId, now) },
			to: { id: toPersonId, grants: await ownGrantsOf(tx, toPersonId, now) },
			startsAt,
			endsAt
		});
		if (obstacle === 'not_allowed') throw notFound();
		if (obstacle) throw new Refusal(409, leaveWords[obstacle].words, leaveWords[obstacle].field);

		const id = newId(now);
		await tx.insert(delegations).values({
			id,
			municipalityId: municipality.id,
			fromPersonId,
			toPersonId,
			startsAt,
			endsAt,
			reason: cleanLine(leave.reason).slice(0, 200),
			createdBy: actor.id
		});
		await record(
			tx,
			actor,
			{
				municipalityId: municipality.id,
				deed: 'leave.handed_over',
				thing: 'delegation',
				thingId: id,
				details: { fromPersonId, toPersonId, startsAt, endsAt }
			},
			now
		);
		return id;
	});

/** Ends a stand-in early. */
export const cancelLeave = (
	db: Db,
	actor: Actor,
	{ municipality, id }: { municipality: Municipality; id: string },
	now = new Date()
) =>
	db.transaction(async (tx) => {
		const [row] = await tx
			.select()
			.from(delegations)
			.where(
				and(
					eq(delegations.id, isId(id) ? id : newId()),
					eq(delegations.municipalityId, municipality.id),
					isNull(delegations.cancelledAt)
				)
			)
			.for('update');
		if (!row || !(await mayCancel(tx, actor, municipality, row.fromPersonId, now)))
			throw notFound();
		await tx.update(delegations).set({ cancelledAt: now }).where(eq(delegations.id, row.id));
		await record(
			tx,
			actor,
			{
				municipalityId: municipality.id,
				deed: 'leave.cancelled',
				thing: 'delegation',
				thingId: row.id
			},
			now
		);
	});

async function mayCancel(
	tx: Db,
	actor: Actor,
	municipality: Municipality,
	from: string,
	now: Date
) {
	if (from === actor.id) return true;
	const handed = (await ownGrantsOf(tx, from, now)).filter(
		(grant) => grant.municipalityId === municipality.id
	);
	const reaches = (departmentId: string | null) =>
		can(actor, 'delegation.manage', { ...placeOf(municipality), departmentId });
	return handed.length ? handed.every((grant) => reaches(grant.departmentId)) : reaches(null);
}

/** Leave of this municipality that is not over, as far as the person may see it. */
export async function leaveOf(db: Db, actor: Actor, municipality: Municipality, now = new Date()) {
	if (!grantsFor(actor, 'delegation.manage').length) throw notFound();
	const from = alias(people, 'away');
	const to = alias(people, 'stand_in');
	const rows = await db
		.select({
			id: delegations.id,
			fromPersonId: delegations.fromPersonId,
			from: from.name,
			to: to.name,
			startsAt: delegations.startsAt,
			endsAt: delegations.endsAt,
			reason: delegations.reason,
			cancelledAt: delegations.cancelledAt
		})
		.from(delegations)
		.innerJoin(from, eq(from.id, delegations.fromPersonId))
		.innerJoin(to, eq(to.id, delegations.toPersonId))
		.where(eq(delegations.municipalityId, municipality.id))
		.orderBy(desc(delegations.startsAt))
		.limit(200);
	const seen = [];
	for (const row of rows)
		if (await mayCancel(db, actor, municipality, row.fromPersonId, now)) seen.push(row);
	return seen;
}
