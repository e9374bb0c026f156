/** What references and receipts are written with: no 0/O/1/I/L/U, no vowels that make words. */
export const alphabet = '23456789BCDFGHJKMNPQRSTVWXYZ';

/** Crockford's base 32, whose order gives each character its value. */
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A source of chance: whole numbers from 0 up to, not including, `below`. */
export type Chance = (below: number) => number;

/** Unpredictable numbers. 28 does not divide 2³², but the bias is below one in a hundred million. */
export const chance: Chance = (below) => crypto.getRandomValues(new Uint32Array(1))[0] % below;

/**
 * The check character of a payload: Σ position × value, mod 31, in Crockford's order.
 * 31 is prime, so every single wrong character and every swap of two is found.
 * Null when it falls outside the alphabet: draw again.
 */
export function checkCharacter(payload: string): string | null {
	let sum = 0;
	for (let i = 0; i < payload.length; i++) sum += (i + 1) * crockford.indexOf(payload[i]);
	const check = crockford[sum % 31];
	return alphabet.includes(check) ? check : null;
}

/** The last part of a reference: `length` characters, the last of them the check. */
export function drawSuffix(length = 5, draw: Chance = chance): string {
	for (;;) {
		let payload = '';
		while (payload.length < length - 1) payload += alphabet[draw(alphabet.length)];
		const check = checkCharacter(payload);
		if (check) return payload + check;
	}
}

/** How many payloads there are of a length, check character aside: half of them used makes it grow. */
export const spaceOf = (length: number) => alphabet.length ** (length - 1);

/** `KHA-26-7K3MQ`: municipality, year, and a suffix that tells nothing about how many there are. */
export const drawReference = (code: string, year: number, length = 5, draw: Chance = chance) =>
	`${code}-${String(year % 100).padStart(2, '0')}-${drawSuffix(length, draw)}`;

const isSuffix = (text: string) =>
	/^[23456789BCDFGHJKMNPQRSTVWXYZ]{5,8}$/.test(text) &&
	checkCharacter(text.slice(0, -1)) === text.at(-1);

const asLetters = (text: string) => text.replaceAll('0', 'O').replaceAll('1', 'I');
const asDigits = (text: string) => text.replaceAll('O', '0').replace(/[IL]/g, '1');

/**
 * The reference somebody typed, as it is stored, or null when it cannot be one. Lower case, spaces,
 * other hyphens, `O` for `0`, `I` and `L` for `1` are read as meant; a mistyped character is found by
 * the check.
 */
export function readReference(typed: string): string | null {
	if (typed.length > 60) return null;
	const text = typed
		.normalize('NFKC')
		.toUpperCase()
		.replace(/[^A-Z0-9]/g, '');
	// A municipality's part as it was typed first; only then with its digits read as letters.
	return splitReference(text, (code) => code) ?? splitReference(text, asLetters);
}

function splitReference(text: string, readCode: (typed: string) => string): string | null {
	for (const length of [5, 6, 7, 8]) {
		const code = readCode(text.slice(0, -length - 2));
		const year = asDigits(text.slice(-length - 2, -length));
		const suffix = asDigits(text.slice(-length));
		if (/^[A-Z]{2,5}$/.test(code) && /^\d\d$/.test(year) && isSuffix(suffix))
			return `${code}-${year}-${suffix}`;
	}
	return null;
}

/** Length of a receipt code: 26 characters of 28 are 125 bits, which nobody guesses. */
export const receiptLength = 26;

/** A receipt code from a number of at least 128 bits. */
export function receiptFrom(number: bigint): string {
	let code = '';
	for (let rest = number; code.length < receiptLength; rest /= 28n)
		code += alphabet[Number(rest % 28n)];
	return code;
}

/** The receipt code somebody typed, or null. Spaces, hyphens and case do not matter. */
export function readReceipt(typed: string): string | null {
	const text = typed.toUpperCase().replace(/[\s-]/g, '');
	return text.length === receiptLength && [...text].every((each) => alphabet.includes(each))
		? text
		: null;
}

/** A receipt as it is shown and written down: `7K3MQ 2B…`, in groups of five. */
export const receiptGroups = (code: string) => code.match(/.{1,5}/g)?.join(' ') ?? code;
