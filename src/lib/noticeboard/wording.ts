import type { IconName } from '../ui/icons.ts';
import {
	longestReason,
	longestTitle,
	longestWords,
	shortestReason,
	shortestTitle,
	shortestWords,
	type NewsDeed,
	type NewsObstacle,
	type NewsState
} from './rules.ts';

/** Why not, as the office reads it. */
export const newsObstacleWords: Record<NewsObstacle, string> = {
	not_from_here:
		'This cannot be done with it as it stands now. Somebody may have been quicker: see below.',
	needs_a_title: `Give it a title of ${shortestTitle} to ${longestTitle} characters that says the thing itself.`,
	needs_words: `Write it in ${shortestWords} to ${longestWords} characters.`,
	needs_a_language: 'Choose the language it is written in.',
	needs_a_coming_time: 'Choose a day and time that is still to come.',
	time_too_far: 'Choose a day within the next year.',
	needs_a_reason: `Say why, in ${shortestReason} to ${longestReason} characters. Everyone reads it.`,
	nothing_changed: 'Nothing is different yet. Change the title or the words first.'
};

/** The field an obstacle belongs to. */
// prettier-ignore
export const newsFieldOf: Partial<Record<NewsObstacle, string>> = {
	needs_a_title: 'title', needs_words: 'words', needs_a_language: 'language',
	needs_a_coming_time: 'at', time_too_far: 'at', needs_a_reason: 'why', nothing_changed: 'words'
};

interface Words {
	label: string;
	icon: IconName;
	tone: '' | 'good' | 'wait' | 'bad' | 'plain';
}

/** How a piece of news stands, as the office reads it. */
export const newsStateWords: Record<NewsState, Words> = {
	draft: { label: 'Draft', icon: 'edit', tone: 'plain' },
	scheduled: { label: 'Waits for its hour', icon: 'clock', tone: 'wait' },
	published: { label: 'Public', icon: 's-done', tone: 'good' },
	withdrawn: { label: 'Withdrawn', icon: 's-no', tone: 'bad' }
};

/** What the office offers, and what will happen. */
export const newsDeedWords: Record<NewsDeed, { title: string; button: string; what: string }> = {
	edit: { title: 'Change it', button: 'Keep the change', what: '' },
	publish: {
		title: 'Publish it now',
		button: 'Publish it',
		what: 'Everyone can read it at once, with your name. From then on its words change only by a correction that stays visible.'
	},
	schedule: {
		title: 'Publish it later',
		button: 'Publish it then',
		what: 'It becomes public by itself at that minute, on the clock of the municipality. Until then you can change it or take it back.'
	},
	unschedule: {
		title: 'Do not publish it then',
		button: 'Make it a draft again',
		what: 'It is a draft again and nobody but your office sees it.'
	},
	discard: {
		title: 'Throw the draft away',
		button: 'Throw it away',
		what: 'The draft is gone. This cannot be taken back.'
	},
	correct: {
		title: 'Correct it',
		button: 'Publish the correction',
		what: 'Everyone reads the new words, what was wrong, and below it the old words with their date. This cannot be taken back.'
	},
	withdraw: {
		title: 'Withdraw it',
		button: 'Withdraw it',
		what: 'Its words are no longer shown. Its title and your reason stay, so that people who read it know. This cannot be taken back.'
	}
};
