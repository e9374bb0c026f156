import { m } from '../i18n/index.ts';
import { wardNumber } from '../geography/wording.ts';
import type { State } from '../cases/rules.ts';
import { declineWords, holdWords } from '../cases/wording.ts';
import { retireWords, withdrawWords } from '../cases/timeline.ts';

/** `Ward 7`. */
export const wardName = (code: string) => m.lists_ward({ number: wardNumber(code) });

/** The same inside a sentence: `ward 7`. */
export const wardInside = (code: string) => m.lists_ward_inside({ number: wardNumber(code) });

const reasons: Record<string, string> = {
	...withdrawWords,
	...retireWords,
	...declineWords,
	...holdWords
};

interface Standing {
	state: State;
	reason: string | null;
	department: string | null;
}

// prettier-ignore
const sentences: Record<State, (by: string, why: string) => string> = {
	submitted: () => 'A person looks at this before others can see it',
	open: (by) => (by ? `${by} has it` : 'It waits to be given to a department'),
	acknowledged: (by) => `${by || 'The municipality'} has seen it`,
	assigned: (by) => `${by || 'The municipality'} has given it to a team`,
	in_progress: (by) => `${by || 'The municipality'} is working on it`,
	on_hold: (_, why) => `Paused${why}`,
	resolved_claimed: (by) => `${by || 'The municipality'} says it is fixed. Nobody has confirmed it yet`,
	verified_closed: () => 'Fixed. A resident confirmed it',
	referred_out: (by) => `Handed over${by ? ` by ${by}` : ''}`,
	merged: () => 'Part of a larger job',
	declined: (_, why) => `Not taken up${why}`,
	withdrawn: (_, why) => `Taken back by whoever reported it${why}`,
	evaluating: () => 'The councillor is considering it',
	accepted: () => 'The councillor accepted it',
	rejected: () => 'The councillor did not accept it',
	retired: (_, why) => `Set aside${why}`
};

/** How an issue stands, in one sentence. */
export const standingSentence = ({ state, reason, department }: Standing): string =>
	sentences[state](department ?? '', reasons[reason ?? ''] ? `: ${reasons[reason ?? '']}` : '');
