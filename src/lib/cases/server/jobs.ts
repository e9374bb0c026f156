import * as v from 'valibot';
import { job } from '../../platform/server/jobs.ts';
import { tellOfEvent } from './tell.ts';

/** Tells everyone who follows a case what just happened to it. */
export const caseMoved = job({
	name: 'case-moved',
	payload: v.object({ eventId: v.pipe(v.string(), v.uuid()) }),
	run: ({ db, now }, { eventId }) => tellOfEvent(db, eventId, now)
});
