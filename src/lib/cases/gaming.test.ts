import { describe, expect, test } from 'vitest';
import { days, hours, later, minutes } from '../platform/time.ts';
import { flagsIn, type Happening } from './gaming.ts';

const monday = new Date('2026-11-16T08:00:00+02:00');
let nth = 0;

const happened = (kind: Happening['kind'], more: Partial<Happening> = {}): Happening => ({
	caseId: `case ${++nth}`,
	kind,
	by: 'Sipho',
	at: monday,
	photos: 0,
	...more
});
const many = (n: number, make: (i: number) => Happening) =>
	Array.from({ length: n }, (_, i) => make(i));
const inOrder = (...some: Happening[][]) =>
	some.flat().sort((a, b) => a.at.getTime() - b.at.getTime());
const found = (...some: Happening[][]) =>
	flagsIn(inOrder(...some)).map(({ sign, by, of, evidence }) => [sign, by, evidence.length, of]);

describe('pauses just before a promise breaks', () => {
	const pause = (left: number | null, more: Partial<Happening> = {}) =>
		happened('hold', { left, ...more });

	test('three of four in the last hours look like a game', () => {
		expect(found([pause(hours(1)), pause(hours(4)), pause(minutes(10)), pause(days(2))])).toEqual([
			['pause_before_breach', 'Sipho', 3, 4]
		]);
	});

	test.each([
		['two are chance', [pause(hours(1)), pause(hours(2))]],
		[
			'three of nine are what happens to whoever pauses much',
			[...many(3, () => pause(hours(1))), ...many(6, () => pause(days(3)))]
		],
		['the promise was broken already', many(4, () => pause(-hours(1)))],
		['nothing was promised', many(4, () => pause(null))],
		['a little more was left', many(4, () => pause(hours(4) + 1))],
		['three people, once each', ['a', 'b', 'c'].map((by) => pause(hours(1), { by }))],
		['the system', many(4, () => pause(hours(1), { by: null }))]
	])('not: %s', (_, pauses) => {
		expect(found(pauses)).toEqual([]);
	});
});

describe('claims that do not hold', () => {
	const claim = (caseId: string, at = monday, by = 'Sipho') =>
		happened('claim', { caseId, at, by, photos: 1 });
	const again = (caseId: string, after = days(2), kind: 'reopen' | 'contradict' = 'contradict') =>
		happened(kind, { caseId, by: null, at: later(monday, after) });

	test('three of five, opened again by residents or colleagues', () => {
		const claims = ['a', 'b', 'c', 'd', 'e'].map((caseId) => claim(caseId));
		expect(found(claims, [again('a'), again('b'), again('c', days(1), 'reopen')])).toEqual([
			['close_and_reopen', 'Sipho', 3, 5]
		]);
	});

	test('one case, three times, whoever closed it', () => {
		const turns = ['Sipho', 'Riaan', 'Bheki'].flatMap((by, i) => [
			claim('a', later(monday, days(i * 3)), by),
			again('a', days(i * 3 + 1))
		]);
		expect(found(turns)).toEqual([['close_and_reopen', null, 3, null]]);
	});

	test.each([
		['two leaks came back', [claim('a'), claim('b'), again('a'), again('b')]],
		[
			'three of forty',
			[
				...many(37, (i) => claim(`held ${i}`)),
				...['a', 'b', 'c'].flatMap((id) => [claim(id), again(id)])
			]
		],
		['it held for three weeks', ['a', 'b', 'c'].flatMap((id) => [claim(id), again(id, days(15))])],
		[
			'said to be done twice, opened by nobody',
			['a', 'b', 'c'].flatMap((id) => [claim(id), claim(id, later(monday, days(1)))])
		]
	])('not: %s', (_, events) => {
		expect(found(events)).toEqual([]);
	});
});

describe('services changed to and fro', () => {
	const change = (fromServiceId: string, serviceId: string, after: number, by = 'Sipho') =>
		happened('service_changed', {
			...{ caseId: 'a', fromServiceId, serviceId, by, at: later(monday, after) }
		});

	test('back to a service it had, or three changes', () => {
		const back = [change('leak', 'meter', 0), change('meter', 'leak', days(2))];
		expect(found(back)).toEqual([['category_shuffle', null, 2, null]]);
		const round = [
			change('leak', 'meter', 0),
			change('meter', 'pressure', days(1)),
			change('pressure', 'sewer', days(2))
		];
		expect(found(round)).toEqual([['category_shuffle', null, 3, null]]);
	});

	test.each([
		['put right once', [change('leak', 'meter', 0)]],
		['put right twice', [change('leak', 'meter', 0), change('meter', 'pressure', days(1))]],
		[
			'a slip of the hand, taken back at once',
			[change('leak', 'meter', 0), change('meter', 'leak', minutes(20))]
		],
		[
			'taken back, then put right',
			[
				change('leak', 'meter', 0),
				change('meter', 'leak', minutes(20)),
				change('leak', 'pressure', hours(3))
			]
		]
	])('not: %s', (_, changes) => {
		expect(found(changes)).toEqual([]);
	});

	test('what a colleague changes back at once is no slip', () => {
		expect(
			found([change('leak', 'meter', 0), change('meter', 'leak', minutes(20), 'Riaan')])
		).toHaveLength(1);
	});
});

describe('many ended at once', () => {
	const ended = (n: number, every: number, more: Partial<Happening> = {}) =>
		many(n, (i) =>
			happened(i % 3 ? 'claim' : 'decline', { at: later(monday, i * every), ...more })
		);

	test('twenty in an hour without a photo', () => {
		expect(found(ended(20, minutes(3)))).toEqual([['mass_closure', 'Sipho', 20, null]]);
	});

	test('two such hours are two flags, and share nothing', () => {
		const second = ended(25, minutes(1)).map((each) => ({ ...each, at: later(each.at, days(1)) }));
		expect(found(ended(20, minutes(3)), second)).toEqual([
			['mass_closure', 'Sipho', 20, null],
			['mass_closure', 'Sipho', 25, null]
		]);
	});

	test.each([
		['nineteen', ended(19, minutes(3))],
		['forty over a long day', ended(40, minutes(10))],
		[
			'a day’s work with a photo of each',
			many(30, (i) => happened('claim', { photos: 1, at: later(monday, minutes(i)) }))
		],
		[
			'a busy hour of four people',
			ended(40, minutes(1)).map((each, i) => ({ ...each, by: `officer ${i % 4}` }))
		]
	])('not: %s', (_, events) => {
		expect(found(events)).toEqual([]);
	});
});
