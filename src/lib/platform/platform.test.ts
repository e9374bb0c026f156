import { expect, test } from 'vitest';
import { isId, newId } from './ids.ts';
import { cleanText, count, headline, shorten } from './text.ts';
import { dayAndTime, dayIn, isoDay } from './time.ts';

test('ids sort by the moment they were made, and say which it was', () => {
	const first = newId(new Date('2026-11-20T10:00:00.000Z'));
	const second = newId(new Date('2026-11-20T10:00:00.001Z'));
	expect(first < second).toBe(true);
	expect(parseInt(first.replaceAll('-', '').slice(0, 12), 16)).toBe(
		Date.parse('2026-11-20T10:00:00Z')
	);
	expect(isId(first)).toBe(true);
	expect(isId('1 or 1=1')).toBe(false);
});

// prettier-ignore
test.each([
	['  a\r\nb ', 'a\nb'],
	['water\u202Eretaw', 'waterretaw'],
	['nul\u0000 bell\u0007', 'nul bell'],
	['e\u0301', 'é']
])('%j is kept as %j', (typed, kept) => {
	expect(cleanText(typed)).toBe(kept);
});

test('long words are cut at a word, large numbers breathe', () => {
	expect(shorten('Water is running down Vlei Street since last night', 25)).toBe(
		'Water is running down…'
	);
	expect(count(12806)).toBe('12\u2009806');
});

test('an instant is read on the clock of the municipality', () => {
	const at = new Date('2026-11-24T14:00:00Z');
	expect(dayAndTime(at, at)).toBe('Tue 24 Nov, 16:00');
	expect(isoDay(new Date('2026-11-23T22:30:00Z'))).toBe('2026-11-24');
});

// prettier-ignore
test.each([
	['Street light out at 14 Ntaba Street. It is dark.', 'Street light out at 14 Ntaba Street'],
	['No. It broke.', 'No. It broke'],
	['No water here', 'No water here'],
	['A sentence that runs on and on without any end until nobody can read it any more, however long they try', 'A sentence that runs on and on without any end until…']
])('%j is headed %j', (text, heading) => {
	expect(headline(text, 55)).toBe(heading);
});

test.each([
	['zu', 'Bil 24 Nov'],
	['xh', 'Lwb 24 Nov'],
	['af', 'Di 24 Nov'],
	['ve', 'Vhi 24 Ḽar'],
	['fr', 'Tue 24 Nov']
])('a message in %s says the day as %s, whoever sends it', (language, said) => {
	const at = new Date('2026-11-24T14:00:00Z');
	expect(dayIn(language, at, at)).toBe(said);
});
