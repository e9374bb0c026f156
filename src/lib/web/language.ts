import type { RequestEvent } from '@sveltejs/kit';
import { bestOf, isLocale, type Locale } from '#lib/i18n/index.ts';

/** The language somebody chose (cookie), else that of their account, else their browser's, else English. */
export function languageOf({ cookies, locals, request }: RequestEvent): Locale {
	const chosen = cookies.get('lang');
	if (isLocale(chosen)) return chosen;
	const own = locals.visitor?.language;
	if (isLocale(own)) return own;
	return bestOf(request.headers.get('accept-language')) ?? 'en';
}

/** Remembers the choice on this device. The cookie names a language and nobody. */
export function keepLanguage({ cookies, url }: RequestEvent, language: Locale) {
	cookies.set('lang', language, {
		path: '/',
		maxAge: 60 * 60 * 24 * 400,
		secure: url.protocol === 'https:'
	});
}
