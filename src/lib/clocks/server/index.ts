export { answerClimbs, climbedOf, waitUntil } from './climbs.ts';
export { clockRow, keepClocks, type CaseClock, type Clocked, type Reckoned } from './keep.ts';
export {
	agreeInternally,
	agreementsOf,
	calendarsOf,
	daysOf,
	endAgreement,
	endInternal,
	internalsOf,
	laddersOf,
	mustBeAgreeable,
	proclaimDay,
	setAgreement,
	setCalendar,
	setLadder,
	stepsInOrder,
	withdrawDay,
	type AgreementFacts,
	type CalendarFacts,
	type InternalFacts,
	type LadderStep
} from './manage.ts';
export { policyMoved } from './jobs.ts';
export { policyAt, policyRows } from './policy.ts';
export { clockOf, partOwed, type ShownClock, type ShownPromise } from './read.ts';
