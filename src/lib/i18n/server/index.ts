import { AsyncLocalStorage } from 'node:async_hooks';
import { baseLocale, overwriteGetLocale, type Locale } from '../generated/runtime.js';
import { unreviewed } from '../generated/unreviewed.js';

const speaking = new AsyncLocalStorage<Locale>();
overwriteGetLocale(() => speaking.getStore() ?? baseLocale);

/** Whatever `work` says, it says in this language; two requests at once do not mix theirs. */
export const speak = <T>(language: Locale, work: () => T): T => speaking.run(language, work);

/** Whether a named translator approved every word of a language as it now stands. */
export const isReviewed = (language: Locale) => !unreviewed[language]?.length;

/** The names of the words nobody has approved yet, by language. */
export { unreviewed };
