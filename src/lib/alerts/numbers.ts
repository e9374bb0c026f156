import { count } from '../platform/text.ts';

/** `about 12 000`: two figures, as an estimate deserves; small numbers as they are. */
export function about(n: number): string {
	if (n < 100) return count(n);
	const scale = 10 ** (Math.floor(Math.log10(n)) - 1);
	return `about ${count(Math.round(n / scale) * scale)}`;
}

/** How many that is, as one confirms it: `hundreds`, `tens of thousands`. */
export function magnitude(n: number): string {
	if (n < 100) return 'some';
	if (n < 1000) return 'hundreds of';
	if (n < 10_000) return 'thousands of';
	if (n < 100_000) return 'tens of thousands of';
	return 'hundreds of thousands of';
}

/** Who lives there, in words. */
export const peopleWords = (people: number | null) =>
	people === null
		? 'Not known: no population was imported for these wards'
		: `${about(people)} people`;

/** Who cannot be reached directly, in words. */
export function unreachedWords(people: number | null, reached: number): string {
	if (people === null) return 'Not known. Plan for loud-hailers and knocking on doors.';
	const rest = Math.max(0, people - reached);
	return rest === 0
		? 'Nobody we know of'
		: `${about(rest)} people: by loud-hailer, radio, posters and knocking on doors`;
}
