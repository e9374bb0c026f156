import { expect, test } from 'vitest';
import { centsOf, rand, randText } from './money.ts';

// prettier-ignore
test.each([
	['225', 22_500], ['225.00', 22_500], ['225,5', 22_550], ['R 1 250.05', 125_005], ['1\u2009250', 125_000], ['0', 0],
	['', null], ['-1', null], ['1.234', null], ['1e3', null], ['twelve', null], ['1 2', null]
])('%s is %s cents', (typed, cents) => {
	expect(centsOf(typed)).toBe(cents);
});

test('cents are shown as rand', () => {
	expect([rand(125_005), rand(0), randText(22_550)]).toEqual([
		'R\u00a01\u2009250.05',
		'R\u00a00.00',
		'225.50'
	]);
});
