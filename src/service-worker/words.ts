import { calendars } from '#lib/i18n/calendar.ts';
import { m } from '#lib/i18n/generated/messages.js';
import { isLocale, type Locale } from '#lib/i18n/generated/runtime.js';

export { m };

/** The language of a page as the words know it. */
export const localeOf = (language: string): Locale => (isLocale(language) ? language : 'en');

const two = (n: number) => String(n).padStart(2, '0');

/** `14:02` of today, else `Tue 24 Nov, 14:02`. A clock that is wrong by days only makes it longer. */
export function timeIn(locale: Locale, at: Date, now = new Date()): string {
	const clock = `${two(at.getHours())}:${two(at.getMinutes())}`;
	if (at.toDateString() === now.toDateString()) return clock;
	const { weekdays, months } = calendars[locale];
	return `${weekdays[at.getDay()]} ${at.getDate()} ${months[at.getMonth()]}, ${clock}`;
}

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as it stands in a page. */
export const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => signs[sign]);
