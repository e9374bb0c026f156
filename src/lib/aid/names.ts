/** A name as it is compared: lower case, without accents, hyphens and apostrophes as nothing or as spaces. */
export const plainName = (name: string) =>
	name
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[’'`´.]/g, '')
		.replace(/[^a-z]+/g, ' ')
		.trim();

/** Words before a surname that people write or leave out: van der Merwe, Merwe; kaMadlala. */
const particles = /^(?:(?:van|von|de|der|den|du|le|la|ka|wa)\s)+(?=[a-z]{2,})/;

/** A surname without the small words before it. */
export const plainSurname = (surname: string) => plainName(surname).replace(particles, '');

/**
 * How a name sounds, roughly, whoever writes it down: its consonants by where they are made. isiZulu,
 * isiXhosa and Sesotho aspirates (ph, th, kh, bh) are read as the plain sound, laterals (hl, dl, tl) and
 * clicks (c, q, x) as one each, `tsh`, `tj`, `ch`, `sh` and `sch` as one; Afrikaans v, w and f as one, tj
 * and dj with them, `ck` and `k`, `dt` and `t`; English ph as f is lost, which costs a few doubts more and
 * no match. Vowels, h and y tell nothing, the first letter's class always does.
 */
export function soundOf(name: string): string {
	let s = plainName(name).replace(/ /g, '');
	const startsWithVowel = /^[aeiouy]/.test(s);
	s = s
		.replace(/n?tlh|n?hl|n?dl|n?tl/g, 'L')
		.replace(/n?tsh|tsch|sch|sh|tj|dj|ch|n?j/g, 'J')
		.replace(/ck|kg|gh|kh|n?g?[cqx]h?/g, 'k')
		.replace(/ph|bh|mb|mp|mv|mf/g, (pair) => (pair[0] === 'm' ? `m${pair[1]}` : 'p'))
		.replace(/th|dt|dh/g, 't')
		.replace(/ts|tz|zh/g, 's');
	s = s
		.replace(/[bp]/g, 'P')
		.replace(/[fvw]/g, 'F')
		.replace(/[td]/g, 'T')
		.replace(/[kgq]/g, 'K')
		.replace(/[sz]/g, 'S')
		.replace(/[mn]/g, 'N')
		.replace(/[lr]/g, 'R')
		.replace(/L/g, 'D')
		.replace(/[aeiouyh]/g, '')
		.replace(/(.)\1+/g, '$1');
	return (startsWithVowel ? 'A' : '') + s;
}

/**
 * How alike two words are, 0 to 1: one minus the changes it takes (a letter more, less, other, or two
 * swapped) per letter of the longer. Words that sound the same are 0.85 at least.
 */
export function wordLikeness(a: string, b: string): number {
	if (a === b) return a ? 1 : 0;
	if (!a || !b) return 0;
	// One twice as long as the other is another word, whatever it shares.
	if (Math.max(a.length, b.length) > 2 * Math.min(a.length, b.length)) return 0;
	const written = 1 - changes(a, b) / Math.max(a.length, b.length);
	// Words that are nothing alike on paper are not listened to: this is asked thousands of times.
	if (written >= 0.85 || written < 0.3) return written;
	const sound = soundOf(a);
	return sound.length > 1 && sound === soundOf(b) ? Math.max(written, 0.85) : written;
}

/** Rows of the table below, kept: names are short, and this is asked thousands of times. */
const rows = [new Uint8Array(128), new Uint8Array(128), new Uint8Array(128)];

/** The optimal string alignment distance, of the first 100 letters. */
function changes(one: string, other: string): number {
	const [a, b] = [one.slice(0, 100), other.slice(0, 100)];
	let [before, last, row] = rows;
	for (let j = 0; j <= b.length; j++) last[j] = j;
	for (let i = 1; i <= a.length; i++) {
		row[0] = i;
		const letter = a.charCodeAt(i - 1);
		for (let j = 1; j <= b.length; j++) {
			const same = letter === b.charCodeAt(j - 1);
			let least = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
			if (
				i > 1 &&
				j > 1 &&
				letter === b.charCodeAt(j - 2) &&
				a.charCodeAt(i - 2) === b.charCodeAt(j - 1)
			)
				least = Math.min(least, before[j - 2] + 1);
			row[j] = least;
		}
		[before, last, row] = [last, row, before];
	}
	return last[b.length];
}

/** How alike the first names of two people are: the best of their words, for one often gives only one of them. */
export function givenLikeness(a: string, b: string): number {
	if (!a.includes(' ') && !b.includes(' ')) return wordLikeness(a, b);
	const [mine, theirs] = [a.split(' '), b.split(' ')];
	let best = wordLikeness(a.replaceAll(' ', ''), b.replaceAll(' ', ''));
	for (const one of mine) for (const two of theirs) best = Math.max(best, wordLikeness(one, two));
	return best;
}
