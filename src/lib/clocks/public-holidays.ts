/** The public holidays of South Africa (Public Holidays Act 36 of 1994, Schedule 1), by name. */
export const holidayNames = [
	'new_year',
	'human_rights',
	'good_friday',
	'family',
	'freedom',
	'workers',
	'youth',
	'women',
	'heritage',
	'reconciliation',
	'christmas',
	'goodwill',
	'substitute'
] as const;
export type HolidayName = (typeof holidayNames)[number];

const fixed: Array<[month: number, day: number, HolidayName]> = [
	[1, 1, 'new_year'],
	[3, 21, 'human_rights'],
	[4, 27, 'freedom'],
	[5, 1, 'workers'],
	[6, 16, 'youth'],
	[8, 9, 'women'],
	[9, 24, 'heritage'],
	[12, 16, 'reconciliation'],
	[12, 25, 'christmas'],
	[12, 26, 'goodwill']
];

const dayMs = 86_400_000;

/** Easter Sunday of a year after 1582, as midnight UTC (Meeus, Jones and Butcher). */
export function easter(year: number): number {
	const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
	const d =
		(19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
	const e = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - d - (c % 4)) % 7;
	const f = d + e - 7 * Math.floor((a + 11 * d + 22 * e) / 451) + 114;
	return Date.UTC(year, Math.floor(f / 31) - 1, (f % 31) + 1);
}

const isoOf = (midnight: number) => new Date(midnight).toISOString().slice(0, 10);

const years = new Map<number, ReadonlyMap<string, HolidayName>>();

/**
 * The public holidays of one year by day (`2026-08-10`). A holiday on a Sunday makes the Monday after
 * it one too (section 2(1)); a Saturday gives nothing. Proclaimed days (section 2A) are rows elsewhere.
 */
export function publicHolidays(year: number): ReadonlyMap<string, HolidayName> {
	const known = years.get(year);
	if (known) return known;

	const sunday = easter(year);
	const days: Array<[number, HolidayName]> = [
		...fixed.map(([month, day, name]): [number, HolidayName] => [
			Date.UTC(year, month - 1, day),
			name
		]),
		[sunday - 2 * dayMs, 'good_friday'],
		[sunday + dayMs, 'family']
	];
	const found = new Map<string, HolidayName>();
	for (const [at] of days)
		if (new Date(at).getUTCDay() === 0) found.set(isoOf(at + dayMs), 'substitute');
	// A Monday that is a holiday of its own keeps its own name.
	for (const [at, name] of days.sort((one, other) => one[0] - other[0])) found.set(isoOf(at), name);
	years.set(year, found);
	return found;
}
