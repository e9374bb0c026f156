/** Crockford's base 32: no I, L, O, U. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 17 characters of chance are 85 bits; one more checks them. */
export const cardLength = 18;

/** Payload modulo 37, as Crockford checks; only values that the alphabet itself can write are used. */
function checkOf(payload: string): string | undefined {
	let rest = 0;
	for (const char of payload) rest = (rest * 32 + alphabet.indexOf(char)) % 37;
	return alphabet[rest];
}

/**
 * The code of a household's card: 85 bits of chance and a check character. 37 is prime and greater than
 * 32, so every single wrong character and every swap of two neighbours is found.
 */
export function drawCardCode(): string {
	for (;;) {
		const bytes = crypto.getRandomValues(new Uint8Array(cardLength - 1));
		const payload = [...bytes].map((byte) => alphabet[byte % 32]).join('');
		const check = checkOf(payload);
		if (check) return payload + check;
	}
}

/** The code somebody typed or scanned, or null when it cannot be one. O is read as 0, I and L as 1. */
export function readCardCode(typed: string): string | null {
	if (typed.length > 60) return null;
	const code = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
	if (code.length !== cardLength || [...code].some((char) => !alphabet.includes(char))) return null;
	return checkOf(code.slice(0, -1)) === code.at(-1) ? code : null;
}

/** As it is printed: `7K3M QB… `, in groups of six. */
export const cardGroups = (code: string) => code.match(/.{1,6}/g)?.join(' ') ?? code;
