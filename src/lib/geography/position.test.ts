import { expect, test } from 'vitest';
import { decodePlusCode, findPlusCode, plusCodeOf } from './plus-code.ts';
import { metresBetween, readPosition } from './position.ts';
import { positionSentence, wardPhrase } from './wording.ts';

test.each([
	['nothing at all', {}, null],
	['empty fields of a form', { lat: '', lon: ' ' }, null],
	[
		'a phone in Thembeni',
		{ lat: '-33.2325', lon: '28.508', accuracy: '24.6' },
		[28.508, -33.2325, 25]
	],
	['a pin without a radius', { lat: -33.2, lon: 28.5 }, [28.5, -33.2, null]],
	['the decimal comma', { lat: '-33,2', lon: '28,5' }, [28.5, -33.2, null]],
	['a typographic minus', { lat: '−33.2', lon: '28.5' }, [28.5, -33.2, null]],
	[
		'a radius that is nonsense',
		{ lat: '-33.2', lon: '28.5', accuracy: 'NaN' },
		[28.5, -33.2, null]
	],
	['only a latitude', { lat: '-33.2' }, 'half_missing'],
	['words', { lat: 'here', lon: '28.5' }, 'not_a_number'],
	['NaN as a text', { lat: 'NaN', lon: 'NaN' }, 'not_a_number'],
	['NaN as a number', { lat: NaN, lon: 28.5 }, 'not_a_number'],
	['infinity', { lat: '-33.2', lon: Infinity }, 'not_a_number'],
	['exponents and hexadecimals', { lat: '-3e1', lon: '0x1c' }, 'not_a_number'],
	['changed places', { lat: '28.5', lon: '-33.2' }, 'swapped'],
	['off the globe', { lat: '-133.2', lon: '28.5' }, 'out_of_range'],
	['further round than round', { lat: '-33.2', lon: '285.5' }, 'out_of_range'],
	['null island', { lat: '0', lon: '0' }, 'outside_country'],
	['London', { lat: '51.5', lon: '-0.1' }, 'outside_country'],
	['the wrong half of the globe', { lat: '33.2', lon: '28.5' }, 'outside_country']
])('reads %s', (_, sent, expected) => {
	const read = readPosition(sent);
	if (typeof expected === 'string') return expect(read.obstacle).toBe(expected);
	expect(read.obstacle).toBe(undefined);
	const { position, accuracy } = read as { position: { lon: number; lat: number }; accuracy: null };
	expect(position && [position.lon, position.lat, accuracy]).toEqual(expected);
});

test('whoever swapped them is offered the other way round', () => {
	const read = readPosition({ lat: '28.5', lon: '-33.2' });
	expect(read.obstacle && positionSentence(read.obstacle, read.swapped)).toBe(
		'Latitude and longitude have changed places. Did you mean latitude -33.2, longitude 28.5?'
	);
});

test('a degree of latitude is 111 kilometres', () => {
	expect(metresBetween({ lon: 28, lat: -33 }, { lon: 28, lat: -34 })).toBeCloseTo(111_195, 0);
});

// Knysna's centre as the Demarcation Board's town publishes it.
const knysna = { lon: 23.0471, lat: -34.0363 };

test.each([
	['a full code', '4GQ5X27W+FRQ', '4GQ5X27W+FRQ', false, ''],
	['a short code with its town', 'x27w+frq Knysna', 'X27W+FRQ', true, 'Knysna'],
	['spaces around the plus', 'X27W + FR, Knysna', 'X27W+FR', true, 'Knysna'],
	['in the middle of words', 'behind X27W+FR at the shop', 'X27W+FR', true, 'behind at the shop']
])('finds %s', (_, typed, code, short, rest) => {
	expect(findPlusCode(typed)).toEqual({ code, short, rest });
});

test.each(['12 Vlei Street', '2+2', 'C++', 'AEIOU+AE', 'X27W+', '4GQ5X27W', 'pole 23+4'])(
	'takes no code from %j',
	(typed) => {
		expect(findPlusCode(typed)).toBe(null);
	}
);

test('a short code is read near its town', () => {
	const full = decodePlusCode({ code: '4GQ5X27W+FRQ', short: false }, { lon: 0, lat: 0 });
	const short = decodePlusCode({ code: 'X27W+FRQ', short: true }, knysna);
	expect(short.code).toBe('4GQ5X27W+FRQ');
	expect(short.position).toEqual(full.position);
	expect(metresBetween(full.position, knysna)).toBeLessThan(600);
	expect(full.accuracy).toBeLessThanOrEqual(3);
	expect(plusCodeOf(full.position)).toBe('4GQ5X27W+FR');
});

test.each([
	['99901007', [], 'Ward 7'],
	['99901006', ['99901008'], 'Ward 6, maybe 8'],
	[null, ['99901006', '99901008'], 'Maybe ward 6 or 8'],
	[null, [], 'No ward yet']
])('says %s with %j', (code, maybe, phrase) => {
	expect(wardPhrase(code, maybe)).toBe(phrase);
});
