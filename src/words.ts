/**
 * Turns `lib/i18n/words/*` into the typed functions of `lib/i18n/generated` (not committed):
 * `node src/words.ts` on install, and by Vite whenever a word changes.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { compile } from '@inlang/paraglide-js';

const home = new URL('./lib/i18n/', import.meta.url);

/** A named translator read a text and answers for it. */
interface Review {
	by: string;
	/** `2026-11-24`. */
	on: string;
	/** What was read: see `mark`. */
	text: string;
}

const read = <T>(path: string): T => JSON.parse(readFileSync(new URL(path, home), 'utf8'));

/** All words of a language, by name. */
export const wordsOf = (language: string): Record<string, unknown> =>
	Object.assign(
		{},
		...readdirSync(new URL(`words/${language}/`, home)).map((name) =>
			read<object>(`words/${language}/${name}`)
		)
	);

/**
 * Emergency words as they may be spoken: a translation that no named person has approved is left out,
 * and English is said in its place. A wrong word here is worse than a foreign one.
 */
export function approvedEmergency(language: string): Record<string, unknown> {
	const held = new Set(language === 'en' ? [] : unreviewed(language));
	const words = read<Record<string, unknown>>(`words/${language}/emergency.json`);
	return Object.fromEntries(Object.entries(words).filter(([name]) => !held.has(name)));
}

/** Names one translation of one English text: when either changes, it must be read again. */
export const mark = (english: unknown, translated: unknown) =>
	createHash('sha256')
		.update(JSON.stringify([english, translated]))
		.digest('hex')
		.slice(0, 16);

/** The names of the words in a language that no named person has approved as they now stand. */
export function unreviewed(language: string): string[] {
	const [english, words] = [wordsOf('en'), wordsOf(language)];
	const path = `reviews/${language}.json`;
	const reviews = existsSync(new URL(path, home)) ? read<Record<string, Review>>(path) : {};
	return Object.keys(english).filter(
		(name) => reviews[name]?.text !== mark(english[name], words[name]) || !reviews[name].by
	);
}

const { locales } = read<{ locales: string[] }>('project.inlang/settings.json');
const drafts = Object.fromEntries(
	locales.filter((each) => each !== 'en').map((each) => [each, unreviewed(each)])
);

/** Writes the emergency words that may be spoken, language by language (`lib/i18n/approved`, not committed). */
export function writeApproved() {
	mkdirSync(new URL('approved/', home), { recursive: true });
	for (const each of locales)
		writeFileSync(
			new URL(`approved/${each}.json`, home),
			JSON.stringify(approvedEmergency(each), null, '\t')
		);
}

export const words = {
	project: './src/lib/i18n/project.inlang',
	outdir: './src/lib/i18n/generated',
	// Who is asking decides, not paraglide: lib/web/language.ts on the server, <html lang> in the browser.
	strategy: ['globalVariable', 'baseLocale'] satisfies ['globalVariable', 'baseLocale'],
	outputStructure: 'locale-modules' as const,
	isServer: 'import.meta.env?.SSR ?? true',
	emitReadme: false,
	emitGitIgnore: false,
	emitPrettierIgnore: false,
	additionalFiles: {
		'unreviewed.js': `/** @type {Record<string, string[]>} */\nexport const unreviewed = ${JSON.stringify(drafts)};\n`
	}
};

if (import.meta.main) {
	writeApproved();
	await compile(words);
}
