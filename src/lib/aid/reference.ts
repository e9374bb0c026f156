import { letters } from '../platform/number.ts';

/** `7K3-MQB`: to speak about a household on the telephone. 28⁶ are 481 million; it opens nothing by itself. */
export const drawReference = (): string =>
	[...crypto.getRandomValues(new Uint32Array(6))].map((n) => letters[n % 28]).join('');

/** The reference somebody typed, or null. */
export function readAidReference(typed: string): string | null {
	const text = typed.toUpperCase().replace(/[\s-]/g, '');
	return text.length === 6 && [...text].every((char) => letters.includes(char)) ? text : null;
}

export const shownReference = (reference: string) =>
	`${reference.slice(0, 3)}-${reference.slice(3)}`;
