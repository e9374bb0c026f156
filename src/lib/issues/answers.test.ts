import { expect, test } from 'vitest';
import { answerOutcome, type Asked } from './answers.ts';

const asked: Asked = {
	state: 'resolved_claimed',
	claimed: true,
	part: 'reporter',
	yes: 0,
	no: 0,
	before: null,
	fixed: true
};

// prettier-ignore
test.each<[string, Partial<Asked>, ReturnType<typeof answerOutcome>]>([
	['the reporter says yes', {}, 'confirm'],
	['the reporter says no', { fixed: false }, 'contradict'],
	['a supporter says yes', { part: 'supporter' }, 'confirm'],
	['a stranger says yes', { part: null }, 'not_yours_to_answer'],
	['nobody ever claimed it', { claimed: false, state: 'in_progress' }, 'nothing_claimed'],
	['a second yes after it was confirmed', { state: 'verified_closed', yes: 1 }, 'agrees'],
	['a no after it was confirmed', { state: 'verified_closed', yes: 1, fixed: false }, 'differs'],
	['a yes after it was opened again', { state: 'open', no: 1 }, 'differs'],
	['a second no after it was opened again', { state: 'assigned', no: 1, fixed: false }, 'agrees'],
	['the same answer sent twice', { state: 'verified_closed', yes: 1, before: true }, 'again'],
	['no, after having said yes', { state: 'verified_closed', yes: 1, before: true, fixed: false }, 'answered_otherwise'],
	['a case opened again by its reason, not by an answer', { state: 'open' }, 'nothing_claimed'],
	['a case that was taken back', { state: 'withdrawn', yes: 1 }, 'nothing_claimed']
])('%s', (_, facts, outcome) => {
	expect(answerOutcome({ ...asked, ...facts })).toBe(outcome);
});
