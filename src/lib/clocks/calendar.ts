import { localTime } from '../platform/local-time.ts';
import { publicHolidays, type HolidayName } from './public-holidays.ts';
import type { Stretch } from './stretches.ts';

export const weekdayKeys = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type WeekdayKey = (typeof weekdayKeys)[number];

/** Minutes after midnight on the wall: 480 to 780 is 08:00 to 13:00, and 1440 ends a day. */
export type Hours = readonly [from: number, to: number];

/** When work is done. Local days and hours: the zone says what instants they are. */
export interface Calendar {
	timezone: string;
	/** Sunday first; several hours a day, in order, none overlapping. */
	week: readonly (readonly Hours[])[];
	/** Days without work (`2026-09-24`) and what they are called; a name may be empty. */
	daysOff: ReadonlyMap<string, string>;
	/** Whether the public holidays of South Africa are days without work too. */
	publicHolidays: boolean;
}

/** Day and night, every day. */
export const roundTheClock = (timezone: string): Calendar => ({
	timezone,
	week: weekdayKeys.map(() => [[0, 1440]]),
	daysOff: new Map(),
	publicHolidays: false
});

export type DayOff = { name: string } | { holiday: HolidayName };

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** A local day as a number, days since 1970. */
export const dayNumberAt = (at: number, timezone: string) =>
	Math.floor((at + ahead(at, timezone)) / dayMs);

export const isoOfDay = (day: number) => new Date(day * dayMs).toISOString().slice(0, 10);

/** 0 is Sunday; 1 January 1970 was a Thursday. */
export const weekdayOf = (day: number) => (((day + 4) % 7) + 7) % 7;

function whyOff(calendar: Calendar, day: number): DayOff | undefined {
	const iso = isoOfDay(day);
	const name = calendar.daysOff.get(iso);
	const holiday = publicHolidays(Number(iso.slice(0, 4))).get(iso);
	if (name) return { name };
	if (holiday && (calendar.publicHolidays || name !== undefined)) return { holiday };
	return name === undefined ? undefined : { name: '' };
}

/** Clocks change on a quarter of an hour: within one a zone is as far ahead as at its beginning. */
const quarter = 900_000;
/** Some years of quarters for a zone or two; then it begins anew. */
const mostKnown = 300_000;
let known = 0;
const aheadByZone = new Map<string, Map<number, number>>();

/** How far the wall clock of a zone is ahead of UTC at an instant, in milliseconds. */
function ahead(at: number, timezone: string): number {
	const begins = Math.floor(at / quarter);
	const found = aheadByZone.get(timezone)?.get(begins);
	if (found !== undefined) return found;

	const { year, month, day, hour, minute } = localTime(new Date(begins * quarter), timezone);
	const far = Date.UTC(year, month - 1, day, hour, minute) - begins * quarter;
	if (++known > mostKnown) {
		aheadByZone.clear();
		known = 1;
	}
	if (!aheadByZone.has(timezone)) aheadByZone.set(timezone, new Map());
	aheadByZone.get(timezone)!.set(begins, far);
	return far;
}

/** The instant of a time on the wall. Looked up twice, because the zone may change its clocks in between. */
function instantOf(day: number, minute: number, timezone: string): number {
	const wall = day * dayMs + minute * minuteMs;
	return wall - ahead(wall - ahead(wall, timezone), timezone);
}

interface Day {
	open: Stretch[];
	off: DayOff | undefined;
}

/** Days are looked up again and again: a calendar never changes, a changed one is another. */
const lookedUp = new WeakMap<Calendar, Map<number, Day>>();

function dayOf(calendar: Calendar, day: number): Day {
	let days = lookedUp.get(calendar);
	if (!days) lookedUp.set(calendar, (days = new Map()));
	let found = days.get(day);
	if (!found) {
		const off = whyOff(calendar, day);
		const open = (off ? [] : calendar.week[weekdayOf(day)])
			.map(([from, to]): Stretch => [
				instantOf(day, from, calendar.timezone),
				instantOf(day, to, calendar.timezone)
			])
			.filter(([from, to]) => from < to);
		days.set(day, (found = { open, off }));
	}
	return found;
}

/** The working hours of one local day as instants, in order. */
export const openOn = (calendar: Calendar, day: number): Stretch[] => dayOf(calendar, day).open;

/** Why a local day has no work although its weekday has, or undefined. */
export const dayOff = (calendar: Calendar, day: number): DayOff | undefined =>
	dayOf(calendar, day).off;
