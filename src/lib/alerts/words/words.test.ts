import { describe, expect, test } from 'vitest';
import { isGsm7, measure } from '../../delivery/gsm7.ts';
import { mostArea, mostHeadline, mostPush, mostSmsParts } from '../checklist.ts';
import { compose, type Given, type SlotValues } from '../compose.ts';
import {
	slots,
	templateCodes,
	templateOf,
	unknownSlots,
	wordNames,
	type TemplateCode
} from '../templates.ts';
import { alertLanguages, firstWords } from './index.ts';

const now = new Date('2026-11-23T12:00:00Z');
const values: SlotValues = {
	place: 'Aloe Ridge and Upper Thembeni, north of Vlei Street',
	from: 'Blouklip Pass',
	towards: 'Thembeni Community Hall',
	route: 'Mill Road towards the coast',
	person: 'Siyabonga',
	age: '6',
	actBy: new Date('2026-11-23T13:00:00Z')
};
const given: Given = {
	municipality: 'Khanyisa',
	emergency: '112',
	timeZone: 'Africa/Johannesburg',
	expiresAt: new Date('2026-11-23T20:00:00Z'),
	nextUpdateAt: new Date('2026-11-23T13:30:00Z'),
	link: 'https://khanyisa.example/alerts/K7F-2QD',
	status: 'actual'
};
const all = alertLanguages.flatMap((language) =>
	templateCodes.map((code): [string, TemplateCode] => [language, code])
);
const said = (
	language: string,
	code: TemplateCode,
	more: Partial<Given> = {},
	slot: Partial<SlotValues> = {}
) =>
	compose(
		{
			language,
			words: firstWords[language].templates[code],
			common: firstWords[language],
			reviewedBy: 'N. Dube'
		},
		{ ...values, ...slot },
		{
			...given,
			hazard:
				code === 'all_clear' || code === 'correction'
					? firstWords[language].templates.wildfire_leave_now.hazard
					: undefined,
			...more
		},
		now
	);

describe.each(all)('%s, %s', (language, code) => {
	const words = firstWords[language].templates[code];

	test('names no slot that would go out empty, and every slot it has', () => {
		expect(unknownSlots(code, words)).toEqual([]);
		const text = wordNames.map((name) => words[name] ?? '').join(' ');
		for (const slot of templateOf(code).slots) expect(text).toContain(`{${slot}}`);
	});

	test('says hazard and action in capitals, and fits every phone with long names', () => {
		const text = said(language, code);
		expect(words.hazard).toBe(words.hazard.toUpperCase());
		for (const part of [text.headline, text.description]) expect(part).toContain(words.hazard);
		expect(text.instruction).toMatch(/^\p{Lu}{2,}/u);
		expect(text.headline.length).toBeLessThanOrEqual(mostHeadline);
		expect(text.push.body.length).toBeLessThanOrEqual(mostPush);
		expect(text.areaDescription.length).toBeLessThanOrEqual(mostArea);
		expect(JSON.stringify(text)).not.toMatch(/[{}]\w|undefined/);
		expect(new Set([text.headline, text.description, text.instruction]).size).toBe(3);
	});

	test('one SMS letter is one septet, the link comes last, three parts at most', () => {
		const { sms } = said(language, code);
		expect(isGsm7(sms)).toBe(true);
		expect(measure(sms).segments).toBeLessThanOrEqual(mostSmsParts);
		expect(sms.endsWith(` ${given.link}`)).toBe(true);
	});

	test('says EXERCISE first wherever it is one', () => {
		const { headline, description, instruction, push, sms } = said(language, code, {
			status: 'exercise'
		});
		for (const part of [headline, description, instruction, push.title, push.body, sms])
			expect(part.startsWith('EXERCISE: ')).toBe(true);
		expect(sms).not.toMatch(/not a drill/i);
	});
});

test('no two languages say the same, and every template is there in each', () => {
	for (const code of templateCodes) {
		const instructions = alertLanguages.map(
			(language) => firstWords[language].templates[code].instruction
		);
		expect(new Set(instructions).size).toBe(alertLanguages.length);
	}
});

test('a place whose letters cost more loses its marks in the SMS and nowhere else', () => {
	const text = said('af', 'flood', {}, { place: 'Môreson, Hoëveld' });
	expect(text.sms).toContain('Moreson, Hoeveld');
	expect(text.sms).toContain('GAAN HOOG OP');
	expect(text.headline).toContain('Môreson, Hoëveld');
	// What GSM-7 has needs no loss.
	expect(said('en', 'flood', {}, { place: 'Klein Österreich' }).sms).toContain('Österreich');
});

test('times are said with their weekday and 24 hours, in the language of the text', () => {
	expect(said('en', 'flood').description).toContain(
		'before Mon 23 Nov, 15:00. Next news: Mon 23 Nov, 15:30. Valid until Mon 23 Nov, 22:00.'
	);
	expect(said('af', 'flood').description).toContain('Ma 23');
	expect(said('zu', 'flood').description).toMatch(/15:00/);
});

test('every slot says what to fill in, and for how long', () => {
	for (const { label, hint, most } of Object.values(slots)) {
		expect(label.length * hint.length).toBeGreaterThan(0);
		expect(most).toBeGreaterThan(2);
	}
});
