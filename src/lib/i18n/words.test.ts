import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { approvedEmergency, mark, unreviewed, wordsOf } from '../../words.ts';
import { bestOf } from './choose.ts';
import { m, pageLanguages, tongueOf } from './index.ts';
import { speak } from './server/index.ts';

const others = pageLanguages.filter((language) => language !== 'en');
const holes = (text: unknown) => [...new Set(JSON.stringify(text).match(/\{\w+\}/g))].sort();

test.each(others)('%s has every word, and no other', (language) => {
	expect(Object.keys(wordsOf(language)).sort()).toEqual(Object.keys(wordsOf('en')).sort());
});

test.each(others)('every word in %s fills the holes of the English one', (language) => {
	const words = wordsOf(language);
	for (const [name, english] of Object.entries(wordsOf('en')))
		expect({ name, holes: holes(words[name]) }).toEqual({ name, holes: holes(english) });
});

test('two people asked at once are each answered in their own language', async () => {
	const later = () => new Promise((done) => setTimeout(done, 5));
	const said = await Promise.all(
		(['zu', 'en', 'af'] as const).map((language) =>
			speak(language, async () => {
				await later();
				return m.shell_home();
			})
		)
	);
	expect(said).toEqual(['Ekhaya', 'Home', 'Tuis']);
});

test('a translation is a draft until somebody named read just these words', () => {
	const everything = Object.keys(wordsOf('en'));
	for (const language of others) expect(unreviewed(language)).toEqual(everything);
	expect(mark('Home', 'Ekhaya')).not.toBe(mark('Home', 'Ikhaya'));
	expect(mark('Home', 'Ekhaya')).not.toBe(mark('House', 'Ekhaya'));
});

test('emergency words are said in English until somebody named approved their translation', () => {
	for (const language of others) {
		// Each translation that is compiled is one that somebody stands for.
		const held = unreviewed(language);
		for (const name of Object.keys(approvedEmergency(language))) expect(held).not.toContain(name);
		if (held.includes('emergency_danger'))
			speak(language, () => {
				expect(m.emergency_danger()).toBe('In danger? Call [112].');
				expect(tongueOf(m.emergency_danger)).toBe('en-ZA');
			});
	}
	expect(approvedEmergency('en')).toHaveProperty('emergency_danger');
	speak('en', () => expect(tongueOf(m.emergency_danger)).toBeUndefined());
});

test('whatever names a number for emergencies stands in the room for emergencies', () => {
	for (const [name, text] of Object.entries(wordsOf('en')))
		if (/\b(112|107|10111|10177)\b/.test(JSON.stringify(text))) expect(name).toMatch(/^emergency_/);
});

test.each([
	['zu', 'zu'],
	['xh-ZA,xh;q=0.9,en;q=0.8', 'xh'],
	['en;q=0.5, AF', 'af'],
	['st-ZA,zu;q=0.7', 'zu'],
	['zu;q=0, en', 'en'],
	['fr, de', null],
	['', null],
	[null, null],
	['__proto__,constructor', null],
	[`${'x,'.repeat(5000)}zu`, null]
])('a browser that asks for %s reads %s', (header, language) => {
	expect(bestOf(header)).toBe(language);
});

test('each room of words names its own with its own name in front, so that none hides another', () => {
	for (const room of readdirSync(new URL('./words/en/', import.meta.url)))
		for (const name of Object.keys(
			JSON.parse(readFileSync(new URL(`./words/en/${room}`, import.meta.url), 'utf8'))
		))
			expect(name).toMatch(new RegExp(`^${room.replace('.json', '')}_`));
});
