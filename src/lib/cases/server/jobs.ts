import * as v from 'valibot';
import { job } from '../../platform/server/jobs.ts';
import { forgetViewers } from './desk.ts';
import { tellOfEvent } from './tell.ts';

/** Tells everyone who follows a case what just happened to it. */
export const caseMoved = job({
	name: 'case-moved',
	payload: v.object({ eventId: v.pipe(v.string(), v.uuid()) }),
	run: ({ db, now }, { eventId }) => tellOfEvent(db, eventId, now)
});

/** Forgets who had which case open: that is for now, not for later. */
export const forgetLookers = job({
	name: 'forget-lookers',
	payload: v.object({}),
	run: async ({ db, now }) => {
		await forgetViewers(db, now);
	}
});
