import { expect, test } from 'vitest';
import { about, magnitude, peopleWords, unreachedWords } from './numbers.ts';

// prettier-ignore
test.each([
	[0, '0', 'some'], [87, '87', 'some'], [104, 'about 100', 'hundreds of'], [1249, 'about 1 200', 'thousands of'],
	[12_345, 'about 12 000', 'tens of thousands of'], [98_999, 'about 99 000', 'tens of thousands of'], [412_000, 'about 410 000', 'hundreds of thousands of']
])('%i people are %s', (n, words, size) => {
	expect(about(n).replace(/\u2009/g, ' ')).toBe(words);
	expect(magnitude(n)).toBe(size);
});

test('what is not known is said to be unknown', () => {
	expect(peopleWords(null)).toMatch(/^Not known/);
	expect(unreachedWords(null, 10)).toMatch(/^Not known/);
	expect(unreachedWords(40, 60)).toBe('Nobody we know of');
});
