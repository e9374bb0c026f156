import type { Db } from '../../platform/server/db.ts';
import type { Actor, NewGrant } from '../permissions.ts';
import { twoAdminRoles } from '../second-admin.ts';
import { askForGrant } from './grant-requests.ts';
import { addGrant, checkGrant } from './grants.ts';
import type { Municipality } from './municipalities.ts';

/**
 * Gives somebody a role here, from a day on and perhaps until another. A role that warns everybody is
 * only asked for: another administrator has to agree. Answers the id of the grant, or of what was asked.
 * @throws Refusal 404 out of reach, 409 with the reason
 */
export const giveGrant = (
	db: Db,
	actor: Actor,
	facts: { municipality: Municipality; personId: string; grant: NewGrant },
	now = new Date()
) =>
	db.transaction(async (tx) => {
		const { municipality, personId, grant } = facts;
		await checkGrant(tx, actor, municipality, grant, personId, now);
		return twoAdminRoles.has(grant.role)
			? await askForGrant(tx, actor, municipality, grant, { personId }, now)
			: await addGrant(tx, actor, municipality.id, personId, grant, now);
	});
