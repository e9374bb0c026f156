import * as v from 'valibot';
import { expect, test } from 'vitest';
import { codeOf, freeCode } from './codes.ts';
import { dialled, email, line, list, oneOf, wholeNumber } from './fields.ts';

const problem = (schema: v.GenericSchema, sent: unknown) =>
	v.safeParse(schema, sent).issues?.[0].message;

// prettier-ignore
test.each([
	['Roads & Stormwater', 'roads-stormwater'],
	['Tshivenḓa  desk', 'tshivenda-desk'],
	['!!!', 'other']
])('%s has the code %s', (name, code) => {
	expect(codeOf(name)).toBe(code);
});

test('a code that is taken gets a number', () => {
	expect(freeCode('Water', ['roads'])).toBe('water');
	expect(freeCode('Water', ['water', 'water-2'])).toBe('water-3');
});

// prettier-ignore
test.each([
	[line('Name', 5), 'Waters', 'Name: 5 characters at most'],
	[line('Name', 5), ['a', 'b'], 'Name: give one answer'],
	[line('Name', 5), undefined, undefined],
	[wholeNumber('Radius', 0, 500), '501', 'Radius: 500 at most'],
	[wholeNumber('Radius', 0, 500), '-1', 'Radius: a number from 0 to 500'],
	[wholeNumber('Radius', 0, 500), '12.5', 'Radius: a number from 0 to 500'],
	[wholeNumber('Radius', 0, 500), undefined, 'Radius: a number from 0 to 500'],
	[oneOf(['a', 'b'], 'Choose one'), undefined, 'Choose one'],
	[oneOf(['a', 'b'], 'Choose one'), 'c', 'Choose one'],
	[email, 'water@khanyisa', 'E-mail: write it like water@khanyisa.gov.za'],
	[email, '', undefined],
	[dialled(), '107', undefined],
	[dialled(), '*120*321#', undefined],
	[dialled(), 'ask Riaan', 'Telephone: digits as they are dialled, like 044 302 6300']
])('%#: %j', (schema, sent, message) => {
	expect(problem(schema, sent)).toBe(message);
});

test('a name sent once is a list of one', () => {
	expect(v.parse(list, 'zu')).toEqual(['zu']);
	expect(v.parse(list, undefined)).toEqual([]);
});
