import { expect, test } from 'vitest';
import {
	factsObstacle,
	forecastState,
	isOffAt,
	outageObstacle,
	outageStates,
	possibleOutageDeeds,
	readOutageNumber,
	type OutageDeed,
	type OutageSent,
	type OutageState
} from './rules.ts';

const now = new Date('2026-11-23T08:00:00Z');
const at = (hour: number) => new Date(now.getTime() + hour * 3_600_000);
const times = { startsAt: at(-1), forecastEnd: at(6) };
const why = 'The part comes from Durban.';

// prettier-ignore
test.each<[OutageState, string]>([
	['draft', 'edit publish discard'],
	['open', 'assign crew forecast resolve close'],
	['assigned', 'crew forecast resolve close'],
	['crew', 'assign forecast resolve close'],
	['resolved', 'again close'],
	['closed', '']
])('what is %s allows: %s', (state, deeds) => {
	expect(possibleOutageDeeds(state).join(' ')).toBe(deeds);
});

// prettier-ignore
test.each<[OutageDeed, OutageState, OutageSent, string | null]>([
	['publish',  'open',     {}, 'not_from_here'],
	['publish',  'draft',    {}, null],
	['edit',     'open',     {}, 'not_from_here'],
	['crew',     'open',     {}, null],
	['resolve',  'assigned', {}, null],
	['forecast', 'open',     { forecast: at(8) }, 'needs_a_reason'],
	['forecast', 'open',     { forecast: at(8), why: 'x'.repeat(501) }, 'needs_a_reason'],
	['forecast', 'open',     { forecast: at(8), why }, null],
	['forecast', 'open',     { forecast: null, why }, null],
	['forecast', 'open',     { forecast: at(6), why }, 'same_forecast'],
	['forecast', 'open',     { forecast: at(-0.5), why }, 'forecast_passed'],
	['forecast', 'open',     { forecast: at(-2), why }, 'end_before_start'],
	['forecast', 'open',     { forecast: at(24 * 400), why }, 'forecast_too_far'],
	['forecast', 'resolved', { forecast: at(8), why }, 'not_from_here'],
	['again',    'resolved', { why: '' }, 'needs_a_reason'],
	['again',    'resolved', { forecast: at(6), why }, null],
	['close',    'resolved', {}, null],
	['close',    'open',     {}, 'needs_a_reason'],
	['close',    'open',     { why }, null]
])('to %s what is %s with %o: %s', (deed, state, sent, obstacle) => {
	expect(outageObstacle(deed, { ...times, state }, sent, now)).toBe(obstacle);
});

test('what has not begun cannot be back, and nobody is on site; it can be called off', () => {
	const planned = { startsAt: at(24), forecastEnd: at(30), state: 'open' as const };
	expect(outageObstacle('resolve', planned, {}, now)).toBe('not_begun');
	expect(outageObstacle('crew', planned, {}, now)).toBe('not_begun');
	expect(outageObstacle('assign', planned, {}, now)).toBeNull();
	expect(outageObstacle('close', planned, { why }, now)).toBeNull();
});

test('a draft that waited beyond its own forecast is not published', () => {
	const late = { startsAt: at(-6), forecastEnd: at(-1), state: 'draft' as const };
	expect(outageObstacle('publish', late, {}, now)).toBe('forecast_passed');
});

const facts = { areaDesc: 'Lower Thembeni', words: '', planned: false, ...times };

// prettier-ignore
test.each<[Partial<Parameters<typeof factsObstacle>[0]>, string | null]>([
	[{}, null],
	[{ forecastEnd: null }, null],
	[{ areaDesc: 'ab' }, 'needs_a_place'],
	[{ areaDesc: 'x'.repeat(121) }, 'needs_a_place'],
	[{ words: 'x'.repeat(1001) }, 'words_too_long'],
	[{ startsAt: null }, 'needs_a_start'],
	[{ startsAt: at(1) }, 'unplanned_later'],
	[{ startsAt: at(1), planned: true }, null],
	[{ startsAt: at(-24 * 40) }, 'start_too_far'],
	[{ startsAt: at(24 * 400), planned: true, forecastEnd: null }, 'start_too_far'],
	[{ startsAt: at(7), planned: true }, 'end_before_start'],
	[{ forecastEnd: at(-0.5) }, 'forecast_passed'],
	[{ forecastEnd: new Date(NaN) }, 'not_a_time']
])('a draft with %o: %s', (more, obstacle) => {
	expect(factsObstacle({ ...facts, ...more }, now)).toBe(obstacle);
});

test('only what has begun and is not back is off', () => {
	const off = outageStates.filter((state) => isOffAt({ state, startsAt: at(-1) }, now));
	expect(off).toEqual(['open', 'assigned', 'crew']);
	expect(isOffAt({ state: 'open', startsAt: at(1) }, now)).toBe(false);
});

test('a forecast is known, not known, or has passed', () => {
	expect([at(1), null, at(-1), now].map((each) => forecastState(each, now))).toEqual([
		'known',
		'unknown',
		'passed',
		'passed'
	]);
});

test('numbers are read as people type them', () => {
	expect(['O-12', 'o12', ' 12 ', 'P-12', '0', '12345678', ''].map(readOutageNumber)).toEqual([
		12,
		12,
		12,
		null,
		null,
		null,
		null
	]);
});
