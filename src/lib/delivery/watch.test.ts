import { expect, test } from 'vitest';
import { later, minutes } from '../platform/time.ts';
import { atMostOf, standing, takesFewer } from './watch.ts';

const now = new Date('2026-11-22T12:00:00Z');
/** Tests every three minutes, newest first: milliseconds, or a fault. */
const tests = (...found: Array<number | string>) =>
	found.map((each, at) => ({
		at: later(now, -minutes(3 * at)),
		took: typeof each === 'number' ? each : 10_000,
		fault: typeof each === 'string' ? each : null
	}));
const down = 'ECONNREFUSED';

// prettier-ignore
test.each([
	['never tried', [], 'untried', null],
	['answers', [40, 40], 'working', null],
	['answers slowly', [2500, 40], 'slow', null],
	['one fault', [down, 40], 'wavering', null],
	['two faults', [down, down, 40], 'wavering', null],
	['three in a row', [down, down, down, 40], 'silent', '2026-11-22T11:54:00.000Z'],
	['three, nothing before', [down, down, down], 'silent', '2026-11-22T11:54:00.000Z'],
	['first test, a fault', [down], 'wavering', null],
	['back again', [40, down, down, down], 'working', null]
] as const)('a road that %s', (_, found, state, since) => {
	const stands = standing(tests(...found), now);
	expect([stands.state, stands.since?.toISOString() ?? null]).toEqual([state, since]);
});

test('two faults are silence when ten minutes passed without a success', () => {
	const faults = tests(down, down);
	const success = { at: later(now, -minutes(11)), took: 40, fault: null };
	expect(standing([...faults, success], now).state).toBe('silent');
	expect(standing([...faults, success], later(now, -minutes(2))).state).toBe('wavering');
	expect(standing([faults[0], success], now).state).toBe('wavering');
});

test('the binomial tail', () => {
	expect(atMostOf(0, 10, 0.5)).toBeCloseTo(1 / 1024, 9);
	expect(atMostOf(5, 10, 0.5)).toBeCloseTo(638 / 1024, 9);
	expect(atMostOf(10, 10, 0.5)).toBe(1);
	expect(atMostOf(1960, 2000, 0.98)).toBeCloseTo(atMostOf(1961, 2001, 0.98), 1);
	expect(atMostOf(0, 100, 1)).toBe(0);
});

// prettier-ignore
test.each([
	['as always', { taken: 98, finished: 100 }, false],
	['a little worse, as chance has it', { taken: 95, finished: 100 }, false],
	['clearly worse', { taken: 80, finished: 100 }, true],
	['nothing taken', { taken: 0, finished: 50 }, true],
	['nothing taken of too few to tell', { taken: 0, finished: 49 }, false],
	['one in a hundred worse, of many', { taken: 97_000, finished: 100_000 }, false],
	['three in a hundred worse, of many', { taken: 95_000, finished: 100_000 }, true]
])('an hour that is %s', (_, hour, fewer) => {
	expect(takesFewer(hour, { taken: 9800, finished: 10_000 })).toBe(fewer);
});

test('without a usual there is no fewer', () => {
	expect(takesFewer({ taken: 0, finished: 100 }, { taken: 0, finished: 0 })).toBe(false);
});
