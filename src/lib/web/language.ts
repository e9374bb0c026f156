import type { RequestEvent } from '@sveltejs/kit';
import { chooseLanguage } from '#lib/i18n/choose.ts';
import type { Locale } from '#lib/i18n/index.ts';

/** The office works in English, and so do the doors that only its people use. */
const inEnglish =
	/^\/office|^\/\(public\)\/(sign-in\/(staff|invitation|password)|account\/second-factor)/;

/** The language this visitor is answered in; a form may ask for another while it is filled in. */
export const languageOf = ({ cookies, locals, request, route, url }: RequestEvent): Locale =>
	inEnglish.test(route.id ?? '')
		? 'en'
		: chooseLanguage({
				cookie: (request.method === 'POST' && url.searchParams.get('speak')) || cookies.get('lang'),
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
