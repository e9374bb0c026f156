export { composerChoices } from './choices.ts';
export {
	changeOutage,
	discardOutage,
	writeOutage,
	type NewOutage,
	type OutageFacts
} from './draft.ts';
export type { Outage, OutageAt } from './find.ts';
export { forgetHouseholds, forgetHouseholdsJob } from './forget.ts';
export { joinOutage, usableContacts, type Joining } from './join.ts';
export { knownOutage, type AskedPlace, type KnownOutage } from './known.ts';
export { moveOutage, type Move } from './move.ts';
export { eraseHouseholds, exportHouseholds } from './privacy.ts';
export {
	dismissProposal,
	lateDismissals,
	proposalsFor,
	type Dismissal,
	type Proposal
} from './proposals.ts';
export {
	getOutage,
	listOutages,
	outagesForOffice,
	outagesToPublish,
	outageToPublish,
	outageToWork,
	type OutageSummary,
	type PublicOutages
} from './queries.ts';
export { outageMoved } from './tell.ts';
