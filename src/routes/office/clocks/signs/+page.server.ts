import { gamingFlags } from '#lib/issues/server/index.ts';
import { mustReachSomewhere } from '#lib/web/must-reach.ts';

export async function load({ locals }) {
	mustReachSomewhere(locals, 'clock.watch');
	const { db, actor, municipality } = locals;
	const now = new Date();
	return { now, ...(await gamingFlags(db, actor, municipality.id, now)) };
}
