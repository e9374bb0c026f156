import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Urgency } from './channel.ts';
import { costOf, isBeyond, nothingSpent, passesWarning, renewal, share, spent } from './budget.ts';

const perThousand = 22_500;
const one = costOf(1, perThousand);
const after = (count: number, urgency: Urgency = 'normal') =>
	Array.from({ length: count }).reduce<typeof nothingSpent>(
		(sum) => spent(sum, one, urgency),
		nothingSpent
	);
const rands = (cents: number | null, segments: number | null = null) => ({ cents, segments });

test('a segment at R 225.00 a thousand costs 22.5 cents, and nothing is rounded on the way', () => {
	expect(one.millicents).toBe(22_500);
	expect(after(1000).millicents).toBe(22_500_000);
});

// prettier-ignore
test.each([
	['room for exactly one more', rands(225), 9, 'normal', false],
	['none left', rands(225), 10, 'normal', true],
	['segments run out first', rands(1_000_000, 5), 5, 'normal', true],
	['an emergency is sent all the same', rands(225), 10, 'emergency', false],
	['and a code', rands(225), 10, 'code', false],
	['no budget, no limit', null, 100, 'normal', false],
	['a budget of nothing', rands(0), 0, 'normal', true]
] as const)('%s', (_, budget, count, urgency, beyond) => {
	expect(isBeyond(budget, after(count), one, urgency)).toBe(beyond);
});

test('what is exempt eats nobody’s budget', () => {
	expect(share(rands(225), after(1000, 'emergency'))).toBe(0);
	expect(isBeyond(rands(225), after(1000, 'emergency'), one, 'normal')).toBe(false);
});

test('people are warned once, by the message that passes four fifths', () => {
	const budget = rands(225);
	const passing = Array.from({ length: 10 }, (_, n) =>
		passesWarning(budget, after(n), after(n + 1))
	);
	expect(passing.map((each, n) => (each ? n + 1 : 0)).filter(Boolean)).toEqual([8]);
});

test('never is more spent than a budget allows, in whatever order messages come', () => {
	const messages = fc.array(
		fc.record({
			segments: fc.integer({ min: 1, max: 6 }),
			urgency: fc.constantFrom<Urgency>('normal', 'emergency', 'code')
		})
	);
	fc.assert(
		fc.property(messages, fc.integer({ min: 0, max: 60 }), (all, limit) => {
			let sum = nothingSpent;
			for (const { segments, urgency } of all) {
				const cost = costOf(segments, perThousand);
				if (!isBeyond(rands(null, limit), sum, cost, urgency)) sum = spent(sum, cost, urgency);
			}
			expect(sum.segments - sum.exemptSegments).toBeLessThanOrEqual(limit);
		})
	);
});

test('a month renews on the first of the next', () => {
	expect([renewal('2026-11'), renewal('2026-12')]).toEqual(['2026-12-01', '2027-01-01']);
});
