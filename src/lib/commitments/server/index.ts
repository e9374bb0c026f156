export { makeCommitment, type NewCommitment } from './make.ts';
export {
	breakCommitment,
	commitmentVerbs,
	keepCommitment,
	reportProgress,
	slipCommitment,
	startCommitment,
	type CommitmentWord
} from './move.ts';
export { issueIdsOf, linkIssues } from './link.ts';
export { followCommitment, followCommitmentAt } from './follow.ts';
export type { Commitment } from './events.ts';
export {
	commitmentForOffice,
	commitmentsForIssue,
	getCommitment,
	followsCommitment,
	listCommitments,
	officesFor,
	promisersOf,
	tallyCommitments,
	type CommitmentFilter,
	type CommitmentSummary,
	type Tally
} from './queries.ts';
export { commitmentMoved, reportedBack } from './jobs.ts';
export { councillorById, councillorsOf, currentCouncillors } from './councillors.ts';
export { enoughAnswers, personRecord, wardRecord, type ResponseRecord } from './questions.ts';
export {
	lastReportBack,
	publishReportBack,
	reportBacksBy,
	reportBacksOf,
	wardFigures,
	type ReportBackFacts
} from './report-back.ts';
export { askWriters, askWritersJob } from './ask-writers.ts';
export {
	exportHeard,
	forgetHeard,
	heardByLink,
	heardByReporter,
	writerQuestion,
	type Heard
} from './hear-writer.ts';
export { answerRecordOf, replyToRecord, longestReply } from './answer-record.ts';
