import { utf16be } from '../../../gsm7.ts';

export type Value = string | Uint8Array;

const plain = /[A-Za-z0-9\-._~]/;

/** Percent-encoding octet by octet (RFC 3986 2.1): a text goes as UTF-8, octets go as they are. */
export const escaped = (value: Value) =>
	[...(typeof value === 'string' ? Buffer.from(value, 'utf8') : value)]
		.map((octet) => {
			const sign = String.fromCharCode(octet);
			return plain.test(sign) ? sign : `%${octet.toString(16).toUpperCase().padStart(2, '0')}`;
		})
		.join('');

/** Fields as a query or a form writes them. */
export const asQuery = (fields: Array<[string, Value]>) =>
	fields.map(([name, value]) => `${escaped(name)}=${escaped(value)}`).join('&');

/** A text as octets of UTF-16, big end first. */
export const asUtf16be = (text: string): Uint8Array => utf16be(text);

/** Undoes a text that came URL-escaped in an alphabet of its own; null when it is none. */
export function unescaped(text: string, charset: string): string | null {
	if (/%(?![0-9a-f]{2})/i.test(text)) return null;
	const octets = Buffer.from(
		text
			.replace(/\+/g, ' ')
			.replace(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16))),
		'latin1'
	);
	const name = charset.trim().toLowerCase();
	if (!['utf-16be', 'iso-8859-1', 'utf-8', ''].includes(name)) return null;
	return new TextDecoder(name || 'utf-8').decode(octets);
}

/** What stands at `a.0.b` in JSON, as text; null when nothing does. */
export function at(value: unknown, path: string): string | null {
	let here = value;
	for (const key of path.split('.')) {
		if (typeof here !== 'object' || here === null || !Object.hasOwn(here, key)) return null;
		here = (here as Record<string, unknown>)[key];
	}
	return here === null || here === undefined || typeof here === 'object' ? null : String(here);
}
