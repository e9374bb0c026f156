import { expect, test } from 'vitest';
import {
	answerObstacle,
	loops,
	possibleAnswers,
	stateAfter,
	type AnswerKind,
	type ReferralState
} from './rules.ts';

// prettier-ignore
test.each<[AnswerKind, 'sender' | 'receiver', ReferralState, object, string | null]>([
	['accept', 'receiver', 'waiting', {}, null],
	['accept', 'receiver', 'accepted', {}, 'accepted_already'],
	['accept', 'sender', 'waiting', {}, 'not_theirs'],
	['accept', 'receiver', 'recalled', {}, 'ended'],
	['return', 'receiver', 'waiting', { words: 'Not our street.' }, 'needs_a_code'],
	['return', 'receiver', 'waiting', { words: 'Not our street.', code: 'not_ours' }, 'needs_a_body'],
	['return', 'receiver', 'waiting', { words: 'The R72.', code: 'not_ours', body: 'SANRAL' }, null],
	['return', 'receiver', 'waiting', { words: ' ', code: 'cannot' }, 'needs_words'],
	['tell', 'receiver', 'waiting', { words: 'Tomorrow.' }, 'not_accepted'],
	['done', 'receiver', 'accepted', {}, 'needs_words'],
	['done', 'receiver', 'accepted', { words: 'The main is closed.' }, null],
	['answer', 'sender', 'waiting', { words: 'At number 12.' }, 'nothing_asked'],
	['answer', 'sender', 'waiting', { words: 'At number 12.', asked: true }, null],
	['recall', 'sender', 'accepted', { words: 'We do it.' }, null]
])('%s by the %s of one that is %s, with %o: %s', (kind, by, state, more, obstacle) => {
	expect(answerObstacle(kind, { by, state, asked: false, words: '', ...more })).toBe(obstacle);
});

test('each side is offered what it may say, and nothing once it has ended', () => {
	expect(possibleAnswers('receiver', 'waiting', false)).toEqual(['accept', 'return', 'ask']);
	expect(possibleAnswers('receiver', 'accepted', false)).toEqual(['return', 'ask', 'tell', 'done']);
	expect(possibleAnswers('sender', 'waiting', true)).toEqual(['answer', 'recall']);
	expect(possibleAnswers('sender', 'done', true)).toEqual([]);
	expect(stateAfter('ask', 'accepted')).toBe('accepted');
});

test('a case that would come back to somebody who has had it goes round in a circle', () => {
	const before = [{ departmentId: 'water' }, { municipalityId: 'ulwandle' }];
	expect(loops({ departmentId: 'water' }, before)).toBe(true);
	expect(loops({ departmentId: null, municipalityId: 'ulwandle' }, before)).toBe(true);
	expect(loops({ departmentId: 'roads' }, before)).toBe(false);
});
