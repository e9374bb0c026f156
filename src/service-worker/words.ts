import { m } from '#lib/i18n/generated/messages.js';
import { isLocale, type Locale } from '#lib/i18n/generated/runtime.js';
import { clock, day, isoDay } from '#lib/platform/time.ts';

export { m };

/** The language of a page as the words know it. */
export const localeOf = (language: string): Locale => (isLocale(language) ? language : 'en');

/** `14:02` of today, else `Tue 24 Nov, 14:02`, on the municipality's clock like every time we say. */
export const timeIn = (locale: Locale, at: Date, now = new Date()): string =>
	[...(isoDay(at) === isoDay(now) ? [] : [day(at, now, undefined, locale)]), clock(at)].join(', ');

const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as it stands in a page. */
export const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => signs[sign]);
