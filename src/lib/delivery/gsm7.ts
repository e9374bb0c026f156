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

/**
 * Replaces typographic signs that would cut a message from 160 to 70 characters, and joins a letter
 * with the mark that was typed after it. Letters stay.
 */
export const toGsm7 = (text: string) =>
	text.normalize('NFC').replace(/[’‘“”–—…\u00a0\u2009]/g, (sign) => typographic[sign]);

export interface Measure {
	encoding: 'gsm7' | 'ucs2';
	/** Septets, or 16-bit units. */
	units: number;
	/** What is paid for: 160 then 153 septets a part, or 70 then 67 units. */
	segments: number;
}

/** Septets of one sign; NaN outside the alphabet. */
const septets = (sign: string) => (basic.includes(sign) ? 1 : extended.includes(sign) ? 2 : NaN);

/** The letters because of which a text travels in UCS-2, each once. */
export const outside = (text: string): string[] => [
	...new Set([...text].filter((sign) => Number.isNaN(septets(sign))))
];

export const isGsm7 = (text: string) => outside(text).length === 0;

/** How an SMS travels: we choose the encoding ourselves, a gateway that guesses sends question marks. */
export function measure(text: string): Measure {
	const gsm7 = isGsm7(text);
	const width = gsm7 ? septets : (sign: string) => sign.length;
	return {
		encoding: gsm7 ? 'gsm7' : 'ucs2',
		units: [...text].reduce((sum, sign) => sum + width(sign), 0),
		segments: split(text).length
	};
}

/** The parts of an SMS as they travel: no part cuts an extended sign or a pair of units in two. */
export function split(text: string): string[] {
	const gsm7 = isGsm7(text);
	const width = gsm7 ? septets : (sign: string) => sign.length;
	const [whole, part] = gsm7 ? [160, 153] : [70, 67];
	const signs = [...text];
	if (signs.reduce((sum, sign) => sum + width(sign), 0) <= whole) return [text];

	const parts = [''];
	let room = part;
	for (const sign of signs) {
		if (width(sign) > room) {
			parts.push('');
			room = part;
		}
		parts[parts.length - 1] += sign;
		room -= width(sign);
	}
	return parts;
}

const escape = 0x1b;
const extendedCode: Record<string, number> = {
	'\f': 0x0a,
	'^': 0x14,
	'{': 0x28,
	'}': 0x29,
	'\\': 0x2f,
	'[': 0x3c,
	'~': 0x3d,
	']': 0x3e,
	'|': 0x40,
	'€': 0x65
};

/** The place of a sign in the basic table, where the escape stands between Ξ and Æ. */
const basicCode = (sign: string) => {
	const at = basic.indexOf(sign);
	return at < escape ? at : at + 1;
};

/** A GSM-7 text as octets, one septet each (3GPP TS 23.038); the gateway packs them. */
export const gsm7Octets = (text: string): Uint8Array =>
	Uint8Array.from(
		[...text].flatMap((sign) =>
			sign in extendedCode ? [escape, extendedCode[sign]] : [basicCode(sign)]
		)
	);

/** UTF-16, big end first: what UCS-2 is on the air. */
export function utf16be(text: string): Uint8Array {
	const octets = new Uint8Array(text.length * 2);
	for (let at = 0; at < text.length; at++) {
		octets[at * 2] = text.charCodeAt(at) >> 8;
		octets[at * 2 + 1] = text.charCodeAt(at) & 0xff;
	}
	return octets;
}

export interface Preview extends Measure {
	/** The letters that force UCS-2: whoever writes may choose others. */
	because: string[];
	/** What one message costs, in thousandths of a cent; null without a price. */
	millicents: number | null;
}

/**
 * What an SMS will be, before it is sent: as it leaves, with typographic signs replaced.
 * `perThousand` is the price in cents of a thousand segments.
 */
export function preview(text: string, perThousand: number | null = null): Preview {
	const said = toGsm7(text);
	const measured = measure(said);
	return {
		...measured,
		because: outside(said),
		millicents: perThousand === null ? null : measured.segments * perThousand
	};
}
