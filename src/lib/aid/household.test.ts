import { expect, test } from 'vitest';
import { ageOn, birthObstacle, idObstacle, prioritiesOf } from './household.ts';

const today = '2026-11-24';

// prettier-ignore
test.each([
	['1985-03-12', null],
	['1985', null],
	['2026-11-24', null],
	['2026-11-25', 'in_future'],
	['2027', 'in_future'],
	['1905-01-01', 'too_old'],
	['1985-02-30', 'no_date'],
	['2023-02-29', 'no_date'],
	['12.3.1985', 'no_date'],
	['85', 'no_date']
])('born %s: %s', (birth, obstacle) => {
	expect(birthObstacle(birth, today)).toBe(obstacle);
});

// prettier-ignore
test.each([
	['8001015009087', null],
	['7503305044089', null],
	['8801235111088', null],
	['9202204720082', 'wrong_check'],
	['7110205061081', 'wrong_check'],
	['0000000000000', 'no_date'],
	['800101500908', 'not_13_digits'],
	['8001015009087x', 'not_13_digits']
])('identity number %s: %s', (id, obstacle) => {
	expect(idObstacle(id)).toBe(obstacle);
});

test('years are full only on the birthday', () => {
	expect(ageOn('2021-11-24', today)).toBe(5);
	expect(ageOn('2021-11-25', today)).toBe(4);
	expect(ageOn('1966', today)).toBe(60);
	expect(ageOn(null, today)).toBeNull();
});

test('who goes first is counted among the living', () => {
	const person = (birth: string | null, more = {}) => ({
		birth,
		disability: false,
		diedAt: null,
		...more
	});
	expect(prioritiesOf([person('1980-01-01')], today)).toEqual([]);
	expect(prioritiesOf([person('2024-01-01'), person('2014-01-01'), person('1950')], today)).toEqual(
		['small_child', 'child', 'older']
	);
	expect(prioritiesOf([person(null, { disability: true })], today)).toEqual(['disability']);
	expect(prioritiesOf([person('1950', { diedAt: new Date() })], today)).toEqual([]);
});
