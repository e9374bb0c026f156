import { m } from '../i18n/index.ts';
import { span } from '../clocks/wording.ts';
import type { IconName } from '../ui/icons.ts';
import type { AnswerKind, ReferralObstacle, ReferralState, ReturnCode } from './rules.ts';

interface Look {
	label: string;
	icon: IconName;
	tone: '' | 'good' | 'wait' | 'bad' | 'plain';
}

export const referralWords: Record<ReferralState, Look> = {
	waiting: { label: 'Waits for an answer', icon: 'clock', tone: 'wait' },
	accepted: { label: 'Accepted', icon: 's-go', tone: '' },
	returned: { label: 'Given back', icon: 's-no', tone: 'plain' },
	recalled: { label: 'Taken back', icon: 's-no', tone: 'plain' },
	done: { label: 'Said to be done', icon: 's-claim', tone: 'good' },
	over: { label: 'Moved on without it', icon: 's-no', tone: 'plain' }
};

export const returnWords: Record<ReturnCode, string> = {
	not_ours: 'Another body is responsible',
	more_needed: 'We need to know more',
	cannot: 'We cannot do it'
};

/** An answer as the person who gives it would say it. */
export const answerWords: Record<AnswerKind, { label: string; hint: string }> = {
	accept: { label: 'Accept it', hint: 'You are responsible from now on' },
	return: { label: 'Give it back', hint: 'With the reason, and who is responsible' },
	ask: { label: 'Ask a question', hint: 'Only the sender reads it' },
	tell: { label: 'Say how it goes', hint: 'Residents read it' },
	done: { label: 'Say it is done', hint: 'Residents are asked whether it is' },
	answer: { label: 'Answer', hint: '' },
	recall: { label: 'Take it back', hint: '' }
};

export const saidWords: Record<AnswerKind, string> = {
	accept: 'accepted it',
	return: 'gave it back',
	ask: 'asked',
	tell: 'said how it goes',
	done: 'said that it is done',
	answer: 'answered',
	recall: 'took it back'
};

export const referralObstacleWords: Record<ReferralObstacle, string> = {
	not_theirs: 'This is for the other side to say.',
	ended: 'This has ended: nothing more can be said here.',
	accepted_already: 'It was accepted already.',
	not_accepted: 'Accept it first.',
	needs_words: 'Say it in words.',
	needs_a_code: 'Choose why it goes back.',
	needs_a_body:
		'Name the body that is responsible. Nobody is sent away without knowing where to go.',
	nothing_asked: 'No question waits for an answer.'
};

/** Which field a person has to change for each obstacle. */
export const referralObstacleField: Partial<Record<ReferralObstacle, string>> = {
	needs_words: 'words',
	needs_a_code: 'code',
	needs_a_body: 'body'
};

const minute = 60_000;
const dayLong = 1440;

/** `3 days 4 h`, day and night, of so many milliseconds; under a day in hours and minutes. */
export function longWords(time: number): string {
	const minutes = Math.max(0, Math.floor(time / minute));
	if (minutes < dayLong) return span(minutes);
	const hours = Math.floor((minutes % dayLong) / 60);
	const days = m.custody_days({ n: Math.floor(minutes / dayLong) });
	return hours ? `${days} ${m.clocks_hours({ n: hours })}` : days;
}
