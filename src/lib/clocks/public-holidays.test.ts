import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sharedData } from '../../../tests/support/shared-data.ts';
import { easter, publicHolidays } from './public-holidays.ts';

const days = (year: number) => [...publicHolidays(year).keys()].sort();

test('2026: the twelve of the Act, and the Monday after Women’s Day', () => {
	expect(days(2026)).toEqual([
		'2026-01-01',
		'2026-03-21',
		'2026-04-03',
		'2026-04-06',
		'2026-04-27',
		'2026-05-01',
		'2026-06-16',
		'2026-08-09',
		'2026-08-10',
		'2026-09-24',
		'2026-12-16',
		'2026-12-25',
		'2026-12-26'
	]);
});

test('a Sunday makes the Monday free, a Saturday nothing', () => {
	expect(publicHolidays(2027).get('2027-03-22')).toBe('substitute');
	expect(publicHolidays(2027).get('2027-12-27')).toBe('substitute');
	// 26 December 2026 is a Saturday.
	expect(publicHolidays(2026).has('2026-12-28')).toBe(false);
	// Christmas 2022 was a Sunday, and its Monday was the Day of Goodwill already.
	expect(publicHolidays(2022).get('2022-12-26')).toBe('goodwill');
});

test.each([
	[2019, '04-21'],
	[2024, '03-31'],
	[2025, '04-20'],
	[2026, '04-05'],
	[2038, '04-25']
])('Easter %s', (year, day) => {
	expect(new Date(easter(year)).toISOString().slice(5, 10)).toBe(day);
});

/** Proclaimed once, by the President: no rule knows them. */
const proclaimed = ['2023-12-15', '2024-05-29'];

const reference = sharedData('reference/za-public-holidays-2016-2032.json');

test.skipIf(!reference)(
	'agrees with the days collected for 2016 to 2032, but for proclaimed ones',
	() => {
		const collected: Array<{ date: string; source: string }> = JSON.parse(
			readFileSync(reference!, 'utf8')
		);
		const ruled = collected.filter(
			({ source, date }) => source.startsWith('date-holidays') && !proclaimed.includes(date)
		);
		for (let year = 2016; year <= 2032; year++)
			expect(days(year)).toEqual(
				[...new Set(ruled.map(({ date }) => date))]
					.filter((date) => date.startsWith(`${year}-`))
					.sort()
			);
	}
);
