import { expect, test } from 'vitest';
import { speak } from '../../i18n/server/index.ts';
import { icons } from '../../ui/icons.ts';
import { serviceWords, tongueOfAdvice } from '../server/service-words.ts';
import { departmentTemplate, serviceGroups, serviceTemplate } from './index.ts';

test('a full set: about sixty services, every group used, no code twice', () => {
	expect(serviceTemplate.length).toBeGreaterThan(60);
	expect(new Set(serviceTemplate.map(({ code }) => code)).size).toBe(serviceTemplate.length);
	expect(new Set(serviceTemplate.map(({ group }) => group)).size).toBe(serviceGroups.length);
});

test('every service goes to a department of the template, and every picture exists', () => {
	const codes: string[] = departmentTemplate.map(({ code }) => code);
	expect(serviceTemplate.filter(({ to }) => !codes.includes(to))).toEqual([]);
	expect(serviceGroups.filter(({ icon }) => !(icon in icons))).toEqual([]);
});

test('codes can stand in an address and in Open311; lists have something to choose', () => {
	for (const { code, questions = [] } of serviceTemplate) {
		expect(code).toMatch(/^[\w-]{2,30}$/);
		for (const question of questions)
			if (question.datatype.endsWith('list')) expect(question.values!.length).toBeGreaterThan(1);
	}
});

// prettier-ignore
test.each([['street-light', 30], ['pothole', 50], ['dumping', 75], ['burst-pipe', 150], ['wrong-bill', 0]])(
	'an open %s within %i m may be the same (cases.md 8)', (code, metres) => {
		expect(serviceTemplate.find((each) => each.code === code)?.near).toBe(metres);
	}
);

test('what is deadly stops the form with a number to call', () => {
	for (const code of ['live-wires', 'fire', 'crime'])
		expect(serviceTemplate.find((each) => each.code === code)?.stop).toMatch(/112/);
});

const phrases = serviceTemplate.flatMap(({ name, group, description, stop, questions = [] }) => [
	...[name, group, description, stop],
	...questions.flatMap(({ question, hint, values = [] }) => [
		...[question, hint],
		...values.flatMap((value) => [value.name, value.stop])
	])
]);

// A word that is the same in two languages is not missing; advice on which lives hang stays in English
// until its translation is approved.
const alike = ['Water', 'Taxi'];

test.each(['af', 'xh', 'zu'] as const)('every word of the template is there in %s', (language) => {
	const missing = speak(language, () =>
		phrases.filter(
			(text) =>
				text && !alike.includes(text) && !tongueOfAdvice(text) && serviceWords(text) === text
		)
	);
	expect(missing).toEqual([]);
});

test('what a municipality called a service itself is never called otherwise', () => {
	expect(speak('zu', () => serviceWords('Pothole'))).toBe('Umgodi emgwaqweni');
	expect(speak('zu', () => serviceWords('Hole in Main Road'))).toBe('Hole in Main Road');
	expect(speak('zu', () => serviceWords('toString'))).toBe('toString');
});

test('a number to call in an emergency is the same in every language', () => {
	const numbersOf = (text: string) => text.match(/\d[\d ]+\d/g);
	for (const advice of phrases.filter((text) => text && /\b1\d{2}\b/.test(text)))
		for (const language of ['af', 'xh', 'zu'] as const)
			expect(numbersOf(speak(language, () => serviceWords(advice!)))?.sort()).toEqual(
				numbersOf(advice!)?.sort()
			);
});
