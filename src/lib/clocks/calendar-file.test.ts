import { expect, test } from 'vitest';
import { readCalendar, weekFile } from './calendar-file.ts';
import { readInstant, readMinutes, readPause } from './what-if.ts';

const timezone = 'Africa/Johannesburg';
const week = { mon: [['08:00', '16:30']] };

test.each([
	['nothing', null, 'calendar'],
	['no zone', { week }, 'timezone'],
	['a zone that is none', { timezone: 'Khanyisa/Centre', week }, 'timezone: there is no time zone'],
	['no week', { timezone }, 'week'],
	['no working time', { timezone, week: {} }, 'week: has no working time'],
	['only empty days', { timezone, week: { mon: [], tue: [] } }, 'week: has no working time'],
	['a day that is none', { timezone, week: { ...week, monday: [] } }, 'week.monday: is no day'],
	[
		'overlapping hours',
		{
			timezone,
			week: {
				mon: [
					['12:00', '16:00'],
					['08:00', '13:00']
				]
			}
		},
		'week.mon: 08:00–13:00 and 12:00–16:00 overlap'
	],
	[
		'hours that end before they begin',
		{ timezone, week: { mon: [['16:00', '08:00']] } },
		'week.mon[0]: must end after it begins'
	],
	[
		'hours of no length',
		{ timezone, week: { mon: [['08:00', '08:00']] } },
		'week.mon[0]: must end after it begins'
	],
	[
		'a time that is none',
		{ timezone, week: { mon: [['08:00', '25:00']] } },
		'week.mon[0]: “25:00” is no time of day'
	],
	[
		'a time after the end of the day',
		{ timezone, week: { mon: [['08:00', '24:01']] } },
		'week.mon[0]: “24:01”'
	],
	[
		'one time',
		{ timezone, week: { mon: [['08:00']] } },
		'week.mon[0]: must be a beginning and an end'
	],
	['hours that are words', { timezone, week: { mon: 'morning' } }, 'week.mon: must be a list'],
	[
		'a holiday that is no day',
		{ timezone, week, holidays: ['2026-02-29'] },
		'holidays[0]: “2026-02-29” is no day'
	],
	[
		'holidays that are no list',
		{ timezone, week, holidays: '2026-09-24' },
		'holidays: must be a list'
	],
	['a field nobody knows', { timezone, week, holiday: [] }, 'holiday: is not known here'],
	[
		'public holidays in words',
		{ timezone, week, publicHolidays: 'yes' },
		'publicHolidays: must be true or false'
	]
])('%s is refused, naming the field', (_, file, reason) => {
	expect(() => readCalendar(file)).toThrow(reason);
});

test('hours may touch, stand in any order and end at midnight; a past holiday is only past', () => {
	const calendar = readCalendar({
		timezone,
		week: {
			sun: [
				['12:00', '24:00'],
				['00:00', '12:00']
			]
		},
		holidays: ['1999-01-01', { date: '2026-11-04', name: 'Election day' }]
	});
	expect(weekFile(calendar.week).sun).toEqual([
		['00:00', '12:00'],
		['12:00', '24:00']
	]);
	expect(calendar.daysOff.get('2026-11-04')).toBe('Election day');
});

test('instants carry an offset, or stand on the calendar’s clock', () => {
	const three = new Date('2026-09-23T13:00:00Z');
	for (const text of [
		'2026-09-23T15:00+02:00',
		'2026-09-23T15:00',
		'2026-09-23T13:00:00Z',
		'2026-09-23T15:00:00'
	])
		expect(readInstant('from', text, timezone)).toEqual(three);
	for (const text of [
		'',
		'tomorrow',
		'2026-09-31T10:00',
		'2026-09-23',
		'2026-09-23T25:00Z',
		'2026-09-23T10:00+2'
	])
		expect(() => readInstant('from', text, timezone)).toThrow(/^from: /);
});

test('minutes are whole and few enough, pauses run forwards', () => {
	expect(readMinutes('working', '480')).toBe(480);
	for (const text of ['', '-5', '1.5', '1e3', '9999999', 'many'])
		expect(() => readMinutes('working', text)).toThrow(/^working: /);
	expect(readPause('pause', '2026-09-23T10:00/2026-09-23T11:00', timezone)).toEqual([
		Date.parse('2026-09-23T08:00Z'),
		Date.parse('2026-09-23T09:00Z')
	]);
	for (const text of [
		'',
		'2026-09-23T10:00',
		'2026-09-23T11:00/2026-09-23T10:00',
		'a/b',
		'2026-09-23T10:00/2026-09-23T11:00/2026-09-23T12:00'
	])
		expect(() => readPause('pause', text, timezone)).toThrow(/^pause: /);
});
