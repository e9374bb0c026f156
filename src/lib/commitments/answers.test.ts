import { describe, expect, test } from 'vitest';
import { days, later } from '../platform/time.ts';
import {
	answerRecord,
	askingNow,
	bandOf,
	type Heard,
	type Question,
	type Term
} from './answers.ts';

const start = new Date('2026-01-01T00:00:00Z');
const day = (n: number) => later(start, days(n));
const term = (from: number, to: number, active = true): Term => ({
	...{ from: day(from), to: day(to), active }
});
const asked = (heard: Heard | null, n: number, on = 1, contradicts = false): Question[] =>
	Array.from({ length: n }, () => ({ at: day(on), heard, contradicts }));

describe('what can be said of a councillor', () => {
	test.each([
		['nine questions, all answered', asked('answer', 9), 9, 9],
		['thirty questions, nine of them heard of', [...asked('answer', 9), ...asked(null, 21)], 30, 9],
		[
			'ten answers, one against the history',
			[...asked('answer', 9), ...asked('nothing', 1, 1, true)],
			10,
			9
		]
	])('too few: %s', (_, questions, delivered, answers) => {
		expect(answerRecord(questions, [term(0, 300)])).toMatchObject({
			...{ kind: 'toofew', delivered, answers }
		});
	});

	test('a share with its exact interval, of those who said something; a receipt is no answer', () => {
		const questions = [
			...asked('answer', 7),
			...asked('receipt', 2),
			...asked('nothing', 1),
			...asked(null, 5),
			...asked('nothing', 2, 1, true)
		];
		const record = answerRecord(questions, [term(0, 300)]);
		expect(record).toMatchObject({
			...{ kind: 'known', band: 'high', delivered: 17, answers: 10, aside: 2 },
			share: { k: 7, n: 10 }
		});
		// Clopper and Pearson for 7 of 10, from tables.
		if (record.kind !== 'known') throw new Error();
		expect(record.share.low).toBeCloseTo(0.3475, 4);
		expect(record.share.high).toBeCloseTo(0.9333, 4);
	});

	test('nothing ever came and nothing was ever done: the data are doubted, not the person', () => {
		const silent = asked('nothing', 12);
		expect(answerRecord(silent, [term(0, 300, false)])).toMatchObject({ kind: 'unknown' });
		expect(answerRecord(silent, [term(0, 300, true)])).toMatchObject({
			...{ kind: 'known', band: 'very_low' }
		});
	});

	test('a doubtful term of a tenth of the time still lets the rest be known', () => {
		const questions = [...asked('nothing', 2, 5), ...asked('answer', 10, 100)];
		expect(answerRecord(questions, [term(0, 30, false), term(30, 300)])).toMatchObject({
			...{ kind: 'known' }
		});
		expect(answerRecord(questions, [term(0, 31, false), term(31, 300)])).toMatchObject({
			...{ kind: 'unknown' }
		});
	});
});

test.each([
	[0, 'very_low'],
	[0.1999, 'very_low'],
	[0.2, 'low'],
	[0.4, 'medium'],
	[0.6, 'high'],
	[0.8, 'very_high'],
	[1, 'very_high']
])('%f is %s', (share, band) => {
	expect(bandOf(share)).toBe(band);
});

test.each([
	[13.9, null],
	[14, 0],
	[20.9, 0],
	[21, 1],
	[27.9, 1],
	[28, null]
])('a question of %f days', (age, asks) => {
	expect(askingNow(days(age))).toBe(asks);
});
