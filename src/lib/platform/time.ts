import { calendars } from '../i18n/calendar.ts';
import { m, spokenNow } from '../i18n/index.ts';
import { isLanguage, type Language } from '../i18n/languages.ts';
import { clock, defaultTimeZone, isoDay, localTime } from './local-time.ts';

export { clock, defaultTimeZone, isoDay, localTime, type LocalTime } from './local-time.ts';

export const seconds = (n: number) => n * 1000;
export const minutes = (n: number) => n * 60_000;
export const hours = (n: number) => n * 3_600_000;
export const days = (n: number) => n * 86_400_000;
export const later = (from: Date, milliseconds: number) => new Date(from.getTime() + milliseconds);

/** `Tue 24 Nov` in the reader's language, with the year when it is not this one. */
export function day(
	at: Date,
	now = new Date(),
	timeZone = defaultTimeZone,
	language: Language = spokenNow()
): string {
	const t = localTime(at, timeZone);
	const year = t.year === localTime(now, timeZone).year ? '' : ` ${t.year}`;
	const { weekdays, months } = calendars[language];
	return `${weekdays[t.weekday]} ${t.day} ${months[t.month - 1]}${year}`;
}

/** The same in a language that may be any code; without a calendar of ours it is English. */
export const dayIn = (language: string, at: Date, now: Date, timeZone?: string) =>
	day(at, now, timeZone, isLanguage(language) ? language : 'en');

/** `Tue 24 Nov, 16:00`: weekday always, 24 hours, no seconds. */
export const dayAndTime = (at: Date, now = new Date(), timeZone = defaultTimeZone): string =>
	`${day(at, now, timeZone)}, ${clock(at, timeZone)}`;

/** `today`, `yesterday`, `3 days ago`, in calendar days of the time zone. */
export function ago(at: Date, now = new Date(), timeZone = defaultTimeZone): string {
	const apart = (Date.parse(isoDay(now, timeZone)) - Date.parse(isoDay(at, timeZone))) / days(1);
	if (apart <= 0) return m.shell_today();
	if (apart === 1) return m.shell_yesterday();
	if (apart < 60) return m.shell_days_ago({ n: apart });
	return m.shell_months_ago({ n: Math.round(apart / 30.4) });
}

/**
 * The instant a date field means (`2026-11-24T07:00`, minutes at most) on the municipality's clock.
 * Null when there is no such day or time.
 */
export function atWallTime(text: string, timeZone = defaultTimeZone): Date | null {
	const wanted = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.exec(text)?.[0];
	const wall = wanted ? Date.parse(`${wanted}Z`) : NaN;
	if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 16) !== wanted) return null;
	const { year, month, day, hour, minute } = localTime(new Date(wall), timeZone);
	return new Date(2 * wall - Date.UTC(year, month - 1, day, hour, minute));
}

/**
 * The last millisecond of a day (`2026-11-24`) on the municipality's clock: what is due on a day is
 * due until that day ends. Null when there is no such day.
 */
export function endOfDay(text: string, timeZone = defaultTimeZone): Date | null {
	const [, year, month, date] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number);
	const wall = Date.UTC(year, month - 1, date, 23, 59, 59, 999);
	if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 10) !== text) return null;
	const seen = localTime(new Date(wall), timeZone);
	const shown = Date.UTC(seen.year, seen.month - 1, seen.day, seen.hour, seen.minute, 59, 999);
	return new Date(wall - (shown - wall));
}
