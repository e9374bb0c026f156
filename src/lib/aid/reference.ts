/** No 0, O, 1, I, L or U, and no vowels that make words. */
const alphabet = '23456789BCDFGHJKMNPQRSTVWXYZ';

/** `7K3-MQB`: to speak about a household on the telephone. 28⁶ are 481 million; it opens nothing by itself. */
export const drawReference = (): string =>
	[...crypto.getRandomValues(new Uint32Array(6))].map((n) => alphabet[n % 28]).join('');

/** The reference somebody typed, or null. */
export function readAidReference(typed: string): string | null {
	const text = typed.toUpperCase().replace(/[\s-]/g, '');
	return text.length === 6 && [...text].every((char) => alphabet.includes(char)) ? text : null;
}

export const shownReference = (reference: string) =>
	`${reference.slice(0, 3)}-${reference.slice(3)}`;
