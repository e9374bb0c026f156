import { expect, test } from 'vitest';
import { measure, toGsm7 } from './gsm7.ts';
import { nextTry, optedOut, quietUntil, route, usualQuiet, usualWishes } from './rules.ts';
import { templates, type Facts, type TemplateCode } from './templates.ts';
import { compose, isReviewed, messageLanguages } from './wording.ts';
import { af } from './words/af.ts';
import { en } from './words/en.ts';
import { xh } from './words/xh.ts';
import { zu } from './words/zu.ts';

// prettier-ignore
test.each([
	['2026-11-20T18:59:00Z', null],                   // 20:59
	['2026-11-20T19:00:00Z', '2026-11-21T04:30:00Z'], // 21:00
	['2026-11-21T04:29:30Z', '2026-11-21T04:30:00Z'], // 06:29
	['2026-11-21T04:30:00Z', null]                    // 06:30
])('at %s somebody may be told from %s', (now, from) => {
	expect(quietUntil(new Date(now), usualQuiet, 'Africa/Johannesburg')).toEqual(from && new Date(from));
});

test('quiet hours within one day, and none', () => {
	const noon = new Date('2026-11-20T10:00:00Z');
	expect(quietUntil(noon, { from: 600, to: 840 }, 'Africa/Johannesburg')).toEqual(
		new Date('2026-11-20T12:00:00Z')
	);
	expect(quietUntil(noon, { from: 0, to: 0 }, 'Africa/Johannesburg')).toBeNull();
});

// prettier-ignore
test.each([
	[['*'], true], [['sms'], true], [['sms:issue'], true], [['issue'], true],
	[['email'], false], [['sms:commitment'], false], [[], false]
])('opted out of %j: no SMS about an issue is %s', (not, silent) => {
	expect(optedOut(not, 'sms', 'issue')).toBe(silent);
});

test('tries come at growing pauses, later when the gateway asks, and end', () => {
	const now = new Date('2026-11-20T10:00:00Z');
	expect(nextTry(1, now)).toEqual(new Date('2026-11-20T10:01:00Z'));
	expect(nextTry(1, now, 120)).toEqual(new Date('2026-11-20T10:02:00Z'));
	expect(nextTry(1, now, 1e9)).toEqual(new Date('2026-11-20T11:00:00Z'));
	expect(nextTry(6, now)).toBeNull();
});

// prettier-ignore
test.each([
	['a'.repeat(160), 'gsm7', 1], ['a'.repeat(161), 'gsm7', 2], ['a'.repeat(306), 'gsm7', 2], ['a'.repeat(307), 'gsm7', 3],
	['ê' + 'a'.repeat(69), 'ucs2', 1], ['ê' + 'a'.repeat(70), 'ucs2', 2],
	['a'.repeat(159) + '€', 'gsm7', 2], ['a'.repeat(158) + '€', 'gsm7', 1],
	['é è ö É Ö', 'gsm7', 1], ['ë', 'ucs2', 1], ['ḓ', 'ucs2', 1]
])('%s travels as %s in %i', (text, encoding, segments) => {
	expect(measure(text)).toMatchObject({ encoding, segments });
});

test('typographic signs do not cost a message', () => {
	expect(measure(toGsm7('“It’s done” – said she…')).encoding).toBe('gsm7');
});

const facts: Facts = {
	municipality: 'Khanyisa',
	reference: 'KHA-26-7K3MQ',
	receipt: '23456789BCDFGHJKMNPQRSTVWX',
	confirm: 'https://khanyisa.example/messages/0123456789abcdef0123456789abcdef',
	department: 'Water and Sanitation',
	who: 'Lindiwe Hartzen',
	what: 'Councillor',
	due: 'Tue 24 Nov',
	oldDue: 'Fri 30 Oct',
	code: '123456',
	link: 'https://khanyisa.example/invitations/0123456789abcdef0123456789abcdef',
	reason: 'it names a child',
	list: '3 new',
	name: 'Thandi Mokoena'
};
const letter = (template: TemplateCode, language: string) => ({
	template,
	language,
	facts,
	words: 'Private words',
	url: 'https://khanyisa.example/issues/KHA-26-7K3MQ',
	settings: facts.confirm!
});
const codes = Object.keys(templates) as TemplateCode[];

test.each(messageLanguages)('every SMS in %s fits into one part and names nobody', (language) => {
	for (const code of codes) {
		const { text } = compose('sms', letter(code, language));
		expect(measure(text), text).toMatchObject({ encoding: 'gsm7', segments: 1 });
		expect(text).not.toMatch(/Thandi|Lindiwe|Private|BCDFGHJK/);
	}
});

test('every language fills the same places, and titles hold no secret', () => {
	const places = (text: string) => [...new Set(text.match(/\{\w+\}/g))].sort();
	for (const words of [zu, xh, af])
		for (const code of codes) {
			const [ours, theirs] = [en.templates[code], words.templates[code]];
			expect(places(theirs.title), code).toEqual(places(ours.title));
			expect(places(theirs.body), code).toEqual(places(ours.body));
			expect(theirs.title).not.toMatch(/\{(code|receipt|name|who|words)\}/);
		}
});

test('drafts are known as drafts', () => {
	expect(messageLanguages.filter(isReviewed)).toEqual(['en']);
});

test('a line whose fact is missing is left out', () => {
	const { text } = compose('inbox', {
		...letter('receipt', 'en'),
		facts: { reference: 'KHA-26-7K3MQ' },
		words: undefined
	});
	expect(text).toBe('Keep this number: KHA-26-7K3MQ.');
});

test('a lock screen shows no words of anybody', () => {
	expect(compose('web_push', letter('reply', 'en'))).toEqual({
		title: 'KHA-26-7K3MQ: an answer',
		text: 'Water and Sanitation answered.'
	});
});

const mail = {
	id: 'mail',
	kind: 'email' as const,
	verified: true,
	bounced: false,
	receiptsToday: 0,
	receiptsThisHour: 0
};
const cell = {
	id: 'cell',
	kind: 'phone' as const,
	verified: true,
	bounced: false,
	receiptsToday: 0,
	receiptsThisHour: 0
};
const ask = {
	template: 'reply' as TemplateCode,
	subject: 'issue',
	urgency: 'normal' as const,
	channel: 'email' as const,
	contact: null,
	own: [mail, cell],
	hasPerson: true,
	canPush: false,
	wishes: usualWishes
};
const wish = (channel: 'email' | 'sms' | 'web_push' | 'inbox') => ({ ...usualWishes, channel });

// prettier-ignore
test.each([
	['as chosen when following', {}, { channel: 'email', contactPointId: 'mail' }],
	['the way the person wants now', { wishes: wish('sms') }, { channel: 'sms', contactPointId: 'cell' }],
	['their wish before the contact they followed with', { contact: mail, wishes: wish('inbox') }, { channel: 'inbox', contactPointId: null }],
	['on the phone when it can be pushed to', { wishes: wish('web_push'), canPush: true }, { channel: 'web_push', contactPointId: null }],
	['otherwise as before', { wishes: wish('web_push') }, { channel: 'email', contactPointId: 'mail' }],
	['a code where it was asked for', { template: 'sign_in_code', contact: cell, wishes: wish('inbox') }, { channel: 'sms', contactPointId: 'cell' }],
	['inside, when nothing else is left', { own: [] }, { channel: 'inbox', contactPointId: null }],
	['nowhere without person or contact', { own: [], hasPerson: false }, { skipped: 'unreachable' }],
	['not to an address that bounced', { contact: { ...mail, bounced: true } }, { skipped: 'bounced' }],
	['not as the seventh receipt in an hour, even where it was proved', { template: 'receipt', contact: { ...mail, receiptsThisHour: 6 } }, { skipped: 'too_many' }],
	['as news, however many receipts went there', { contact: { ...mail, receiptsThisHour: 6 } }, { channel: 'email', contactPointId: 'mail' }],
	['not to a contact nobody confirmed', { contact: { ...mail, verified: false } }, { skipped: 'not_verified' }]
])('a message goes %s', (_, more, way) => {
	expect(route({ ...ask, ...more } as Parameters<typeof route>[0])).toEqual(way);
});
