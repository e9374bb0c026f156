import { expect, test } from 'vitest';
import { proportion } from './proportion.ts';

/** Exactly, for small numbers: how likely k or more, and k or fewer, of n are when the share is p. */
const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
const likely = (n: number, p: number, ks: number[]) =>
	ks.reduce((sum, k) => sum + choose(n, k) * p ** k * (1 - p) ** (n - k), 0);
const upTo = (from: number, to: number) =>
	Array.from({ length: to - from + 1 }, (_, i) => from + i);

test.each([
	[1, 10],
	[5, 10],
	[9, 10],
	[7, 12],
	[30, 60]
])('%i of %i: each end leaves two and a half of a hundred outside', (k, n) => {
	const { low, high } = proportion(k, n);
	expect(likely(n, low, upTo(k, n))).toBeCloseTo(0.025, 6);
	expect(likely(n, high, upTo(0, k))).toBeCloseTo(0.025, 6);
});

test('none and all have a certain end', () => {
	expect(proportion(0, 10)).toMatchObject({ low: 0 });
	expect(proportion(0, 10).high).toBeCloseTo(0.3085, 4);
	expect(proportion(10, 10)).toMatchObject({ high: 1 });
	expect(proportion(10, 10).low).toBeCloseTo(0.6915, 4);
	expect(proportion(90_000, 100_000).low).toBeCloseTo(0.89812, 4);
});
