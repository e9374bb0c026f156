export {
	approveAlert,
	breakGlass,
	fastTrack,
	rejectAlert,
	retryAlert,
	returnAlert
} from './answer.ts';
export { approversOf, pageAbout, type Approver } from './approvers.ts';
export { alertClock, alertHalfMinute, turnClock } from './clock.ts';
export {
	changeAlert,
	draftAlert,
	readDraft,
	saveDraft,
	takeBack,
	type DraftFacts,
	type NewDraft
} from './draft.ts';
export { areaMap, arrival, composerFacts, type Arrival } from './composer.ts';
export {
	drillJob,
	drillsOf,
	holdDrill,
	startDrill,
	usualResidents,
	type Drill
} from './drill/index.ts';
export { findNow, lockById, type AlertAt, type AlertRow } from './find.ts';
export { checkZone, startAllClear, startUpdate, zonesOf } from './follow-up.ts';
export { wasHeld, wentLive } from './live.ts';
export { whatMayBeDone, type May } from './may.ts';
export { hashArea, measureArea, type Measured } from './measure-area.ts';
export { hashContent, linkOf, previewAlert, type Preview, type ToPreview } from './preview.ts';
export {
	alertById,
	alertForOffice,
	alertsForOffice,
	latestOf,
	liveAlerts,
	recentAlerts,
	toAlert,
	trainingOf,
	versionsOf,
	type OfficeAlert
} from './queries.ts';
export {
	countShelter,
	keepRoute,
	keepShelter,
	openPlace,
	routesOf,
	safePlaces,
	shelterKinds,
	sheltersOf,
	type Route,
	type Shelter
} from './places.ts';
export { setRoster } from './roster.ts';
export { cancelPlan, plansOf, planTest, type PlannedTest } from './plans.ts';
export { release, releaseAlert, releaseRetraction } from './release/index.ts';
export { retractAlert } from './retract.ts';
export { previewFacts, previewOf, submitAlert } from './submit.ts';
export {
	hashWords,
	languagesOf,
	nameTranslator,
	reviewTemplate,
	templateStates,
	textsInForce,
	translators,
	translatorsToName,
	writeTemplate,
	type TemplateState,
	type TemplateText
} from './templates.ts';
export {
	conflictsWithin,
	estimate,
	namesWithin,
	wardsWithin,
	type Estimate,
	type WardWithin
} from './within.ts';
export * from './genuine/index.ts';
export { checkIn, type NewCheckIn } from './people/check-in.ts';
export { doorsOf, knock, type Door } from './people/doors.ts';
export {
	dropHand,
	eraseHands,
	exportHands,
	keepHand,
	myHand,
	openRegister,
	type Hand,
	type NewHand
} from './people/hands.ts';
export {
	becomeNeighbours,
	callNeighbours,
	eraseNeighbours,
	exportNeighbours,
	makeNeighbourCode,
	myNeighbours,
	partNeighbours,
	type MyNeighbours
} from './people/neighbours.ts';
export { askFamily, type FamilyAnswer } from './people/family.ts';
export { endCall, helpQueue, takeCall, type Call } from './people/queue.ts';
export { reachOf, type Reach, type WardReach } from './people/reach.ts';
export { safeMapOf, type SafeMap } from './safe-map.ts';
