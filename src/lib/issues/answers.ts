import { m } from '../i18n/index.ts';
import { tableOf } from '../i18n/table.ts';
import { stateType, type State } from '../cases/rules.ts';

/** What is known when somebody answers "is it fixed?". */
export interface Asked {
	state: State;
	/** Whether a claim stands, or stood last, to be answered. */
	claimed: boolean;
	part: 'reporter' | 'supporter' | null;
	/** What others answered to the same claim. */
	yes: number;
	no: number;
	/** What this person answered to it before. */
	before: boolean | null;
	fixed: boolean;
}

/**
 * What an answer does (cases.md 4). confirm: yes closes it. contradict: no opens it again.
 * agrees: noted beside an earlier answer. differs: a person decides. again: said before, nothing new.
 */
export type Outcome = 'confirm' | 'contradict' | 'agrees' | 'differs' | 'again';
export type AnswerObstacle = 'not_yours_to_answer' | 'nothing_claimed' | 'answered_otherwise';

export const answerObstacleWords = tableOf<AnswerObstacle>({
	not_yours_to_answer: m.refusals_not_yours_to_answer,
	nothing_claimed: m.refusals_nothing_claimed,
	answered_otherwise: m.refusals_answered
});

/** Where an answer leads, or the obstacle to it. Silence verifies nothing, so there is no time limit. */
export function answerOutcome(asked: Asked): Outcome | AnswerObstacle {
	const { state, part, before, fixed, yes, no } = asked;
	if (!part) return 'not_yours_to_answer';
	if (!asked.claimed) return 'nothing_claimed';
	if (before !== null) return before === fixed ? 'again' : 'answered_otherwise';
	if (state === 'resolved_claimed') return fixed ? 'confirm' : 'contradict';

	const answered = fixed ? no : yes;
	const settled = state === 'verified_closed' || (stateType[state] === 'open' && no > 0);
	if (!settled) return 'nothing_claimed';
	return answered > 0 ? 'differs' : 'agrees';
}

const obstacles = Object.keys(answerObstacleWords);
export const isAnswerObstacle = (outcome: Outcome | AnswerObstacle): outcome is AnswerObstacle =>
	obstacles.includes(outcome);
