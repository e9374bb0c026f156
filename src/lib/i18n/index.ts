import {
	getLocale,
	isLocale,
	locales,
	overwriteGetLocale,
	type Locale
} from './generated/runtime.js';

/**
 * The words of the pages. `m.report_title()` speaks the language of whoever is asking; on the
 * server that is kept per request (see `server/index.ts`), in the browser it is `<html lang>`.
 */
export { m } from './generated/messages.js';

export { isLocale, type Locale };

if (typeof document !== 'undefined')
	overwriteGetLocale(() => {
		const [language] = document.documentElement.lang.split('-');
		return isLocale(language) ? language : 'en';
	});

/** The languages the pages can be read in: each has every word (tests/i18n.test.ts). */
export const pageLanguages: readonly Locale[] = locales;

/** What language is being spoken now. */
export const spokenNow = (): Locale => getLocale();

/** For `lang=""`: English here is South African. */
export const tagOf = (language: string) => (language === 'en' ? 'en-ZA' : language);

/**
 * The best of our languages for an `Accept-Language` header (RFC 9110, 12.5.4), or null when none
 * of the reader's is ours. isiNdebele and siSwati readers get isiZulu only if they listed it.
 */
export function bestOf(header: string | null): Locale | null {
	return (
		(header ?? '')
			.slice(0, 500)
			.split(',')
			.map((part) => {
				const [range, ...parameters] = part.trim().split(';');
				const q = parameters.map((each) => /^\s*q=([\d.]+)$/.exec(each)?.[1]).find(Boolean);
				return { language: range.split('-')[0].toLowerCase(), weight: q ? Number(q) : 1 };
			})
			.filter(({ weight }) => weight > 0)
			.sort((a, b) => b.weight - a.weight)
			.map(({ language }) => language)
			.find(isLocale) ?? null
	);
}
