import fc from 'fast-check';
import { expect, test } from 'vitest';
import { custody, timeByHolder, type Handled } from './custody.ts';

const at = (hour: number) => new Date(Date.UTC(2026, 10, 23, hour));
const water = { departmentId: 'water' };

const opened: Handled = { kind: 'opened', at: at(0), stateTo: null, facts: water };
const sent = (hour: number): Handled => ({
	kind: 'referred',
	at: at(hour),
	stateTo: 'referred_out',
	facts: { holder: 'Ulwandle' }
});
const accepted = (hour: number, facts = {}): Handled => ({
	kind: 'referral_accepted',
	at: at(hour),
	stateTo: null,
	facts: { holder: 'Ulwandle', ...facts }
});
const hoursOf = (events: Handled[], now: number) =>
	timeByHolder(custody(events), at(now)).map(({ departmentId, name, time, holdsNow }) => [
		departmentId ?? name,
		time / 3_600_000,
		holdsNow
	]);

test('V8: the old holder’s time stops when the next accepts, not when it sends', () => {
	expect(hoursOf([opened, sent(2), accepted(5)], 9)).toEqual([
		['water', 5, false],
		['Ulwandle', 4, true]
	]);
	expect(hoursOf([opened, sent(2)], 9)).toEqual([['water', 9, true]]);
});

test('given back, it counts for the sender again, beside its earlier time', () => {
	const back: Handled = {
		kind: 'referral_returned',
		at: at(8),
		stateTo: 'acknowledged',
		facts: { holder: 'Ulwandle' }
	};
	expect(hoursOf([opened, sent(2), accepted(5), back], 9)).toEqual([
		['water', 6, true],
		['Ulwandle', 3, false]
	]);
});

test('an own department has it from when it accepts, and nobody while it is said to be fixed', () => {
	const events: Handled[] = [
		opened,
		sent(1),
		{ ...accepted(3, { departmentId: 'roads' }), stateTo: 'acknowledged' },
		{ kind: 'claim', at: at(6), stateTo: 'resolved_claimed', facts: { departmentId: 'roads' } },
		{ kind: 'contradict', at: at(8), stateTo: 'open', facts: {} }
	];
	expect(hoursOf(events, 9)).toEqual([
		['water', 3, false],
		['roads', 4, true]
	]);
});

test('sent on without asking, it counts for the new department at once', () => {
	const events: Handled[] = [
		opened,
		{ kind: 'reroute', at: at(4), stateTo: 'open', facts: { departmentId: 'roads' } }
	];
	expect(hoursOf(events, 9)).toEqual([
		['water', 4, false],
		['roads', 5, true]
	]);
});

test('whatever happens, every hour it is open is somebody’s, and nobody’s twice', () => {
	const step = fc.constantFrom<Handled>(
		sent(0),
		accepted(0),
		{ kind: 'referral_returned', at: at(0), stateTo: 'acknowledged', facts: {} },
		{ kind: 'reroute', at: at(0), stateTo: 'open', facts: { departmentId: 'roads' } },
		{ kind: 'reply', at: at(0), stateTo: null, facts: water }
	);
	fc.assert(
		fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
			const events = [opened, ...steps.map((each, n) => ({ ...each, at: at(n + 1) }))];
			const held = custody(events);
			for (const [n, { to }] of held.entries()) expect(to).toEqual(held[n + 1]?.from ?? null);
			const total = timeByHolder(held, at(30)).reduce((sum, { time }) => sum + time, 0);
			expect(total).toBe(30 * 3_600_000);
		})
	);
});
