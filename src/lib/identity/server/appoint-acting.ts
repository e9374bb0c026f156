import { and, asc, eq, gt, isNull, or } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { wardByCode } from '../../geography/server/index.ts';
import { isId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { can, type Actor } from '../permissions.ts';
import { checkGrant, insertGrant, placeOf } from './grants.ts';
import type { Municipality } from './municipalities.ts';
import { grants, people } from './schema.ts';

const held = (municipality: Municipality, now: Date) =>
	and(
		eq(grants.municipalityId, municipality.id),
		eq(grants.role, 'councillor'),
		or(isNull(grants.endsAt), gt(grants.endsAt, now))
	);

/** Who can be asked to act for a vacant ward: the councillors of the municipality, by name. @throws 404 out of reach */
export async function councillorsToAsk(
	db: Db,
	actor: Actor,
	municipality: Municipality,
	now = new Date()
) {
	if (!can(actor, 'people.manage', placeOf(municipality))) throw notFound();
	return db
		.selectDistinct({ id: people.id, name: people.name })
		.from(grants)
		.innerJoin(people, eq(people.id, grants.personId))
		.where(held(municipality, now))
		.orderBy(asc(people.name));
}

export interface Appointment {
	municipality: Municipality;
	wardCode: string;
	personId: string;
	startsAt: Date;
	/** Null: until somebody is elected, or an administrator ends it. */
	endsAt: Date | null;
}

/**
 * Names a councillor who acts for a ward while its elected seat is vacant. From that day the ward's
 * reports, questions and promises are theirs too; the term ends by itself when an elected councillor
 * begins. @throws Refusal 404 out of reach, 400 and 409 with the reason
 */
export const appointActing = (db: Db, actor: Actor, facts: Appointment, now = new Date()) =>
	db.transaction(async (tx) => {
		const { municipality, personId, startsAt, endsAt } = facts;
		const asked = await councillorsToAsk(tx, actor, municipality, now);
		const ward = await wardByCode(tx, municipality.id, facts.wardCode.slice(0, 20), now);
		if (!ward) throw new Refusal(400, 'Choose the ward.', 'ward');
		if (!isId(personId) || !asked.some(({ id }) => id === personId))
			throw new Refusal(400, 'Choose one of the councillors.', 'person');
		const grant = {
			role: 'councillor' as const,
			wardCode: ward.code,
			term: 'acting' as const,
			startsAt: startsAt.toISOString(),
			endsAt: endsAt?.toISOString() ?? null
		};
		await checkGrant(tx, actor, municipality, grant, personId, now);
		const id = await insertGrant(tx, municipality.id, personId, grant, actor.id, now);
		await record(
			tx,
			actor,
			{
				municipalityId: municipality.id,
				deed: 'councillor.appointed_acting',
				thing: 'grant',
				thingId: id,
				details: { personId, wardCode: ward.code, from: grant.startsAt, until: grant.endsAt }
			},
			now
		);
		return id;
	});
