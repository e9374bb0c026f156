import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCalendar } from './calendar-file.ts';
import { faceOf, marksAfter, momentOf, verdictOf, type Beat, type Targets } from './clock.ts';
import { dueWithReason } from './reason.ts';
import { dueWords } from './wording.ts';

const zone = 'Africa/Johannesburg';
const office = readCalendar({
	timezone: zone,
	week: Object.fromEntries(
		['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [
			day,
			[
				['08:00', '13:00'],
				['14:00', '16:30']
			]
		])
	),
	publicHolidays: true
});
const at = (text: string) => new Date(`${text}:00+02:00`);
const hours = (n: number, working = true) => ({ minutes: n * 60, working });
const targets: Targets = { acknowledge: hours(4), reply: hours(8), resolve: hours(16) };

const opened: Beat = { at: at('2026-11-16T09:00'), then: 'runs' };
const beat = (when: string, then: Beat['then'], more: Partial<Beat> = {}): Beat => ({
	at: at(when),
	then,
	...more
});
const faceAfter = (...beats: Beat[]) => faceOf(marksAfter([opened, ...beats])!, targets, office);

test('a report of Monday 09:00 is due in the order of its promises', () => {
	const face = faceAfter();
	expect(face.acknowledge?.due).toEqual(at('2026-11-16T13:00'));
	expect(face.reply?.due).toEqual(at('2026-11-17T09:30'));
	expect(face.resolve?.due).toEqual(at('2026-11-18T10:00'));
	expect(face.next).toEqual({ target: 'acknowledge', due: at('2026-11-16T13:00') });
});

test('a kept promise makes place for the next', () => {
	const face = faceAfter(beat('2026-11-16T10:00', 'runs', { acknowledged: true }));
	expect(face.next?.target).toBe('reply');
	expect(verdictOf(face.acknowledge!, at('2026-11-20T09:00'))).toBe('kept');
	expect(verdictOf(face.reply!, at('2026-11-20T09:00'))).toBe('late');
});

test('V3: a pause stays when the priority and with it the promise changes', () => {
	const marks = marksAfter([
		opened,
		beat('2026-11-16T10:00', 'stands', { why: 'parts', acknowledged: true }),
		beat('2026-11-16T12:00', 'runs')
	])!;
	const urgent: Targets = { acknowledge: null, reply: null, resolve: hours(4) };
	expect(faceOf(marks, targets, office).resolve?.due).toEqual(at('2026-11-18T12:00'));
	const after = faceOf(marks, urgent, office).resolve!;
	expect(after.due).toEqual(at('2026-11-16T16:00'));
	expect(after.reason.paused).toBe(120);
});

test('while it stands still nobody knows when it is due, unless it was late before', () => {
	const standing = faceAfter(
		beat('2026-11-16T10:00', 'stands', { why: 'parts', acknowledged: true })
	);
	expect(standing.resolve?.due).toBeNull();
	expect(standing.next).toBeNull();
	expect(verdictOf(standing.resolve!, at('2026-12-20T09:00'))).toBe('paused');

	const late = faceAfter(beat('2026-11-19T10:00', 'stands', { acknowledged: true, replied: true }));
	expect(late.resolve?.due).toEqual(at('2026-11-18T10:00'));
	expect(verdictOf(late.resolve!, at('2026-11-19T11:00'))).toBe('late');
});

test('V5: after it was resolved, “thanks” moves nothing', () => {
	const ended = [opened, beat('2026-11-17T10:00', 'ends', { acknowledged: true, replied: true })];
	const before = marksAfter(ended)!;
	const after = marksAfter([beat('2026-11-19T10:00', 'ends', { replied: true })], before)!;
	expect(after).toEqual(before);
	expect(faceOf(after, targets, office).next).toBeNull();
	expect(verdictOf(faceOf(after, targets, office).resolve!, at('2027-01-01T00:00'))).toBe('kept');
});

describe('V7: opened again', () => {
	test('what was left of its time runs on', () => {
		const face = faceAfter(
			beat('2026-11-17T10:00', 'ends', { acknowledged: true, replied: true }),
			beat('2026-11-23T09:00', 'runs')
		);
		// 8 h 30 of its 16 h were used on Monday and Tuesday: 7 h 30 are left.
		expect(face.resolve?.due).toEqual(at('2026-11-24T09:00'));
		expect(face.next?.target).toBe('resolve');
	});

	test('nothing left: late at once', () => {
		const face = faceAfter(
			beat('2026-11-20T10:00', 'ends', { acknowledged: true, replied: true }),
			beat('2026-11-23T09:00', 'runs')
		);
		expect(face.resolve?.due).toEqual(at('2026-11-18T10:00'));
		expect(verdictOf(face.resolve!, at('2026-11-23T09:00'))).toBe('late');
	});
});

test('a warning comes when most of the time is used, in working time', () => {
	const marks = marksAfter([opened])!;
	expect(momentOf(marks, hours(16), office, 75)).toEqual(at('2026-11-17T14:30'));
});

test('day and night: an emergency knows no closing time', () => {
	const face = faceOf(
		marksAfter([beat('2026-11-20T23:00', 'runs')])!,
		{ acknowledge: null, reply: null, resolve: hours(4, false) },
		office
	);
	expect(face.resolve?.due).toEqual(at('2026-11-21T03:00'));
});

test('every due time says why', () => {
	const { due, reason } = dueWithReason(office, at('2026-09-18T15:30'), 30 * 60, [
		[at('2026-09-22T08:00').getTime(), at('2026-09-22T10:00').getTime()]
	]);
	expect(dueWords(due!, reason, at('2026-09-18T15:30'), zone)).toBe(
		'Due Mon 28 Sep, 09:00: 30 h of working time from Fri 18 Sep, 15:30; skips Sat, Sun, Heritage Day; stood still for 2 h.'
	);
});

test('replayed in whatever batches, the same events give the same clock', () => {
	const beats = fc
		.array(
			fc.record({
				after: fc.integer({ min: 0, max: 5000 }),
				then: fc.constantFrom<Beat['then']>('runs', 'stands', 'ends'),
				acknowledged: fc.boolean(),
				replied: fc.boolean()
			}),
			{ minLength: 1, maxLength: 12 }
		)
		.map((steps) => {
			let now = at('2026-11-16T09:00').getTime();
			return steps.map(({ after, ...rest }): Beat => {
				now += after * 60_000;
				return { at: new Date(now), ...rest };
			});
		});
	fc.assert(
		fc.property(beats, fc.array(fc.nat(12), { maxLength: 5 }), (all, cuts) => {
			const whole = marksAfter(all)!;
			const edges = [0, ...cuts.map((cut) => cut % all.length).sort((a, b) => a - b), all.length];
			const parts = edges
				.slice(1)
				.reduce<typeof whole | undefined>(
					(marks, to, i) => marksAfter(all.slice(edges[i], to), marks),
					undefined
				);
			expect(parts).toEqual(whole);
			expect(faceOf(parts!, targets, office)).toEqual(faceOf(whole, targets, office));
		}),
		{ numRuns: 200 }
	);
});
