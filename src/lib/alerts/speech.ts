/** Syllables a second of an announcer who wants to be understood outdoors. Assumed, not measured: it is said beside the figure. */
export const syllableRate = 4;

const vowels = /[aeiouyàáâäèéêëìíîïòóôöùúûüḓḽṋṱ]+/giu;

/**
 * Syllables as they are spoken. In the Nguni and Sotho languages every vowel is one; in English and
 * Afrikaans neighbours make one. A digit counts two, an abbreviation one for each letter.
 */
export function syllables(text: string, language: string): number {
	const apart = !['en', 'af'].includes(language);
	return text
		.split(/[\s/-]+/)
		.filter(Boolean)
		.reduce((sum, word) => {
			const digits = word.replace(/\D/g, '').length;
			const letters = word.replace(/[^\p{L}]/gu, '');
			const groups = letters.match(vowels) ?? [];
			const sounds = apart ? groups.join('').length : groups.length;
			return sum + digits * 2 + (letters ? Math.max(1, sounds) : 0);
		}, 0);
}

const pauses = (text: string) => text.match(/[.!?](?=\s|$)/g)?.length ?? 0;

/** Seconds a text takes to be read aloud, estimated. A full stop is half a second of silence. */
export const estimatedSeconds = (text: string, language: string) =>
	syllables(text, language) / syllableRate + pauses(text) / 2;
