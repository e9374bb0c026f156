import { Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import type { Actor } from '../permissions.ts';
import { agreeObstacle, agreeWords, type Asked } from '../second-admin.ts';
import { linkedPeople } from './linked.ts';

/** Everybody who surely is this person. */
export const accountsOf = async (tx: Db, { id }: Pick<Actor, 'id'>) => [
	id,
	...(await linkedPeople(tx, id))
];

/**
 * Lets the second of two administrators decide what the first asked for; whoever asked may only take it
 * back. Answers everybody who surely is the one who decides. @throws Refusal 409 with the reason
 */
export async function mayDecide(
	tx: Db,
	actor: Actor,
	asked: Asked,
	agreed: boolean,
	now: Date
): Promise<string[]> {
	const accounts = await accountsOf(tx, actor);
	const obstacle = agreeObstacle(asked, accounts, now);
	if (obstacle && (agreed || obstacle !== 'asked_it')) throw new Refusal(409, agreeWords[obstacle]);
	return accounts;
}
