import * as v from 'valibot';

/**
 * What a municipality promises has changed: its open clocks have to be reckoned anew. The clocks know
 * no case, so the cases do it (`moveClocks`).
 */
export const policyMoved = {
	name: 'move-clocks',
	payload: v.object({ municipalityId: v.pipe(v.string(), v.uuid()) })
};
