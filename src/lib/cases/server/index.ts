export {
	appendEvent,
	hashEvent,
	hashWords,
	lockCase,
	mustBeFresh,
	type Case,
	type NewEvent
} from './append.ts';
export { openCase, type CaseFacts } from './open.ts';
export { caseMoved } from './jobs.ts';
export { deedDone, historyOf, lastClaim, type Visibility } from './history.ts';
export { moveUnfinishedCases, unfinishedByDepartment } from './move-cases.ts';
