import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { roundTheClock, type Calendar } from './calendar.ts';
import { readCalendar } from './calendar-file.ts';
import { dueAfter, dueBefore, nextOpen, workingTime } from './working-time.ts';
import type { Stretch } from './stretches.ts';

const week = (...hours: Array<[string, string]>) =>
	Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, hours]));
const zone = 'Africa/Johannesburg';
const nineToFive = readCalendar({ timezone: zone, week: week(['09:00', '17:00']) });
const eightToSix = readCalendar({ timezone: zone, week: week(['08:00', '18:00']) });
const lunch = readCalendar({
	timezone: zone,
	week: week(['08:00', '13:00'], ['14:00', '16:30']),
	publicHolidays: true
});

/** An instant on the wall of Khanyisa. */
const at = (text: string) => Date.parse(`${text}:00+02:00`);
const on = (instant: number | null) =>
	instant === null ? null : new Date(instant + 7_200_000).toISOString().slice(0, 16);
const hours = (n: number) => n * 3_600_000;
const minute = 60_000;

// November 2026: the 20th is a Friday.
test.each([
	['V1 over the weekend', nineToFive, '2026-11-20T16:30', 1, '2026-11-23T09:30'],
	['V1 within the day', nineToFive, '2026-11-18T10:00', 2, '2026-11-18T12:00'],
	['V1 before opening', nineToFive, '2026-11-18T07:00', 2, '2026-11-18T11:00'],
	['V2 over the night', eightToSix, '2026-11-23T17:00', 4, '2026-11-24T11:00'],
	['V2 its warning, an hour before', eightToSix, '2026-11-23T17:00', 3, '2026-11-24T10:00'],
	['V6 over lunch', lunch, '2026-11-18T12:30', 1, '2026-11-18T14:30'],
	['V6 from lunch', lunch, '2026-11-18T13:20', 1, '2026-11-18T15:00'],
	['just until closing', nineToFive, '2026-11-20T16:00', 1, '2026-11-20T17:00'],
	['Heritage Day, a Thursday', lunch, '2026-09-23T15:30', 2, '2026-09-25T09:00'],
	['a Sunday holiday and the Monday it makes', lunch, '2026-08-07T15:30', 2, '2026-08-11T09:00'],
	['Easter', lunch, '2026-04-02T16:00', 1, '2026-04-07T08:30'],
	['day and night', roundTheClock(zone), '2026-12-24T23:00', 24, '2026-12-25T23:00'],
	['no time at all', nineToFive, '2026-11-21T03:00', 0, '2026-11-21T03:00']
])('%s', (_, calendar, from, working, due) => {
	expect(on(dueAfter(calendar, at(from), hours(working)))).toBe(due);
});

test('V4: what comes at midnight or on a Saturday is told when the office opens', () => {
	expect(on(nextOpen(nineToFive, at('2026-11-19T00:00')))).toBe('2026-11-19T09:00');
	expect(on(nextOpen(nineToFive, at('2026-11-21T11:00')))).toBe('2026-11-23T09:00');
	expect(on(nextOpen(lunch, at('2026-11-19T13:00')))).toBe('2026-11-19T14:00');
	expect(on(nextOpen(nineToFive, at('2026-11-19T10:15')))).toBe('2026-11-19T10:15');
});

test.each([
	['two days before, over the weekend', nineToFive, '2026-11-24T10:00', 16, '2026-11-20T10:00'],
	['within the day', nineToFive, '2026-11-18T12:00', 2, '2026-11-18T10:00'],
	['from a night', nineToFive, '2026-11-18T22:00', 2, '2026-11-18T15:00'],
	['over lunch', lunch, '2026-11-18T14:30', 1, '2026-11-18T12:30'],
	['over Heritage Day', lunch, '2026-09-25T09:00', 2, '2026-09-23T15:30'],
	['day and night', roundTheClock(zone), '2026-12-25T23:00', 24, '2026-12-24T23:00'],
	['no time at all', nineToFive, '2026-11-21T03:00', 0, '2026-11-21T03:00']
])('worked backwards: %s', (_, calendar, to, working, from) => {
	expect(on(dueBefore(calendar, at(to), hours(working)))).toBe(from);
});

test('worked backwards, exactly so much work is left until the promise', () => {
	fc.assert(
		fc.property(
			fc.constantFrom(nineToFive, eightToSix, lunch),
			fc.integer({ min: 0, max: 400 * 1440 }),
			fc.integer({ min: 1, max: 200 * 60 }),
			(calendar, minutes, wanted) => {
				const to = at('2026-01-01T00:00') + minutes * minute;
				const from = dueBefore(calendar, to, wanted * minute)!;
				expect(workingTime(calendar, from, to)).toBe(wanted * minute);
				// Later would be too late: that minute is work.
				expect(workingTime(calendar, from, from + minute)).toBe(minute);
			}
		)
	);
});

describe('pauses', () => {
	const pause = (from: string, to: string): Stretch => [at(from), at(to)];
	test.each([
		['within the hours', [pause('2026-11-18T10:30', '2026-11-18T11:30')], '2026-11-18T13:00'],
		[
			'twice over the same time',
			[
				pause('2026-11-18T10:30', '2026-11-18T11:15'),
				pause('2026-11-18T11:00', '2026-11-18T11:30')
			],
			'2026-11-18T13:00'
		],
		['outside the hours', [pause('2026-11-17T20:00', '2026-11-18T08:00')], '2026-11-18T12:00'],
		['after it was due', [pause('2026-11-18T12:00', '2026-11-19T12:00')], '2026-11-18T12:00'],
		['over the night', [pause('2026-11-18T11:00', '2026-11-19T10:00')], '2026-11-19T11:00']
	])('%s', (_, pauses, due) => {
		expect(on(dueAfter(nineToFive, at('2026-11-18T10:00'), hours(2), pauses))).toBe(due);
	});

	test('without an end nobody knows; what was due before stays due', () => {
		const standing: Stretch[] = [[at('2026-11-18T11:00'), Infinity]];
		expect(dueAfter(nineToFive, at('2026-11-18T10:00'), hours(2), standing)).toBeNull();
		expect(on(dueAfter(nineToFive, at('2026-11-18T10:00'), hours(1), standing))).toBe(
			'2026-11-18T11:00'
		);
	});
});

test('where the clocks change, a working day is as long as its day was', () => {
	const berlin = readCalendar({
		timezone: 'Europe/Berlin',
		week: { sat: [['00:00', '24:00']], sun: [['00:00', '24:00']] }
	});
	const spring = Date.parse('2026-03-29T00:00:00+01:00');
	expect(workingTime(berlin, spring, spring + hours(30))).toBe(hours(23));
	expect(new Date(dueAfter(berlin, spring, hours(10))!).toISOString()).toBe(
		'2026-03-29T09:00:00.000Z'
	);
	const autumn = Date.parse('2026-10-25T00:00:00+02:00');
	expect(workingTime(berlin, autumn, autumn + hours(30))).toBe(hours(25));
});

describe('against a count minute by minute', () => {
	const time = fc.integer({ min: 0, max: 96 }).map((quarter) => quarter * 15);
	const someHours = fc
		.uniqueArray(time, { minLength: 0, maxLength: 4 })
		.map((times) => times.sort((a, b) => a - b))
		.map((times) => times.slice(0, times.length & ~1))
		.map((times) =>
			times.flatMap((from, i) => (i % 2 ? [] : [[from, times[i + 1]] as [number, number]]))
		);
	const someDay = fc
		.integer({ min: 0, max: 13 })
		.map((day) => `2026-09-${String(day + 18).padStart(2, '0')}`);
	const calendars: fc.Arbitrary<Calendar> = fc
		.record({
			week: fc.array(someHours, { minLength: 7, maxLength: 7 }),
			off: fc.uniqueArray(someDay, { maxLength: 3 }),
			publicHolidays: fc.boolean()
		})
		.filter(({ week }) => week.some((day) => day.length > 0))
		.map(({ week, off, publicHolidays }) => ({
			timezone: zone,
			week,
			daysOff: new Map(off.map((day) => [day, ''])),
			publicHolidays
		}));
	const start = at('2026-09-18T00:00');
	const within = fc.integer({ min: 0, max: 8 * 1440 }).map((n) => start + n * minute);
	const pauses = fc.array(
		fc
			.tuple(within, fc.integer({ min: 0, max: 2000 }))
			.map(([from, long]): Stretch => [from, from + long * minute]),
		{ maxLength: 3 }
	);

	/** Whether a minute counts, asked of the calendar's plain words alone. */
	const counts = (calendar: Calendar, at: number, stops: readonly Stretch[]) => {
		const local = new Date(at + 7_200_000);
		const [iso, time] = [
			local.toISOString().slice(0, 10),
			local.getUTCHours() * 60 + local.getUTCMinutes()
		];
		if (calendar.daysOff.has(iso) || (calendar.publicHolidays && iso === '2026-09-24'))
			return false;
		if (stops.some(([from, to]) => from <= at && at < to)) return false;
		return calendar.week[local.getUTCDay()].some(([from, to]) => from <= time && time < to);
	};
	const walked = (calendar: Calendar, from: number, to: number, stops: readonly Stretch[]) => {
		let n = 0;
		for (let at = from; at < to; at += minute) if (counts(calendar, at, stops)) n++;
		return n * minute;
	};

	test('the time between two instants', () => {
		fc.assert(
			fc.property(calendars, within, within, pauses, (calendar, a, b, stops) => {
				const [from, to] = [Math.min(a, b), Math.max(a, b)];
				expect(workingTime(calendar, from, to, stops)).toBe(walked(calendar, from, to, stops));
			}),
			{ numRuns: 60 }
		);
	});

	test('when it is due: no minute earlier, no minute later', () => {
		fc.assert(
			fc.property(
				calendars,
				within,
				fc.integer({ min: 1, max: 900 }),
				pauses,
				(calendar, from, working, stops) => {
					const due = dueAfter(calendar, from, working * minute, stops)!;
					fc.pre(due - from < 30 * 86_400_000);
					expect(walked(calendar, from, due, stops)).toBe(working * minute);
					expect(counts(calendar, due - minute, stops)).toBe(true);
				}
			),
			{ numRuns: 60 }
		);
	});

	test('a pause never shortens the promise', () => {
		fc.assert(
			fc.property(
				calendars,
				within,
				fc.integer({ min: 1, max: 3000 }),
				pauses,
				pauses,
				(calendar, from, working, some, more) => {
					const without = dueAfter(calendar, from, working * minute, some)!;
					const paused = dueAfter(calendar, from, working * minute, [...some, ...more])!;
					expect(paused).toBeGreaterThanOrEqual(without);
				}
			),
			{ numRuns: 200 }
		);
	});
});
