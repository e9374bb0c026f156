import * as v from 'valibot';
import { policyMoved } from '../../clocks/server/index.ts';
import { job } from '../../platform/server/jobs.ts';
import { climbLadders } from './climb.ts';
import { moveClocks } from './clock.ts';
import { forgetViewers } from './desk.ts';
import { passOn } from './pass-on.ts';
import { tellOfEvent } from './tell.ts';

/** Tells everyone who follows a case what just happened to it. */
export const caseMoved = job({
	name: 'case-moved',
	payload: v.object({ eventId: v.pipe(v.string(), v.uuid()) }),
	run: ({ db, now }, { eventId }) => tellOfEvent(db, eventId, now)
});

/** Tells the cases that joined a job how it goes on. */
export const jobMoved = job({
	name: 'job-moved',
	payload: v.object({ caseId: v.pipe(v.string(), v.uuid()) }),
	run: ({ db, now }, { caseId }) => passOn(db, caseId, now)
});

/** Forgets who had which case open: that is for now, not for later. */
export const forgetLookers = job({
	name: 'forget-lookers',
	payload: v.object({}),
	run: async ({ db, now }) => {
		await forgetViewers(db, now);
	}
});

/** Reckons the open clocks anew after a municipality changed what it promises. */
export const moveClocksJob = job({
	...policyMoved,
	run: async ({ db, now }, { municipalityId }) => {
		await moveClocks(db, municipalityId, now);
	}
});

/** Carries up what was promised and is not done. */
export const climbJob = job({
	name: 'climb-ladders',
	payload: v.object({}),
	run: async ({ db, now }) => {
		await climbLadders(db, now);
	}
});
