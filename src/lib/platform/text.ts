/** Thousands with a thin space: `12 806`. */
export const count = (n: number) => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, '\u2009');

/** What a message needs to choose its plural and to show the number. */
export const counted = (n: number) => ({ n, shown: count(n) });

/** `1 report`, `2 reports`. */
export const plural = (n: number, one: string, many = `${one}s`) =>
	`${count(n)} ${n === 1 ? one : many}`;

// Bidirectional overrides and isolates can make a text read otherwise than it is stored;
// control characters break logs, exports and old browsers. Line breaks and tabs stay.
const unwanted =
	/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff\ufffe\uffff]/g;

/** What a person typed, made storable: NFC, one kind of line break, no control or direction-changing characters. */
export const cleanText = (text: string) =>
	text.normalize('NFC').replace(/\r\n?/g, '\n').replace(unwanted, '').trim();

/** The same on one line. */
export const cleanLine = (text: string) => cleanText(text).replace(/\s+/g, ' ');

/** At most `length` characters, cut at a word, with an ellipsis. */
export function shorten(text: string, length: number): string {
	const line = cleanLine(text);
	if (line.length <= length) return line;
	const cut = line.slice(0, length - 1);
	const space = cut.lastIndexOf(' ');
	return `${cut.slice(0, space > length * 0.6 ? space : cut.length).replace(/[,.;:\s]+$/, '')}…`;
}

/** The beginning of a sentence. One in Afrikaans that begins with ’n has its capital in the next word. */
export const withCapital = (text: string) =>
	text.replace(/^((?:’n )?)(\p{L})/u, (_, article, letter) => article + letter.toUpperCase());

/** A number as a telephone dials it: spaces and brackets go; short codes such as 10111 stay as they are. */
export const dialled = (number: string) => number.replace(/[^\d+*#]/g, '');

/**
 * What `tel:` gets (RFC 3966): a number with its area in international form, so that it also works from
 * abroad; short codes, and 080 and 086 numbers, which only this country knows, as they are dialled here.
 */
export function telephone(number: string): string {
	const digits = dialled(number);
	return /^0(?!8[06])\d{9}$/.test(digits) ? `+27${digits.slice(1)}` : digits;
}

/** The first sentence as a heading, where it is short enough; otherwise as many words as fit. */
export function headline(text: string, length: number): string {
	const line = cleanLine(text);
	const first = /^(.{12,}?)[.!?](?:\s|$)/.exec(line)?.[1];
	return first && first.length <= length ? first : shorten(line, length);
}
