import { cleanLine } from '../platform/text.ts';

/** In characters: what is longer is cut. */
export const longestQuestion = 100;
export const shortestQuestion = 2;
const mostWords = 8;

/** Words that stand in every second text and say nothing of it, in the languages of the pages. */
// prettier-ignore
const empty = new Set([
	'the', 'a', 'an', 'in', 'at', 'on', 'of', 'is', 'my', 'and', 'to', 'for', 'no', 'by', 'near', 'there', 'it', 'we', 'our', 'with', 'has', 'have', 'not',
	'die', 'n', 'op', 'van', 'het', 'en', 'by', 'ons', 'geen', 'nie', 'daar', 'te',
	'e', 'i', 'u', 'o', 'ku', 'na', 'nge', 'lapha', 'apha'
]);

/** What somebody typed or spoke, on one line and no longer than is asked of the database. */
export const readQuestion = (typed: string | null | undefined): string =>
	cleanLine((typed ?? '').slice(0, longestQuestion * 4)).slice(0, longestQuestion);

export const isAsked = (question: string) =>
	question.replace(/[^\p{L}\p{N}]/gu, '').length >= shortestQuestion;

/** The words that matter, as the database read them; all of them, when none does. */
export function wordsThatMatter(words: string[]): string[] {
	const some = words.filter(
		(word) => word && !empty.has(word) && (word.length > 1 || /\d/.test(word))
	);
	return (some.length ? some : words.filter(Boolean)).slice(0, mostWords);
}

interface Heard {
	word: string;
	sound: string;
}

/** How freely a question is read: as it stands, as it sounds, as something one consonant away sounds. */
export type Freedom = 'exact' | 'sound' | 'near';

/** The consonants that `search_sound` leaves. */
const consonants = [...'bdfgjklmnprstw'];

/** Sounds with one consonant more, less or other than this one; of short ones too many words would sound so. */
export function soundsNear(sound: string): string[] {
	if (!/^[a-z]{3,10}$/.test(sound)) return [];
	const near = new Set<string>();
	for (let at = 0; at <= sound.length; at++) {
		const [before, after, rest] = [sound.slice(0, at), sound.slice(at), sound.slice(at + 1)];
		for (const each of consonants) {
			near.add(before + each + after);
			if (after) near.add(before + each + rest);
		}
		if (after) near.add(before + rest);
	}
	// A sound holds no letter twice in a row.
	return [...near].filter((each) => each.length >= 3 && each !== sound && !/(.)\1/.test(each));
}

const quoted = (term: string) => `'${term.replace(/['\\]/g, '')}'`;
const begins = (word: string) =>
	`${quoted(word)}${word.length > 2 && !/\d/.test(word) ? ':*' : ''}`;
const sorted = (sound: string) => [...sound].sort().join('');

function ways({ word, sound }: Heard, freedom: Freedom): string {
	if (freedom === 'exact') return begins(word);
	const more = [
		sound.length >= 2 && word.length >= 4 ? quoted(`~${sound}`) : null,
		sound.length >= 4 ? quoted(`^${sorted(sound)}`) : null,
		sound.length >= 3 && word.length >= 6 ? quoted(`+${sound}`) : null,
		...(freedom === 'near' ? soundsNear(sound).map((each) => quoted(`~${each}`)) : []),
		...(freedom === 'near' && word.length >= 8
			? soundsNear(sound).map((each) => quoted(`+${each}`))
			: [])
	].filter((each) => each !== null);
	return `(${[begins(word), ...more].join(' | ')})`;
}

/**
 * A tsquery over `search_terms`: every word, or two neighbours written as one. `joined` holds the
 * sounds of neighbours: the first of the first and second word.
 */
export function tsqueryOf(heard: Heard[], joined: Heard[], freedom: Freedom): string {
	const all = (list: Heard[]) => list.map((each) => ways(each, freedom)).join(' & ');
	const readings = [all(heard)];
	for (const [at, pair] of joined.entries())
		readings.push(all([...heard.slice(0, at), pair, ...heard.slice(at + 2)]));
	return readings.map((each) => `(${each})`).join(' | ');
}
