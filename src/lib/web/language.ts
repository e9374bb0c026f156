import type { RequestEvent } from '@sveltejs/kit';
import { chooseLanguage } from '#lib/i18n/choose.ts';
import type { Locale } from '#lib/i18n/index.ts';

/** The language this visitor is answered in. */
export const languageOf = ({ cookies, locals, request }: RequestEvent): Locale =>
	chooseLanguage({
		cookie: cookies.get('lang'),
		account: locals.visitor?.language,
		header: request.headers.get('accept-language')
	});

/** Remembers the choice on this device. The cookie names a language and nobody. */
export function keepLanguage({ cookies, url }: RequestEvent, language: Locale) {
	cookies.set('lang', language, {
		path: '/',
		maxAge: 60 * 60 * 24 * 400,
		secure: url.protocol === 'https:'
	});
}
