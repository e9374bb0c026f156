export { answerClimbs, climbedOf, waitUntil } from './climbs.ts';
export { clockRow, keepClocks, type CaseClock, type Clocked, type Reckoned } from './keep.ts';
export {
	agreementsOf,
	calendarsOf,
	daysOf,
	endAgreement,
	laddersOf,
	proclaimDay,
	setAgreement,
	setCalendar,
	setLadder,
	stepsInOrder,
	withdrawDay,
	type AgreementFacts,
	type CalendarFacts,
	type LadderStep
} from './manage.ts';
export { policyMoved } from './jobs.ts';
export { policyAt, policyRows } from './policy.ts';
export { clockOf, type ShownClock, type ShownPromise } from './read.ts';
