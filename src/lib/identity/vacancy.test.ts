import { expect, test } from 'vitest';
import { actingObstacle, actingUntil, vacancies, type SeatTerm } from './vacancy.ts';

const on = (day: string) => new Date(`2026-${day}T00:00:00+02:00`);
const term = (kind: SeatTerm['term'], from: string, until: string | null): SeatTerm => ({
	term: kind,
	startsAt: on(from),
	endsAt: until ? on(until) : null
});

test.each([
	['nobody ever sat there', [], null],
	['the councillor resigned', [term('ward', '01-01', '11-01')], null],
	['only a proportional councillor is allocated', [term('pr', '01-01', null)], null],
	['the councillor sits', [term('ward', '01-01', null)], 'seat_is_taken'],
	['an imported term says nothing of its kind', [term(null, '01-01', null)], 'seat_is_taken'],
	['the councillor leaves later', [term('ward', '01-01', '12-31')], 'seat_is_taken'],
	['the by-election is decided', [term('ward', '12-15', null)], null],
	['somebody acts', [term('acting', '11-05', '12-31')], 'somebody_acts_already'],
	['somebody will act', [term('acting', '12-01', '12-31')], 'somebody_acts_already'],
	['somebody acted before', [term('acting', '10-01', '11-10')], null]
] as const)('an acting councillor from 20 November, when %s', (_, terms, obstacle) => {
	expect(actingObstacle([...terms], on('11-20'))).toBe(obstacle);
});

test.each([
	['until the day chosen', [], '12-31', '12-31'],
	['open', [], null, null],
	['until the elected one begins', [term('ward', '12-15', null)], null, '12-15'],
	['not past the elected one', [term('ward', '12-15', null)], '12-31', '12-15'],
	['to its own day when that comes first', [term('ward', '12-15', null)], '12-01', '12-01'],
	['past a proportional one', [term('pr', '12-15', null)], '12-31', '12-31']
] as const)('an acting term runs %s', (_, terms, until, ends) => {
	expect(actingUntil([...terms], on('11-20'), until ? on(until) : null)).toEqual(
		ends ? on(ends) : null
	);
});

test('wards without an elected councillor are vacant, acted for or not', () => {
	const wards = [{ code: 'a' }, { code: 'b' }, { code: 'c' }];
	const held = [
		{ ...term('ward', '01-01', null), wardCode: 'a', name: 'Lindiwe' },
		{ ...term('acting', '11-01', '12-31'), wardCode: 'b', name: 'Themba' },
		{ ...term('pr', '01-01', null), wardCode: 'c', name: 'Themba' }
	];
	expect(
		vacancies(wards, held, on('11-20')).map(({ wardCode, acting }) => [wardCode, acting?.name])
	).toEqual([
		['b', 'Themba'],
		['c', undefined]
	]);
});
