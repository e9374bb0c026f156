import { expect, test } from 'vitest';
import { hours, later, minutes } from '../platform/time.ts';
import type { AlertText } from './alert.ts';
import {
	checklist,
	checkNames,
	checkWords,
	saysName,
	type CheckName,
	type ToCheck
} from './checklist.ts';
import { templateOf } from './templates.ts';

const now = new Date('2026-11-23T12:00:00Z');
const link = 'https://khanyisa.example/alerts/K7F-2QD';
const en: AlertText = {
	language: 'en',
	source: 'Khanyisa Disaster Management Centre',
	headline: 'LEAVE NOW: WILDFIRE moving fast towards Aloe Ridge',
	description: 'WILDFIRE is moving fast towards houses in Aloe Ridge.',
	instruction: 'LEAVE NOW. Go by Coast Road. If you cannot, call 112.',
	areaDescription: 'Aloe Ridge',
	push: { title: 'LEAVE NOW', body: 'WILDFIRE' },
	sms: `WILDFIRE. LEAVE NOW. ${link}`,
	reviewedBy: 'Miriam Jacobs'
};
const good: ToCheck = {
	template: templateOf('wildfire_leave_now'),
	values: {
		place: 'Aloe Ridge',
		from: 'the pass',
		towards: 'Sizwe Hall',
		route: 'Coast Road',
		person: '',
		age: '',
		actBy: later(now, minutes(30))
	},
	texts: [en],
	correction: [{ ...en, headline: 'FALSE ALERT' }],
	hazards: { en: 'WILDFIRE' },
	link,
	expiresAt: later(now, hours(8)),
	nextUpdateAt: later(now, hours(1)),
	legalBasis: { kind: 'advice' },
	areaProblem: null,
	names: ['Aloe Ridge', 'Ridge Street'],
	conflicts: [],
	promisesNews: true
};
const text = (more: Partial<AlertText>) => ({ texts: [{ ...en, ...more }] });
const value = (more: Partial<ToCheck['values']>) => ({ values: { ...good.values, ...more } });
const failing = (more: Partial<ToCheck>) =>
	checklist({ ...good, ...more }, now)
		.filter(({ why }) => why)
		.map(({ name }) => name);

test('a sound warning passes every check, and every check has words', () => {
	expect(failing({})).toEqual([]);
	for (const name of checkNames) expect(checkWords[name]).toBeTruthy();
});

// prettier-ignore
const cases: Array<[string, Partial<ToCheck>, CheckName]> = [
	['a slot is empty', value({ from: '' }), 'slots'],
	['an acronym speaks', text({ source: 'Khanyisa DMC' }), 'source'],
	['the hazard is whispered', text({ headline: 'Wildfire near' }), 'hazard'],
	['the effect is missing', text({ description: 'It is moving fast.' }), 'hazard'],
	['a place elsewhere is named', value({ place: 'Kelp Bay' }), 'place'],
	['half a name is no name', { ...value({ place: 'Ridge' }) }, 'place'],
	['nobody says which way', value({ route: '' }), 'to_where'],
	['no time to act is given', value({ actBy: null }), 'times'],
	['the next news is in the past', { nextUpdateAt: later(now, -1) }, 'times'],
	['the next news comes when all is over', { nextUpdateAt: later(now, hours(9)) }, 'times'],
	['one acts after the end', value({ actBy: later(now, hours(9)) }), 'times'],
	['it holds four minutes', { expiresAt: later(now, minutes(4)) }, 'life'],
	['it holds a day', { expiresAt: later(now, hours(24)) }, 'life'],
	['the action mumbles', text({ instruction: 'Please leave. If you cannot, call 112.' }), 'action'],
	['those who cannot are forgotten', text({ instruction: 'LEAVE NOW by Coast Road' }), 'cannot'],
	['the link stands in the middle', text({ sms: `WILDFIRE ${link} LEAVE NOW` }), 'link'],
	['there are two links', text({ sms: `WILDFIRE http://x.example ${link}` }), 'link'],
	['a level says it all', value({ from: 'Stage 3' }), 'no_code'],
	['two languages say the same', { texts: [en, { ...en, language: 'zu' }], hazards: { en: 'WILDFIRE', zu: 'WILDFIRE' }, correction: [en, { ...en, language: 'zu' }] }, 'one_language'],
	['headline and description are one', text({ description: en.headline }), 'distinct'],
	['a headline runs on', text({ headline: `WILDFIRE ${'x'.repeat(140)}` }), 'lengths'],
	['a push runs on', text({ push: { title: '', body: 'x'.repeat(361) } }), 'lengths'],
	['an SMS has four parts', text({ sms: `${'WILDFIRE '.repeat(60)}${link}` }), 'sms'],
	['one letter makes it dear', text({ sms: `ê${'WILDFIRE '.repeat(25)}${link}` }), 'sms'],
	['nobody stands behind the words', text({ reviewedBy: null }), 'reviewed'],
	['there is no English', { texts: [] }, 'reviewed'],
	['it could not be taken back in isiZulu', { texts: [en, { ...en, language: 'zu', instruction: 'PHUMANI MANJE. Uma ungakwazi, shayela u-112.' }], hazards: { en: 'WILDFIRE', zu: 'WILDFIRE' } }, 'correction'],
	['a direction has no Gazette', { legalBasis: { kind: 'direction', gazette: '?' } }, 'legal'],
	['advice orders', value({ from: 'a mandatory order' }), 'legal'],
	['the area is not sound', { areaProblem: 'The line crosses itself.' }, 'area'],
	['a shelter lies in it', { conflicts: ['Sizwe Hall'] }, 'shelters']
];
test.each(cases)('%s', (_, more, name) => {
	expect(failing(more)).toContain(name);
});

test('a direction with its Gazette may say must; a correction promises nothing', () => {
	expect(
		failing({
			legalBasis: { kind: 'direction', gazette: '8412 of 2026' },
			...value({ from: 'by order of the council' })
		})
	).toEqual([]);
	expect(failing({ promisesNews: false, nextUpdateAt: null, ...value({ actBy: null }) })).toEqual([
		'slots'
	]);
});

test('a name is said as a whole, whatever stands around it', () => {
	expect(saysName('north of Vlei Street, Thembeni', 'Vlei Street')).toBe(true);
	expect(saysName('MILL ROAD', 'Mill Road')).toBe(true);
	expect(saysName('Miller Street', 'Mill')).toBe(false);
	expect(saysName('Môreson.', 'Môreson')).toBe(true);
	expect(saysName('a (b', '(b')).toBe(true);
});
