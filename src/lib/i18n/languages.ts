/** The official languages we know by name (ISO 639-1 where there is one, else 639-3). */
export const languages = {
	en: 'English',
	zu: 'isiZulu',
	xh: 'isiXhosa',
	af: 'Afrikaans',
	st: 'Sesotho',
	nso: 'Sepedi',
	tn: 'Setswana',
	ts: 'Xitsonga',
	ss: 'siSwati',
	ve: 'Tshivenḓa',
	nr: 'isiNdebele'
} as const;

export type Language = keyof typeof languages;

export const isLanguage = (code: unknown): code is Language =>
	typeof code === 'string' && Object.hasOwn(languages, code);
