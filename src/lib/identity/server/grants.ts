import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import { faultOf, type Db } from '../../platform/server/db.ts';
import { grantObstacle, isOwnLastAdmin } from '../grant-rules.ts';
import { can, type Actor, type NewGrant } from '../permissions.ts';
import { actingObstacle, actingUntil } from '../vacancy.ts';
import { actingWords, grantWords } from '../wording.ts';
import type { Municipality } from './municipalities.ts';
import { departments, grants, invitations } from './schema.ts';
import { closeAllSessions, grantsOf } from './sessions.ts';

/** A municipality as `can` asks about it. */
export const placeOf = ({ id, districtId, kind }: Municipality) => ({
	municipalityId: id,
	districtId,
	kind
});

/** Says no to a grant that may not be given. @throws Refusal 404 out of reach, 409 with the reason */
export async function checkGrant(
	tx: Db,
	actor: Actor,
	municipality: Municipality,
	grant: NewGrant,
	personId: string | null,
	now: Date
) {
	const held = personId
		? (await grantsOf(tx, personId, now)).filter(
				({ municipalityId, insteadOf }) => municipalityId === municipality.id && !insteadOf
			)
		: [];
	const obstacle = grantObstacle(actor, { place: placeOf(municipality), grant, personId, held });
	if (obstacle === 'not_allowed') throw notFound();
	if (obstacle) throw new Refusal(409, grantWords[obstacle].words, grantWords[obstacle].field);
	if (grant.term === 'acting') await checkVacancy(tx, municipality.id, grant, now);
	await checkDepartment(tx, municipality.id, grant.departmentId);
}

/** The terms of those elected in a ward, or acting for it, that are not over. */
const seatTerms = (tx: Db, municipalityId: string, wardCode: string, now: Date) =>
	tx
		.select({ term: grants.term, startsAt: grants.startsAt, endsAt: grants.endsAt })
		.from(grants)
		.where(
			and(
				eq(grants.municipalityId, municipalityId),
				eq(grants.role, 'councillor'),
				eq(grants.wardCode, wardCode),
				or(isNull(grants.endsAt), gt(grants.endsAt, now))
			)
		);

async function checkVacancy(tx: Db, municipalityId: string, grant: NewGrant, now: Date) {
	const terms = await seatTerms(tx, municipalityId, grant.wardCode ?? '', now);
	const obstacle = actingObstacle(terms, startOf(grant, now));
	if (obstacle) throw new Refusal(409, actingWords[obstacle], 'ward');
}

/** A grant begins at once, or on a day to come. */
function startOf(grant: NewGrant, now: Date): Date {
	const asked = grant.startsAt ? new Date(grant.startsAt) : now;
	return asked < now ? now : asked;
}

async function checkDepartment(tx: Db, municipalityId: string, departmentId?: string | null) {
	if (!departmentId) return;
	const [own] = await tx
		.select({ id: departments.id })
		.from(departments)
		.where(
			and(
				eq(departments.id, isId(departmentId) ? departmentId : newId()),
				eq(departments.municipalityId, municipalityId)
			)
		);
	if (!own) throw new Refusal(400, 'Choose a department of this municipality.', 'department');
}

export async function insertGrant(
	tx: Db,
	municipalityId: string,
	personId: string,
	grant: NewGrant,
	grantedBy: string | null,
	now: Date
): Promise<string> {
	const id = newId(now);
	const startsAt = startOf(grant, now);
	const endsAt = grant.endsAt ? new Date(grant.endsAt) : null;
	const { wardCode } = grant;
	const seat = grant.role === 'councillor' && wardCode ? grant.term : null;
	if (seat === 'acting') await checkVacancy(tx, municipalityId, grant, now);
	if (seat === 'ward') await endActing(tx, municipalityId, wardCode!, startsAt);
	await tx
		.insert(grants)
		.values({
			id,
			municipalityId,
			personId,
			role: grant.role,
			wardCode: grant.wardCode ?? null,
			departmentId: grant.departmentId ?? null,
			term: grant.term ?? null,
			startsAt,
			endsAt:
				seat === 'acting'
					? actingUntil(await seatTerms(tx, municipalityId, wardCode!, now), startsAt, endsAt)
					: endsAt,
			grantedBy
		})
		.catch(refuseInRelief);
	return id;
}

/**
 * A councillor has no other part in relief than to nominate, in any municipality, and whoever has one
 * is no councillor: the database holds both. @throws Refusal 409 for that; anything else as it came
 */
export function refuseInRelief(reason: unknown): never {
	if (faultOf(reason).constraint !== 'aid_councillor') throw reason;
	throw new Refusal(
		409,
		'A councillor may not work in relief, in any municipality. End the one before you give the other.',
		'role'
	);
}

/** Nobody acts for a ward any longer once its elected councillor begins. */
const endActing = (tx: Db, municipalityId: string, wardCode: string, from: Date) =>
	tx
		.update(grants)
		.set({ endsAt: sql`greatest(${grants.startsAt}, ${from.toISOString()}::timestamptz)` })
		.where(
			and(
				eq(grants.municipalityId, municipalityId),
				eq(grants.wardCode, wardCode),
				eq(grants.term, 'acting'),
				or(isNull(grants.endsAt), gt(grants.endsAt, from))
			)
		);

/** A grant with its entry in the audit log. Call it once it was checked. */
export async function addGrant(
	tx: Db,
	actor: { id: string },
	municipalityId: string,
	personId: string,
	grant: NewGrant,
	now: Date
): Promise<string> {
	const id = await insertGrant(tx, municipalityId, personId, grant, actor.id, now);
	await record(
		tx,
		actor,
		{
			municipalityId,
			deed: 'grant.given',
			thing: 'grant',
			thingId: id,
			details: { personId, role: grant.role, wardCode: grant.wardCode, term: grant.term }
		},
		now
	);
	return id;
}

/**
 * Ends a grant at once. When it was the last one, the person's sessions end with it; invitations
 * an administrator had sent go too.
 */
export const endGrant = (
	db: Db,
	actor: Actor,
	{ municipality, grantId }: { municipality: Municipality; grantId: string },
	now = new Date()
) =>
	db.transaction(async (tx) => {
		const [grant] = await tx
			.select()
			.from(grants)
			.where(
				and(
					eq(grants.id, isId(grantId) ? grantId : newId()),
					eq(grants.municipalityId, municipality.id),
					or(isNull(grants.endsAt), gt(grants.endsAt, now))
				)
			)
			.for('update');
		if (!grant || !can(actor, 'people.manage', placeOf(municipality))) throw notFound();
		if (
			grant.role === 'district_admin' &&
			!actor.grants.some(({ role }) => role === 'district_admin')
		)
			throw new Refusal(409, grantWords.needs_district.words);
		if (isOwnLastAdmin(actor, grant))
			throw new Refusal(
				409,
				'This is your own last grant as administrator. Another administrator has to end it.'
			);

		await tx.update(grants).set({ endsAt: now }).where(eq(grants.id, grant.id));
		if (grant.role === 'admin' || grant.role === 'district_admin')
			await tx
				.update(invitations)
				.set({ revokedAt: now })
				.where(
					and(
						eq(invitations.createdBy, grant.personId),
						eq(invitations.municipalityId, municipality.id),
						isNull(invitations.usedAt),
						isNull(invitations.revokedAt)
					)
				);
		if (!(await grantsOf(tx, grant.personId, now)).length)
			await closeAllSessions(tx, grant.personId);
		await record(
			tx,
			actor,
			{
				municipalityId: municipality.id,
				deed: 'grant.ended',
				thing: 'grant',
				thingId: grant.id,
				details: { personId: grant.personId, role: grant.role }
			},
			now
		);
	});
