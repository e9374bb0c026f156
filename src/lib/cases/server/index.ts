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
export { doBulk, type BulkFacts, type BulkResult } from './bulk.ts';
export { deedEntry, doDeed, mostWords, standingIn, step, type DeedFacts } from './do.ts';
export { moveClocks } from './clock.ts';
export { keptBy, type Kept } from './kept.ts';
export { previewClocks, previewInternal, type ClockPreview } from './preview-clocks.ts';
export { previewLadder, type LadderPreview } from './preview-ladder.ts';
export { carriedUpByReporter, climbLadders } from './climb.ts';
export { letHear } from './hearers.ts';
export { caseMoved, climbJob, forgetLookers, jobMoved, moveClocksJob } from './jobs.ts';
export { joinJob, leaveJob, type Joined } from './join-job.ts';
export { passOn } from './pass-on.ts';
export { jobOf, partsOf, type Job } from './job-of.ts';
export { answersTo, choicesAt, findCase, forgetViewers, lookAt, templatesFor } from './desk.ts';
export { deedDone, historyOf, lastClaim, type Visibility } from './history.ts';
export { moveUnfinishedCases, unfinishedByDepartment } from './move-cases.ts';
export { mayRead, ownedOf, reachCase, readable, within } from './reach.ts';
export { askWhoIsResponsible, whoIsResponsible } from './responsible.ts';
export { remark, say, type RemarkFacts } from './remark.ts';
export { rebuildCase, verifyCases, type BrokenCase, type CasesReport } from './verify.ts';
export { colleagues, type Colleague } from './whom.ts';
export { importCases, type ImportedCase, type ImportedEvent } from './import.ts';
export {
	addTemplate,
	departmentsToWriteFor,
	editTemplate,
	templatesToManage,
	templateToManage
} from './manage-templates.ts';
export { askByLink, type Asked } from './tell.ts';
