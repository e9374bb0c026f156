export { claimByReceipts, claimReports } from './claim.ts';
export { answerByLink, answerClaim, linkedQuestion, type Answer } from './answer-claim.ts';
export { answerToken, claimQuery, readAnswerToken, type Answerer } from './links.ts';
export { addNote, longestNote, reopen, setNameShown, takeHigher, withdraw } from './own-deeds.ts';
export { nobodyNamed, standingIn, type Issue, type Part, type Standing } from './standing.ts';
export { joinIssue, type Joining } from './join.ts';
export { incidentPage, joinChoices, jointHouseholds, type JoinChoice } from './incident.ts';
export { support, verifySupports, withdrawSupport, type Support } from './support.ts';
export { applyServiceTemplate, type TemplateOptions } from './apply-template.ts';
export { checkReport, mayCapture, type Checked } from './check.ts';
export { receiptOf } from './receipts.ts';
export { reportIssue } from './report.ts';
export type { Reported, ReportFacts } from './report-facts.ts';
export {
	questionsOf,
	serviceByCode,
	serviceGroupsOf,
	servicesNamed,
	servicesOf,
	type OfferedService,
	type Service,
	type ServiceGroup,
	type ServiceWithQuestions
} from './services.ts';
export { serviceWords } from './service-words.ts';
export { isPublic, receiptIndexOf, visibleTo } from './visible.ts';
export { closeDepartment, holdingsByDepartment } from './close-department.ts';
export {
	addQuestion,
	editQuestion,
	moveQuestion,
	questionsToManage,
	removeQuestion,
	type QuestionRow
} from './manage-questions.ts';
export {
	addService,
	allServices,
	changedRoutes,
	editService,
	moveService,
	reportsByService,
	saveRouting,
	serviceToManage,
	type Route,
	type ServiceRow
} from './manage-services.ts';
export { contactOf, followIssue, unfollowIssue } from './follow.ts';
export { monthOf, mostFelt, ownIssues, referenceOfReceipt, type Month, type Own } from './home.ts';
export {
	allListed,
	countIssues,
	filterChoices,
	followedIssues,
	listIssues,
	mostCounted,
	type Listed,
	type ListOf
} from './list.ts';
export { issuePage, type IssuePage, type Line, type Picture } from './page.ts';
export { importRequests, type ImportReport } from './import-requests.ts';
export { readRequests } from './read-requests.ts';
export { answerTogether, councillorCase, type CouncillorCase } from './councillor.ts';
export { wardHeaps, wardList, type WardRow } from './ward-desk.ts';
export { changeService, moveWard } from './correct.ts';
export {
	queueCounts,
	queuePage,
	queuePageSize,
	queueTotal,
	waitsForCouncillor,
	type QueueRow
} from './office.ts';
export { officeIssue, officeTimeline, type OfficeEvent } from './office-case.ts';
export { sendDigests, staffDigest } from './digest.ts';
export { revealReporter, type Revealed } from './reveal-reporter.ts';
export { issuePhoto, type ShownPhoto } from './issue-photo.ts';
export { locate, type Located } from './locate.ts';
export { sameNearby, type Same } from './near.ts';
export { retentionDue } from './retention-due.ts';
export { newWardsBegin, placeIssuesAnew } from './rewards.ts';
export { foundMunicipality, type Founding } from './found-municipality.ts';
export { foldMap, foldMapJob, rebuildMap } from './map/cells.ts';
export { drawnMap, type DrawnMap } from './map/drawn.ts';
export { inSight, type InSight, type MapOf } from './map/viewport.ts';
export * from './moderation/index.ts';
export * from './privacy/index.ts';
export { differing, nextBroken, unansweredClimbs, workload } from './supervise.ts';
export { gamingFlags, type ShownFlag } from './gaming.ts';
