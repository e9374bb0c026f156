import { expect, test } from 'vitest';
import { fillTemplate } from './templates.ts';

const blanks = { reference: 'KHA-26-7K3MQ', service: 'Water leak', place: 'Vlei Street' };

test.each([
	['{service} at {place}: {reference}.', 'Water leak at Vlei Street: KHA-26-7K3MQ.'],
	['{place}, {place}', 'Vlei Street, Vlei Street'],
	['{name} {Reference} {', '{name} {Reference} {']
])('%s', (text, filled) => {
	expect(fillTemplate(text, blanks)).toBe(filled);
});

test('what is not known is said in words', () => {
	expect(fillTemplate('{service}, {place}', { reference: 'KHA-26-7K3MQ', place: null })).toBe(
		'what you reported, the place you told us about'
	);
});

test('a place that looks like a blank is not filled again', () => {
	expect(fillTemplate('{place}', { ...blanks, place: '{reference} $& $1' })).toBe(
		'{reference} $& $1'
	);
});
