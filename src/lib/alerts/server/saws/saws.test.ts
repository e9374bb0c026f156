import { describe, expect, test } from 'vitest';
import type { CapAlert } from '../cap/document.ts';
import { readCap } from '../cap/read.ts';
import { writeCap } from '../cap/write.ts';
import { linksOf, mostItems } from './feed.ts';
import { isNamedAfter, levelWords, weatherOf } from './warning.ts';

const morning = new Date('2026-08-25T05:00:00Z');

/** With the service's own quirks: an update that refers to nothing, Restricted on a public feed, `en-EN`. */
const wind = (
	more: Partial<CapAlert> = {},
	info: Partial<CapAlert['info'][number]> = {}
): CapAlert => ({
	identifier: 'WC_CAP_DamagingWinds_20260825_060642',
	sender: 'SAWSMeteoFactorySystem',
	sent: '2026-08-25T06:03:00+02:00',
	status: 'Actual',
	msgType: 'Update',
	scope: 'Restricted',
	code: [],
	info: [
		{
			language: 'en-EN',
			category: ['Met'],
			event: 'Damaging Winds',
			responseType: [],
			urgency: 'Future',
			severity: 'Minor',
			certainty: 'Observed',
			eventCode: [],
			onset: '2026-08-26T00:00:00+02:00',
			expires: '2026-08-26T23:59:59+02:00',
			senderName: 'SAWSWesternCapeRegionalOffice',
			headline: 'Damaging Winds',
			description: 'Localised damage to settlements.',
			parameter: [{ valueName: 'alertType', value: 'Warning Level 2' }],
			resource: [],
			area: [
				{
					areaDesc: 'Khanyisa / Lower Thembeni',
					polygon: ['-33.9,18.8 -33.9,18.9 -34,18.9 -33.9,18.8'],
					circle: [],
					geocode: []
				}
			],
			...info
		}
	],
	...more
});

describe('a message of the Weather Service', () => {
	test('is kept in its own words, its level as it was sent', () => {
		const [weather] = weatherOf(readCap(writeCap(wind())), morning);
		expect(weather).toMatchObject({
			event: 'Damaging Winds',
			level: 'Warning Level 2',
			description: 'Localised damage to settlements.',
			instruction: '',
			cancelled: false
		});
		expect(weather.rings).toEqual([
			[
				[18.8, -33.9],
				[18.9, -33.9],
				[18.9, -34],
				[18.8, -33.9]
			]
		]);
		expect(weather.faults.map(({ field }) => field)).toContain('references');
	});

	test('issued again under another identifier, minutes moved, it is the same; tomorrow it is another', () => {
		const key = (alert: CapAlert) => weatherOf(alert, morning)[0].sameAs;
		expect(
			key(
				wind(
					{ identifier: 'other', sent: '2026-08-25T08:03:00+02:00' },
					{ onset: '2026-08-26T02:31:00+02:00' }
				)
			)
		).toBe(key(wind()));
		expect(key(wind({}, { onset: '2026-08-27T02:31:00+02:00' }))).not.toBe(key(wind()));
		expect(key(wind({}, { event: 'Veld fire' }))).not.toBe(key(wind()));
	});

	test.each<[string, CapAlert]>([
		['over', wind({}, { expires: '2026-08-25T06:00:00+02:00' })],
		['without an end', wind({}, { expires: undefined })],
		['a test', wind({ status: 'Test' })],
		['an exercise', wind({ status: 'Exercise' })],
		['a draft', wind({ status: 'Draft' })],
		['an acknowledgement', wind({ msgType: 'Ack' })]
	])('%s offers nothing', (_, alert) => {
		expect(weatherOf(alert, morning)).toEqual([]);
	});

	test('a broken polygon does not spoil the rest', () => {
		const area = [
			{
				areaDesc: 'Khanyisa',
				polygon: ['north', '1,2', '-33.9,18.8 -33.9,18.9 -34,18.9 -33.9,18.8'],
				circle: [],
				geocode: []
			}
		];
		expect(weatherOf(wind({}, { area }), morning)[0].rings).toHaveLength(1);
	});
});

test.each([
	['Warning Level 2', 'Yellow level 2 warning'],
	['Warning Level 5', 'Orange level 5 warning'],
	['Warning Level 10', 'Red level 10 warning'],
	['Warning Level 11', 'Warning Level 11'],
	['Advisory', 'Advisory'],
	['', '']
])('%s is said as %s', (level, words) => {
	expect(levelWords(level)).toBe(words);
});

test.each<[string[], string, boolean]>([
	[['Khanyisa / Khanyisa'], 'Khanyisa', true],
	[['uMlalazi / uMhlathuze / M6 Richards Bay'], 'uMhlathuze', true],
	[['KwaDukuza / M4 Tugela Mouth'], 'KwaDukuza Local Municipality', true],
	[['Khanyisa North'], 'Khanyisa', false],
	[[], 'Khanyisa', false]
])('%s and %s: %s', (areas, name, is) => {
	expect(isNamedAfter(areas, name)).toBe(is);
});

describe('the feed', () => {
	const feed = 'https://caps.example.org/Home/RssFeed';
	const rss = (links: string[]) =>
		`<rss version="2.0"><channel>${links.map((link) => `<item><link>${link}</link></item>`).join('')}</channel></rss>`;

	test('leads to its own documents alone, each once, and not to too many', () => {
		expect(
			linksOf(
				rss([
					'/Documents/Warnings/a.xml',
					'https://caps.example.org/b.XML',
					'https://caps.example.org/b.XML',
					'http://169.254.169.254/c.xml',
					'https://elsewhere.example/d.xml',
					'file:///etc/passwd.xml',
					'https://caps.example.org/page.html'
				]),
				feed
			)
		).toEqual([
			'https://caps.example.org/Documents/Warnings/a.xml',
			'https://caps.example.org/b.XML'
		]);
		expect(linksOf(rss(Array.from({ length: 306 }, (_, i) => `/${i}.xml`)), feed)).toHaveLength(
			mostItems
		);
	});

	test('that is no feed, or an attack, is refused', () => {
		expect(() => linksOf('<html/>', feed)).toThrow('no feed');
		expect(() =>
			linksOf('<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss/>', feed)
		).toThrow('document type');
	});
});
