import { describe, expect, test } from 'vitest';
import { wildfire } from '../../../tests/support/alerts.ts';
import { limits, outputsOf } from './outputs.ts';
import { actionOf, headlineAfter, sentences, textFor } from './say.ts';
import { estimatedSeconds, syllables } from './speech.ts';

const [english, zulu] = wildfire().texts;
const facts = { link: 'https://khanyisa.imbizo.example/alerts/K7F-2QD', code: 'K7F-2QD 7KXM' };
const all = (text = english) =>
	Object.fromEntries(
		outputsOf(text, { ...facts, clock: (words) => estimatedSeconds(words, text.language) }).map(
			(each) => [each.kind, each]
		)
	);

describe('the action', () => {
	test.each([
		['LEAVE NOW. Go by Mill Road to the hall.', 'LEAVE NOW', 'Go by Mill Road to the hall.'],
		[
			'BOIL THE WATER for one minute. Let it cool.',
			'BOIL THE WATER',
			'BOIL THE WATER for one minute. Let it cool.'
		],
		[
			'KEEP WATER NOW, in clean containers.',
			'KEEP WATER NOW',
			'KEEP WATER NOW, in clean containers.'
		],
		['PHUMANI MANJE. Hambani ngo-Mill Road.', 'PHUMANI MANJE', 'Hambani ngo-Mill Road.'],
		['MOENIE DOEN wat ons gevra het nie.', 'MOENIE DOEN', 'MOENIE DOEN wat ons gevra het nie.'],
		['Stay calm. Wait.', 'Stay calm', 'Wait.'],
		['LEAVE NOW', 'LEAVE NOW', ''],
		['LEAVE NOW. CALL 10177 if you cannot.', 'LEAVE NOW', 'CALL 10177 if you cannot.']
	])('%s', (instruction, action, rest) => {
		expect(actionOf(instruction)).toEqual({ action, rest });
	});

	test('sentences keep numbers and addresses whole', () => {
		expect(sentences('Call 10177. At 14.30 go to khanyisa.gov.za now! Why? Fire')).toEqual([
			'Call 10177.',
			'At 14.30 go to khanyisa.gov.za now!',
			'Why?',
			'Fire'
		]);
	});

	test('a headline does not say it twice', () => {
		expect(headlineAfter('LEAVE NOW: WILDFIRE near', 'LEAVE NOW')).toBe('WILDFIRE near');
		expect(headlineAfter('UNSAFE WATER: BOIL IT', 'BOIL THE WATER')).toBe('UNSAFE WATER: BOIL IT');
	});

	test('people read their own language where somebody stands behind it, else the first', () => {
		expect(textFor(wildfire(), 'zu')?.language).toBe('zu');
		expect(textFor(wildfire(), 'af')?.language).toBe('en');
		expect(textFor({ texts: [] }, 'en')).toBeUndefined();
	});
});

describe('one alert, every output', () => {
	test.each([
		['English', english],
		['isiZulu', zulu]
	])('in %s every one fits', (_, text) => {
		for (const each of Object.values(all(text)))
			expect(each, each.kind).toMatchObject({ fits: true });
	});

	test('no output says a word that nobody approved', () => {
		const approved = new Set(
			`${english.source} ${english.headline} ${english.description} ${english.instruction} ${english.push.title} ${english.push.body} ${english.sms}`.split(
				/[^\p{L}\d]+/u
			)
		);
		for (const { kind, parts } of Object.values(all())) {
			if (kind === 'whatsapp') continue;
			const words = parts
				.join(' ')
				.replace(/\n(1 > )?\d\/\d/g, '')
				.split(/[^\p{L}\d]+/u);
			expect(
				words.filter((word) => word && !approved.has(word)),
				kind
			).toEqual([]);
		}
	});

	test('the loud-hailer says what to do within 15 seconds, the radio within 30', () => {
		const { hailer, radio } = all();
		expect(hailer.parts[0]).toContain('LEAVE NOW');
		expect(hailer.used).toBeLessThanOrEqual(limits.hailer);
		expect(radio.parts[0]).toMatch(/^Khanyisa Disaster Management Centre\. WILDFIRE/);
		expect(radio.used).toBeLessThanOrEqual(limits.radio);
	});

	test('what does not fit says so', () => {
		const long = 'GO '.repeat(200).trim();
		const { hailer, radio, sms, push } = all({
			...english,
			headline: long,
			sms: long,
			push: { title: 'x', body: long }
		});
		for (const each of [hailer, radio, sms, push])
			expect(each, each.kind).toMatchObject({ fits: false });
	});

	test('one letter outside GSM-7 is counted', () => {
		expect(all({ ...english, sms: `${'x'.repeat(150)}môre` }).sms.used).toBe(3);
		expect(all({ ...english, sms: `${'x'.repeat(150)}more` }).sms.used).toBe(1);
	});

	test('screens of a feature phone begin with the action and lead on', () => {
		const { ussd } = all();
		expect(ussd.parts[0]).toMatch(/^LEAVE NOW/);
		expect(ussd.parts[0]).toMatch(/\n1 > 1\/\d$/);
		for (const part of ussd.parts) expect(part.length).toBeLessThanOrEqual(limits.ussd);
	});

	test('a message to forward ends with its code and its link', () => {
		expect(all().whatsapp.parts[0]).toMatch(
			/K7F-2QD 7KXM\n\nhttps:\/\/khanyisa\.imbizo\.example\/alerts\/K7F-2QD$/
		);
	});
});

test.each([
	['Leave now', 'en', 3],
	['Phuma manje', 'zu', 4],
	['Ngenani ngaphakathi', 'zu', 7],
	['10177', 'en', 10],
	['SMS', 'en', 1],
	['', 'en', 0]
])('%s in %s: %i syllables', (text, language, n) => {
	expect(syllables(text, language)).toBe(n);
});
