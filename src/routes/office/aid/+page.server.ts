import { can } from '#lib/identity/permissions.ts';
import { eventsOf } from '#lib/aid/server/index.ts';
import { mustReach } from '#lib/web/must-reach.ts';

export async function load({ locals }) {
	mustReach(locals, 'aid.read');
	const { db, actor, municipality } = locals;
	return {
		now: new Date(),
		events: await eventsOf(db, actor, municipality.id),
		manages: can(actor, 'aid.manage', { municipalityId: municipality.id })
	};
}
