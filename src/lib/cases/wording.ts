import type { IconName } from '../ui/icons.ts';
import type { DeclineCode, HoldReason, Obstacle, State } from './rules.ts';

/** A state as people read it: words, and the shape of its ring (an icon of `ui/icons.ts`), and its tone. */
export const stateWords: Record<
	State,
	{ label: string; icon: IconName; tone: '' | 'good' | 'wait' | 'bad' | 'plain' }
> = {
	submitted: { label: 'Received, being looked at', icon: 's-in', tone: 'plain' },
	open: { label: 'Received', icon: 's-in', tone: '' },
	acknowledged: { label: 'Seen by a person', icon: 's-seen', tone: '' },
	assigned: { label: 'With a team', icon: 's-go', tone: '' },
	in_progress: { label: 'Work under way', icon: 's-work', tone: '' },
	on_hold: { label: 'Paused', icon: 's-hold', tone: 'wait' },
	resolved_claimed: { label: 'Said to be fixed', icon: 's-claim', tone: 'wait' },
	verified_closed: { label: 'Fixed, confirmed', icon: 's-done', tone: 'good' },
	referred_out: { label: 'Handed over', icon: 'arrow', tone: 'wait' },
	merged: { label: 'Part of a larger job', icon: 'people', tone: 'plain' },
	declined: { label: 'Not taken up', icon: 's-no', tone: 'plain' },
	withdrawn: { label: 'Taken back', icon: 's-no', tone: 'plain' },
	evaluating: { label: 'Being considered', icon: 's-seen', tone: '' },
	accepted: { label: 'Accepted', icon: 's-done', tone: 'good' },
	rejected: { label: 'Not accepted', icon: 's-no', tone: 'plain' },
	retired: { label: 'Set aside', icon: 's-no', tone: 'plain' }
};

export const holdWords: Record<HoldReason, string> = {
	parts: 'waiting for parts',
	contractor: 'waiting for a contractor',
	weather: 'the weather',
	access: 'no access to the place',
	another_body: 'waiting for another body',
	budget: 'waiting for budget',
	resident: 'waiting for an answer from the reporter'
};

export const declineWords: Record<DeclineCode, string> = {
	not_responsible: 'another body is responsible',
	no_action: 'nothing will be done',
	invalid: 'not something the municipality can act on'
};

export const obstacleWords: Record<Obstacle, string> = {
	not_from_here: 'This has moved on since you opened it. Look at what happened, then decide again.',
	other_track: 'This cannot be done with a suggestion.',
	not_allowed: 'This page does not exist, or it is not yours to see.',
	needs_a_reason: 'Say why. It stays beside your name.',
	needs_a_code: 'Choose a reason from the list.',
	needs_proof: 'Show that it is done: add a photo, or say what was done.',
	hidden: 'This has been hidden by moderation.'
};
