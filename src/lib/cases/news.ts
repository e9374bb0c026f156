import type { TemplateCode } from '../delivery/templates.ts';
import type { EventKind, State } from './rules.ts';

/** What followers hear of a deed; deeds that are not here are nobody's news. */
const ofDeed: Partial<Record<EventKind, TemplateCode>> = {
	release: 'case.opened',
	publish: 'case.opened',
	reroute: 'case.rerouted',
	contradict: 'case.reopened',
	reopen: 'case.reopened',
	job_left: 'case.left_job',
	reply: 'reply',
	councillor_reply: 'councillor_reply',
	referred: 'case.referred',
	referral_accepted: 'case.taken_over',
	referral_returned: 'case.given_back',
	referral_recalled: 'case.given_back',
	referral_late: 'case.answered_late'
};

/** What followers hear when a case comes into a state, whichever deed brought it there. */
const ofState: Partial<Record<State, TemplateCode>> = {
	acknowledged: 'case.acknowledged',
	assigned: 'case.assigned',
	in_progress: 'case.in_progress',
	on_hold: 'case.on_hold',
	resolved_claimed: 'case.resolved_claimed',
	verified_closed: 'case.verified_closed',
	declined: 'case.declined',
	withdrawn: 'case.withdrawn',
	merged: 'case.joined_job',
	evaluating: 'suggestion.evaluating',
	accepted: 'suggestion.accepted',
	rejected: 'suggestion.rejected',
	retired: 'suggestion.retired'
};

/** The message an event makes, or null when it is nobody's news: the receipt already told of the opening. */
export const newsOf = (kind: EventKind, stateTo: State | null): TemplateCode | null =>
	ofDeed[kind] ?? (stateTo && ofState[stateTo]) ?? null;

/** What is carried up because it is late, by its clock or by its reporter, is news; a question of a colleague is not. */
export const isCarriedUp = (kind: string, actorRole: string) =>
	kind === 'escalated' && (actorRole === 'system' || actorRole === 'reporter');
