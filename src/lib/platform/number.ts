/** Letters nobody mistakes for another: no 0/O, 1/I/L, no U, no vowels that make words. */
export const letters = '23456789BCDFGHJKMNPQRSTVWXYZ';

/** A number people can read out and type: `K7F-2QD`. No vowels, nothing that looks like something else. */
export function newNumber(): string {
	const drawn = crypto.getRandomValues(new Uint32Array(6));
	const signs = [...drawn].map((each) => letters[each % letters.length]).join('');
	return `${signs.slice(0, 3)}-${signs.slice(3)}`;
}

/** `k7f 2qd`, `K7F2QD` → `K7F-2QD`; null when it is no such number. O and 0, I and 1 are never in one. */
export function readNumber(typed: string): string | null {
	const signs = typed.toUpperCase().replace(/[\s-]/g, '');
	if (signs.length !== 6 || [...signs].some((sign) => !letters.includes(sign))) return null;
	return `${signs.slice(0, 3)}-${signs.slice(3)}`;
}
