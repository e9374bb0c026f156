import { m } from '../i18n/index.ts';
import { wardNumber } from '../geography/wording.ts';
import type { State } from '../cases/rules.ts';
import { declineWords, holdWords } from '../cases/wording.ts';
import { retireWords, withdrawWords } from '../cases/timeline.ts';

/** `Ward 7`. */
export const wardName = (code: string) => m.lists_ward({ number: wardNumber(code) });

/** The same inside a sentence: `ward 7`. */
export const wardInside = (code: string) => m.lists_ward_inside({ number: wardNumber(code) });

/** Why a case stands where it stands, where everybody reads that. */
const reasons: Partial<Record<State, Readonly<Record<string, string>>>> = {
	on_hold: holdWords,
	declined: declineWords,
	withdrawn: withdrawWords,
	retired: retireWords
};

interface Standing {
	state: State;
	reason: string | null;
	department: string | null;
}

type Sentence = (by: string) => string;

const byOr =
	(named: (facts: { by: string }) => string, unnamed: () => string): Sentence =>
	(by) =>
		by ? named({ by }) : unnamed();

const sentences: Record<State, Sentence> = {
	submitted: () => m.states_is_submitted(),
	open: byOr(m.states_is_open_by, m.states_is_open),
	acknowledged: byOr(m.states_is_acknowledged_by, m.states_is_acknowledged),
	assigned: byOr(m.states_is_assigned_by, m.states_is_assigned),
	in_progress: byOr(m.states_is_in_progress_by, m.states_is_in_progress),
	on_hold: () => m.states_on_hold(),
	resolved_claimed: byOr(m.states_is_claimed_by, m.states_is_claimed),
	verified_closed: () => m.states_is_verified(),
	referred_out: byOr(m.states_is_referred_by, m.states_referred_out),
	merged: () => m.states_merged(),
	declined: () => m.states_declined(),
	withdrawn: () => m.states_is_withdrawn(),
	evaluating: () => m.states_is_evaluating(),
	accepted: () => m.states_is_accepted(),
	rejected: () => m.states_is_rejected(),
	retired: () => m.states_retired()
};

/** How an issue stands, in one sentence. */
export function standingSentence({ state, reason, department }: Standing): string {
	const sentence = sentences[state](department ?? '');
	const why = reasons[state]?.[reason ?? ''];
	return why ? `${sentence}: ${why}` : sentence;
}
