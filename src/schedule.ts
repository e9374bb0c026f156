import {
	alertClock,
	alertHalfMinute,
	drillJob,
	eraseHands,
	eraseNeighbours,
	exportHands,
	exportNeighbours,
	releaseAlert,
	releaseRetraction,
	tellHub,
	weatherRelay
} from '#lib/alerts/server/index.ts';
import {
	askByLink,
	askWhoIsResponsible,
	caseMoved,
	climbJob,
	forgetLookers,
	jobMoved,
	moveClocksJob
} from '#lib/cases/server/index.ts';
import {
	askWritersJob,
	commitmentMoved,
	exportHeard,
	forgetHeard,
	reportedBack
} from '#lib/commitments/server/index.ts';
import {
	deliveryJobs,
	packBroadcasts,
	preparePushes,
	sendBroadcasts,
	watchBroadcastsJob,
	testLinks,
	wakeSleepers,
	watchChannels
} from '#lib/delivery/server/index.ts';
import { forgetSignIns, onContactProved } from '#lib/identity/server/index.ts';
import { newsDue, newsMoved } from '#lib/noticeboard/server/index.ts';
import { forgetStagedPhotos } from '#lib/photos/server/index.ts';
import {
	claimQuery,
	foldMapJob,
	keepAside,
	newWardsBegin,
	retentionNightly,
	staffDigest,
	verifySupports
} from '#lib/issues/server/index.ts';
import {
	eraseHouseholds,
	exportHouseholds,
	forgetHouseholdsJob,
	outageMoved
} from '#lib/outages/server/index.ts';
import { lettersJob, sayWhoIsResponsible } from '#lib/referral/server/index.ts';
import type { Job, Recurring } from '#lib/platform/server/jobs.ts';

// What people ask of the disaster centre goes with them, and is told to them.
keepAside({ name: 'needsAHand', tell: exportHands, forget: eraseHands });
keepAside({ name: 'outages', tell: exportHouseholds, forget: eraseHouseholds });
keepAside({ name: 'neighbours', tell: exportNeighbours, forget: eraseNeighbours });
// So does what they said of a councillor's answers.
keepAside({ name: 'heardFromCouncillors', tell: exportHeard, forget: forgetHeard });
// Proving a contact gives weight to what it supported: identity knows no issue.
onContactProved(verifySupports);
// The case engine asks "is it fixed?" and knows no issue: the issues make the link.
askByLink(claimQuery);
// It asks who is responsible for a case, and knows no table of them.
askWhoIsResponsible(sayWhoIsResponsible);

/** Every job the worker knows. */
export const jobs = [
	caseMoved,
	jobMoved,
	forgetLookers,
	moveClocksJob,
	climbJob,
	staffDigest,
	commitmentMoved,
	reportedBack,
	askWritersJob,
	newsDue,
	newsMoved,
	outageMoved,
	forgetHouseholdsJob,
	alertClock,
	alertHalfMinute,
	drillJob,
	releaseAlert,
	releaseRetraction,
	...deliveryJobs,
	weatherRelay,
	lettersJob,
	tellHub,
	forgetSignIns,
	forgetStagedPhotos,
	newWardsBegin,
	foldMapJob,
	retentionNightly
] as unknown as Job[];

/** Every recurring job, on the clock of South Africa. */
export const schedule: Recurring[] = [
	{ job: staffDigest, cron: '0 7 * * 1-5' },
	{ job: askWritersJob, cron: '0 9 * * *' },
	{ job: forgetLookers, cron: '43 * * * *' },
	{ job: lettersJob, cron: '* * * * *' },
	{ job: climbJob, cron: '* * * * *' },
	{ job: alertHalfMinute, cron: '* * * * *' },
	{ job: newsDue, cron: '* * * * *' },
	{ job: wakeSleepers, cron: '* * * * *' },
	{ job: foldMapJob, cron: '* * * * *' },
	{ job: sendBroadcasts, cron: '* * * * *' },
	{ job: watchBroadcastsJob, cron: '* * * * *' },
	{ job: packBroadcasts, cron: '* * * * *' },
	{ job: preparePushes, cron: '*/5 * * * *' },
	{ job: testLinks, cron: '*/3 * * * *' },
	{ job: weatherRelay, cron: '*/5 * * * *' },
	{ job: watchChannels, cron: '*/10 * * * *' },
	{ job: forgetStagedPhotos, cron: '17 * * * *' },
	{ job: forgetSignIns, cron: '40 2 * * *' },
	{ job: forgetHouseholdsJob, cron: '50 2 * * *' },
	{ job: newWardsBegin, cron: '10 0 * * *' },
	{ job: retentionNightly, cron: '20 2 * * *' }
];
