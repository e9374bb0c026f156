import { and, countDistinct, inArray, isNull, lte, or } from 'drizzle-orm';
import { Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { later } from '../../platform/time.ts';
import type { Actor } from '../permissions.ts';
import { agreeObstacle, agreeWords, newAdminRest, type Asked } from '../second-admin.ts';
import { linkedPeople } from './linked.ts';
import type { Municipality } from './municipalities.ts';
import { grants } from './schema.ts';
import { holdsAt } from './sessions.ts';

/** Everybody who surely is this person. */
export const accountsOf = async (tx: Db, { id }: Pick<Actor, 'id'>) => [
	id,
	...(await linkedPeople(tx, id))
];

/**
 * Lets the second of two administrators decide what the first asked for; whoever asked may only take it
 * back, and neither of the two who agree is new. Answers everybody who surely is the one who decides.
 * @throws Refusal 409 with the reason
 */
export async function mayDecide(
	tx: Db,
	actor: Actor,
	asked: Asked,
	{ agreed, place }: { agreed: boolean; place: Pick<Municipality, 'id' | 'districtId'> },
	now: Date
): Promise<string[]> {
	const accounts = await accountsOf(tx, actor);
	const obstacle = agreeObstacle(asked, accounts, now);
	if (obstacle && (agreed || obstacle !== 'asked_it')) throw new Refusal(409, agreeWords[obstacle]);
	if (agreed && !(await bothAreSettled(tx, [actor.id, asked.requestedBy], place, now)))
		throw new Refusal(409, agreeWords.too_new);
	return accounts;
}

/** Standing in for an administrator is not enough: the grant is their own. */
async function bothAreSettled(
	tx: Db,
	two: [string, string],
	{ id, districtId }: Pick<Municipality, 'id' | 'districtId'>,
	now: Date
): Promise<boolean> {
	const [{ settled }] = await tx
		.select({ settled: countDistinct(grants.personId) })
		.from(grants)
		.where(
			and(
				inArray(grants.personId, two),
				inArray(grants.role, ['admin', 'district_admin']),
				inArray(grants.municipalityId, districtId ? [id, districtId] : [id]),
				holdsAt(now),
				or(isNull(grants.grantedBy), lte(grants.startsAt, later(now, -newAdminRest)))
			)
		);
	return settled === 2;
}
