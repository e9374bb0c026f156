import { calendars } from '#lib/i18n/calendar.ts';
import { m } from '#lib/i18n/generated/messages.js';
import { isLocale, type Locale } from '#lib/i18n/generated/runtime.js';
import { clock, isoDay, localTime } from '#lib/platform/local-time.ts';

export { m };

/** The language of a page as the words know it. */
export const localeOf = (language: string): Locale => (isLocale(language) ? language : 'en');

/** `14:02` of today, else `Tue 24 Nov, 14:02`, on the municipality's clock like every time we say. */
export function timeIn(locale: Locale, at: Date, now = new Date()): string {
	if (isoDay(at) === isoDay(now)) return clock(at);
	const { weekdays, months } = calendars[locale];
	const { weekday, day, month } = localTime(at);
	return `${weekdays[weekday]} ${day} ${months[month - 1]}, ${clock(at)}`;
}

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as it stands in a page. */
export const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => signs[sign]);
