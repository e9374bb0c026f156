/** The basic alphabet of 3GPP TS 23.038: one septet each. */
const basic =
	'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** The extension table: two septets each. */
const extended = '^{}\\[~]|€\f';

const typographic: Record<string, string> = {
	'’': "'",
	'‘': "'",
	'“': '"',
	'”': '"',
	'–': '-',
	'—': '-',
	'…': '...',
	'\u00a0': ' ',
	'\u2009': ' '
};

/** Replaces typographic signs that would cut a message from 160 to 70 characters. Letters stay. */
export const toGsm7 = (text: string) =>
	text.replace(/[’‘“”–—…\u00a0\u2009]/g, (sign) => typographic[sign]);

export interface Measure {
	encoding: 'gsm7' | 'ucs2';
	/** Septets, or 16-bit units. */
	units: number;
	/** What is paid for: 160 then 153 septets a part, or 70 then 67 units. */
	segments: number;
}

/** How an SMS travels: we choose the encoding ourselves, a gateway that guesses sends question marks. */
export function measure(text: string): Measure {
	let septets = 0;
	for (const sign of text) {
		if (basic.includes(sign)) septets += 1;
		else if (extended.includes(sign)) septets += 2;
		else return { encoding: 'ucs2', units: text.length, segments: parts(text.length, 70, 67) };
	}
	return { encoding: 'gsm7', units: septets, segments: parts(septets, 160, 153) };
}

const parts = (units: number, whole: number, part: number) =>
	units <= whole ? 1 : Math.ceil(units / part);
