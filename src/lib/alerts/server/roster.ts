import { eq } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import type { Actor } from '../../identity/permissions.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { approversOf } from './approvers.ts';
import { must } from './find.ts';
import { alertRoster } from './schema.ts';

/**
 * Decides who is called to approve, and in which order. Whoever is not named is called after them.
 * @throws Refusal 400 for somebody who may not approve here
 */
export const setRoster = (
	db: Db,
	actor: Actor,
	{ municipalityId, people }: { municipalityId: string; people: string[] },
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		must(actor, 'alert.roster', municipalityId);
		const may = new Set((await approversOf(tx, municipalityId, now)).map(({ id }) => id));
		const named = [...new Set(people)];
		if (named.some((id) => !may.has(id)))
			throw new Refusal(400, 'Choose people who may approve warnings here.', 'people');
		await tx.delete(alertRoster).where(eq(alertRoster.municipalityId, municipalityId));
		if (named.length)
			await tx.insert(alertRoster).values(
				named.map((personId, i) => ({
					municipalityId,
					personId,
					place: i + 1,
					setBy: actor.id,
					setAt: now
				}))
			);
		await record(
			tx,
			actor,
			{
				municipalityId,
				deed: 'alert_roster.set',
				thing: 'municipality',
				thingId: municipalityId,
				details: { people: named }
			},
			now
		);
	});
