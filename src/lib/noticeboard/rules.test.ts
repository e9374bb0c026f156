import { expect, test } from 'vitest';
import {
	isForWard,
	newsObstacle,
	possibleNewsDeeds,
	readNewsNumber,
	readTopics,
	type NewsDeed,
	type NewsSent,
	type NewsState
} from './rules.ts';

const now = new Date('2026-11-23T08:00:00Z');
const text = { title: 'Water off in ward 7', words: 'On Tuesday from 8 to 16 there is no water.' };
const at = (iso: string) => ({ at: new Date(iso) });
const why = 'The day was wrong: it is Wednesday.';

// prettier-ignore
test.each<[NewsState, string]>([
	['draft', 'edit publish schedule discard'],
	['scheduled', 'edit publish schedule unschedule'],
	['published', 'correct withdraw'],
	['withdrawn', '']
])('what is %s allows: %s', (state, deeds) => {
	expect(possibleNewsDeeds(state).join(' ')).toBe(deeds);
});

// prettier-ignore
test.each<[NewsDeed, NewsState, NewsSent, string | null]>([
	['publish',  'published', {}, 'not_from_here'],
	['edit',     'published', {}, 'not_from_here'],
	['discard',  'scheduled', {}, 'not_from_here'],
	['schedule', 'draft', {}, 'needs_a_coming_time'],
	['schedule', 'draft', at('2026-11-23T08:00:00Z'), 'needs_a_coming_time'],
	['schedule', 'draft', at('2026-11-23T08:01:00Z'), null],
	['schedule', 'draft', at('2027-12-01T08:00:00Z'), 'time_too_far'],
	['withdraw', 'published', {}, 'needs_a_reason'],
	['withdraw', 'published', { why: 'x'.repeat(501) }, 'needs_a_reason'],
	['withdraw', 'published', { why }, null],
	['correct',  'published', { ...text, why }, 'nothing_changed'],
	['correct',  'published', { ...text, title: 'Wate', why }, 'needs_a_title'],
	['correct',  'published', { ...text, words: 'x'.repeat(4001), why }, 'needs_words'],
	['correct',  'published', { ...text, words: 'On Wednesday from 8 to 16 there is no water.' }, 'needs_a_reason'],
	['correct',  'published', { ...text, words: 'On Wednesday from 8 to 16 there is no water.', why }, null]
])('to %s what is %s with %o: %s', (deed, state, sent, obstacle) => {
	expect(newsObstacle(deed, { ...text, state }, sent, now)).toBe(obstacle);
});

test('news is for its wards, or for everyone', () => {
	expect(isForWard({ wardCodes: [] }, '99901003')).toBe(true);
	expect(isForWard({ wardCodes: ['99901007'] }, '99901003')).toBe(false);
});

test('topics are read once each, and numbers as people type them', () => {
	expect(readTopics(['roads', 'witchcraft', 'water', 'roads'])).toEqual(['roads', 'water']);
	expect(['N-12', 'n12', ' 12 ', 'P-12', '12345678', ''].map(readNewsNumber)).toEqual([
		12,
		12,
		12,
		null,
		null,
		null
	]);
});
