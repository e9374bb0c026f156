import { differing, nextBroken, unansweredClimbs, workload } from '#lib/issues/server/index.ts';
import { ageing } from '#lib/referral/server/index.ts';
import { mustReachSomewhere } from '#lib/web/must-reach.ts';

export async function load({ locals }) {
	mustReachSomewhere(locals, 'clock.watch');
	const { db, actor, municipality } = locals;
	const now = new Date();
	return {
		now,
		differing: await differing(db, actor, municipality.id),
		climbs: await unansweredClimbs(db, actor, municipality.id),
		partners: await ageing(db, municipality.id),
		next: await nextBroken(db, actor, municipality.id),
		...(await workload(db, actor, municipality.id, now))
	};
}
