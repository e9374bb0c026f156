import { isLocale, type Locale } from './generated/runtime.js';

/**
 * The best of our languages for an `Accept-Language` header (RFC 9110, 12.5.4), or null when none
 * of the reader's is ours. isiNdebele and siSwati readers get isiZulu only if they listed it.
 */
export function bestOf(header: string | null | undefined): Locale | null {
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

/** The language somebody chose, else that of their account, else their browser's, else English. */
export function chooseLanguage(asked: {
	cookie?: string;
	account?: string;
	header: string | null | undefined;
}): Locale {
	if (isLocale(asked.cookie)) return asked.cookie;
	if (isLocale(asked.account)) return asked.account;
	return bestOf(asked.header) ?? 'en';
}
