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

/**
 * Words by name, each in the language spoken when it is read: what a module keeps for good would be
 * in the language of whoever came first.
 */
export const spoken = <Name extends string>(words: Record<Name, () => string>) =>
	Object.defineProperties(
		{},
		Object.fromEntries(
			Object.entries<() => string>(words).map(([name, get]) => [name, { get, enumerable: true }])
		)
	) as Readonly<Record<Name, string>>;

/** The languages the pages can be read in: each has every word (tests/i18n.test.ts). */
export const pageLanguages: readonly Locale[] = locales;

/** What language is being spoken now. */
export const spokenNow = (): Locale => getLocale();

/** For `lang=""`: English here is South African. */
export const tagOf = (language: string) => (language === 'en' ? 'en-ZA' : language);

/** For `lang=""` of words that people wrote, where the page speaks another language. */
export const otherTongue = (language: string | null | undefined) =>
	language && language !== spokenNow() ? tagOf(language) : undefined;

/**
 * For `lang=""` of emergency words: they are said in English until a named person has approved their
 * translation (`src/words.ts`).
 */
export const tongueOf = (say: (holes: object, options?: { locale?: Locale }) => string) =>
	say({}) === say({}, { locale: 'en' }) ? otherTongue('en') : undefined;
