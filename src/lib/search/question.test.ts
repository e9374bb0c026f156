import { expect, test } from 'vitest';
import { drawReference, readReference } from '../issues/reference.ts';
import { meantReferences } from './mistyped.ts';
import { isAsked, readQuestion, soundsNear, tsqueryOf, wordsThatMatter } from './question.ts';

// prettier-ignore
test.each([
	['the light in mill road', 'light mill road'],
	['die gat', 'gat'],
	['the', 'the'],
	['a b 5', '5'],
	['one two three four five six seven eight nine', 'one two three four five six seven eight']
])('of “%s” it is “%s” that matters', (typed, words) => {
	expect(wordsThatMatter(typed.split(' ')).join(' ')).toBe(words);
});

test('a question has an end, and needs two letters', () => {
	expect(readQuestion('x'.repeat(1000))).toHaveLength(100);
	expect(readQuestion(null)).toBe('');
	expect(['a', '%%', ' é ', 'ab', '7b'].map(isAsked)).toEqual([false, false, false, true, true]);
});

test('neighbours are also read as one word', () => {
	const heard = [
		{ word: 'pot', sound: 'pt' },
		{ word: 'hole', sound: 'l' }
	];
	const joined = [{ word: 'pothole', sound: 'ptl' }];
	expect(tsqueryOf(heard, joined, 'exact')).toBe("('pot':* & 'hole':*) | ('pothole':*)");
	expect(tsqueryOf(heard, joined, 'sound')).toContain("('pothole':* | '~ptl' | '+ptl')");
});

test('a sound is near those one consonant away, and short ones to none', () => {
	const near = soundsNear('swrg');
	expect(near).toEqual(expect.arrayContaining(['swg', 'swrgs', 'twrg', 'swrd']));
	expect(near).not.toContain('swrg');
	expect(near).not.toContain('swrrg');
	expect(near.length).toBeLessThan(160);
	expect(soundsNear('pt')).toEqual([]);
	expect(soundsNear('ptl')).not.toContain('pt');
	expect(soundsNear('x1y2')).toEqual([]);
});

test('a slip in a number leads back to it, and words lead nowhere', () => {
	for (let i = 0; i < 200; i++) {
		const reference = drawReference('KHA', 2026);
		const at = 7 + (i % 5);
		const typed = `${reference.slice(0, at)}${reference[at] === '2' ? '3' : '2'}${reference.slice(at + 1)}`;
		if (!readReference(typed)) expect(meantReferences(typed), typed).toContain(reference);
	}
	expect(meantReferences('pothole in mill road')).toEqual([]);
	expect(meantReferences('x'.repeat(4000))).toEqual([]);
});
