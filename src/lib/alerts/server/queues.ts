import * as v from 'valibot';

/** Queues by name: whoever fills one does not import whoever empties it. */
export const clockQueue = { name: 'alert-clock', payload: v.object({}) };
export const releaseQueue = {
	name: 'release-alert',
	payload: v.object({ alertId: v.pipe(v.string(), v.uuid()) })
};
/** Whoever reads our feeds through a hub. */
export const hubQueue = {
	name: 'tell-hub',
	payload: v.object({ municipalityId: v.pipe(v.string(), v.uuid()) })
};
/** Apart, so that taking one warning back never waits for the canary ring of another. */
export const retractQueue = { ...releaseQueue, name: 'retract-alert' };
