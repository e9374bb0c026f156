import { expect, test } from 'vitest';
import { readCalendar } from './calendar-file.ts';
import { marksAfter } from './clock.ts';
import { climbsAhead, ladderFor, type Rung } from './ladder.ts';

const office = readCalendar({
	timezone: 'Africa/Johannesburg',
	week: Object.fromEntries(
		['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['08:00', '16:00']]])
	)
});
const at = (text: string) => new Date(`${text}:00+02:00`);
const rung = (id: string, percent: number, more: Partial<Rung> = {}): Rung => ({
	id,
	serviceId: null,
	percent,
	level: 'supervisor',
	copyCouncillor: false,
	since: '2026-01-01T00:00:00Z',
	...more
});
const ladder = [rung('first', 100), rung('second', 150)];
const marks = marksAfter([{ at: at('2026-11-16T09:00'), then: 'runs' }])!;
const day = { minutes: 480, working: true };
const times = (climbs: ReturnType<typeof climbsAhead>) => climbs.map(({ at }) => at);
const calm = { climbed: new Set<string>(), urgent: false };

test('each rung has its moment in working time, the lowest first', () => {
	expect(times(climbsAhead(marks, day, office, ladder, calm))).toEqual([
		at('2026-11-17T09:00'),
		at('2026-11-17T13:00')
	]);
});

test('what falls due at night or on a Saturday waits until people work, unless it is urgent', () => {
	const friday = marksAfter([{ at: at('2026-11-20T20:00'), then: 'runs' }])!;
	const four = { minutes: 240, working: false };
	expect(times(climbsAhead(friday, four, office, [ladder[0]], calm))).toEqual([
		at('2026-11-23T08:00')
	]);
	expect(times(climbsAhead(friday, four, office, [ladder[0]], { ...calm, urgent: true }))).toEqual([
		at('2026-11-21T00:00')
	]);
});

test('a rung that was climbed, one that is newer than the moment, and one of what has ended do not come', () => {
	expect(
		climbsAhead(marks, day, office, ladder, { ...calm, climbed: new Set(['first', 'second']) })
	).toEqual([]);
	const newer = [rung('first', 100, { since: '2026-11-18T00:00:00Z' })];
	expect(climbsAhead(marks, day, office, newer, calm)).toEqual([]);
	const ended = marksAfter([{ at: at('2026-11-16T10:00'), then: 'ends' }], marks)!;
	expect(climbsAhead(ended, day, office, ladder, calm)).toEqual([]);
	const standing = marksAfter([{ at: at('2026-11-16T10:00'), then: 'stands' }], marks)!;
	expect(climbsAhead(standing, day, office, ladder, calm)).toEqual([]);
});

test('a service has its own ladder, or that of all', () => {
	const own = rung('own', 50, { serviceId: 'water' });
	expect(ladderFor([...ladder, own], 'water')).toEqual([own]);
	expect(ladderFor([ladder[1], ladder[0], own], 'roads')).toEqual(ladder);
});
