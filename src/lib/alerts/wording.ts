import type { IconName } from '../ui/icons.ts';
import type { Kind, Level, State } from './alert.ts';
import { longestReason, shortestReason, type Obstacle } from './rules.ts';

/** Why not, as the office reads it. */
export const obstacleWords: Record<Obstacle, string> = {
	not_from_here:
		'This cannot be done with it as it stands now. Somebody may have been quicker: read below how it stands.',
	is_the_submitter:
		'You sent it for approval, so somebody else has to approve it. Accounts with the same number or address count as one person.',
	is_an_editor: 'You wrote some of it, so somebody else has to approve it.',
	returned_it: 'You gave it back. Somebody else has to change it.',
	content_changed:
		'Its words or its area are not those that were sent for approval. Nothing goes out. Give it back to be sent again.',
	template_changed:
		'The approved text of a template changed after it was sent for approval. Give it back, so that it is written with the text in force.',
	too_late: 'The time until which it should hold is over. Give it back and choose a new time.',
	training_never_live:
		'It was made in another place: an exercise is never sent to residents, and a real warning is never sent from training.',
	too_early: 'Four minutes without an answer have to pass before one person may release it.',
	not_immediate: 'One person alone may release only what is happening now and was seen.',
	too_wide: 'Its area is wider than one person alone may warn.',
	not_an_update: 'Only an update of a live warning can go out without a second person.',
	nothing_live: 'What it updates is no longer live.',
	nobody_approved: 'What is live was released by one person alone: this needs a second person.',
	action_changed: 'It tells people to do something else, so a second person has to approve it.',
	area_wider: 'It warns people who were not warned before, so a second person has to approve it.',
	needs_a_reason: `Say why, in ${shortestReason} to ${longestReason} characters.`
};

interface Words {
	label: string;
	icon: IconName;
	tone: '' | 'good' | 'wait' | 'bad' | 'plain';
}

/** How an alert stands, as the office reads it. */
export const stateWords: Record<State, Words> = {
	draft: { label: 'Draft', icon: 'edit', tone: 'plain' },
	pending: { label: 'Waits for approval', icon: 'clock', tone: 'wait' },
	releasing: { label: 'Being tested before it goes out', icon: 's-go', tone: 'wait' },
	held: { label: 'Held: nothing was sent', icon: 's-hold', tone: 'bad' },
	live: { label: 'Live', icon: 'bell', tone: 'bad' },
	rejected: { label: 'Refused', icon: 's-no', tone: 'plain' },
	superseded: { label: 'Replaced by a newer version', icon: 's-done', tone: 'plain' },
	retracted: { label: 'Taken back: it was wrong', icon: 's-no', tone: 'bad' },
	cleared: { label: 'All clear', icon: 's-done', tone: 'good' },
	expired: { label: 'Over', icon: 's-done', tone: 'plain' }
};

/** Levels as people read them, with their shape and their class in the style sheet. */
export const levelWords: Record<
	Level,
	{ label: string; what: string; icon: IconName; class: string }
> = {
	advice: { label: 'Advice', what: 'Know about it', icon: 'l-advice', class: 'advice' },
	watch_and_act: {
		label: 'Watch and act',
		what: 'Get ready, move if told',
		icon: 'l-watch',
		class: 'watch'
	},
	emergency_warning: {
		label: 'Emergency warning',
		what: 'Act now',
		icon: 'l-emergency',
		class: 'emergency'
	}
};

/** What a version is to those before it. */
export const kindWords: Record<Kind, string> = {
	alert: 'warning',
	update: 'update',
	all_clear: 'all clear',
	cancel: 'correction'
};

// prettier-ignore
const happened: Record<string, string> = {
	composed: 'began it', changed: 'changed it', submitted: 'sent it for approval', escalated: 'The next approver was called', approved: 'approved it',
	glass_offered: 'The incident commander was called', glass_broken: 'released it alone', fast_tracked: 'let it out at once: same action, no wider area', returned: 'gave it back', rejected: 'refused it', taken_back: 'took it back to change it',
	retried: 'tried it again', stop_asked: 'stopped it', held: 'It was held', went_live: 'It went live', superseded: 'A newer version replaced it', cleared: 'All clear',
	expired: 'Its time was over', retracted: 'took it back: it was wrong', cancel_released: 'The correction was released'
};

/** One line of its history: `Sipho Dlamini sent it for approval`. */
export const eventWords = (what: string, byName: string): string => {
	const words = happened[what] ?? what;
	return byName && /^[a-z]/.test(words) ? `${byName} ${words}` : words;
};
