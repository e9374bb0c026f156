import { expect, test } from 'vitest';
import { cardGroups, cardLength, drawCardCode, readCardCode } from './cards.ts';

test('a card code is read however it is typed, and no slip passes', () => {
	for (let n = 0; n < 200; n++) {
		const code = drawCardCode();
		expect(code).toHaveLength(cardLength);
		expect(readCardCode(cardGroups(code).toLowerCase())).toBe(code);
		for (let at = 0; at < code.length; at++) {
			const other = code[at] === '7' ? '8' : '7';
			expect(readCardCode(code.slice(0, at) + other + code.slice(at + 1))).toBeNull();
			const swapped =
				code.slice(0, at) + code.slice(at + 1, at + 2) + code[at] + code.slice(at + 2);
			if (swapped !== code && at < code.length - 1) expect(readCardCode(swapped)).toBeNull();
		}
	}
	expect(readCardCode('')).toBeNull();
	expect(readCardCode('U'.repeat(cardLength))).toBeNull();
	expect(readCardCode('7'.repeat(100))).toBeNull();
});

test('thousands of codes are all different', () => {
	expect(new Set(Array.from({ length: 5000 }, drawCardCode)).size).toBe(5000);
});
