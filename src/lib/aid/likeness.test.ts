import { describe, expect, test } from 'vitest';
import { keysOf, levelOf, likeness, type HouseholdFacts, type PersonFacts } from './likeness.ts';
import { plainSurname, soundOf, wordLikeness } from './names.ts';

const somebody = (more: Partial<PersonFacts> = {}): PersonFacts => ({
	given: 'Thandiwe',
	surname: 'Mthembu',
	birth: '1985-03-12',
	sex: 'female',
	document: null,
	documentEnd: '',
	phone: null,
	...more
});
const household = (
	more: Partial<PersonFacts> = {},
	rest: Partial<HouseholdFacts> = {}
): HouseholdFacts => ({
	people: [somebody(more)],
	address: '14 Ntaba Street',
	wardCode: '99901007',
	...rest
});
const thresholds = { possibleAt: 5, duplicateAt: 8 };
const judged = (a: HouseholdFacts, b: HouseholdFacts) => levelOf(likeness(a, b).score, thresholds);
const share = (a: HouseholdFacts, b: HouseholdFacts) => {
	const theirs = new Set(keysOf('event', b, 2026));
	return keysOf('event', a, 2026).some((key) => theirs.has(key));
};

// prettier-ignore
test.each([
	['Mthembu', 'Mtembu'], ['Hlongwane', 'Dlongwane'], ['Nxumalo', 'Ncumalo'], ['Bhengu', 'Bengu'],
	['Tshabalala', 'Shabalala'], ['Qwabe', 'Xwabe'], ['Phiri', 'Piri'], ['Khumalo', 'Kumalo'],
	['Tlhapi', 'Hlapi'], ['Mokoena', 'Mokwena'], ['Thabo', 'Tabo'], ['Lerato', 'Lerata'],
	['Pieterse', 'Pietersse'], ['Wessels', 'Vessels'], ['Schoeman', 'Shoeman'], ['Smit', 'Smidt'],
	['Jacobs', 'Jakobs'], ['Visagie', 'Fisagie'], ['Catherine', 'Katherine'], ['Sithole', 'Sitole']
])('%s and %s sound alike', (a, b) => {
	const alike = soundOf(a) === soundOf(b) || wordLikeness(a.toLowerCase(), b.toLowerCase()) >= 0.8;
	expect([soundOf(a), soundOf(b), alike]).toEqual([soundOf(a), soundOf(b), true]);
});

test.each([
	['Nkosi', 'Dlamini'],
	['Botha', 'Zulu'],
	['Sipho', 'Themba']
])('%s and %s do not', (a, b) => {
	expect(soundOf(a)).not.toBe(soundOf(b));
});

test('small words before a surname count for nothing', () => {
	expect(plainSurname('van der Merwe')).toBe('merwe');
	expect(plainSurname('Van Wyk')).toBe('wyk');
	expect(plainSurname('De')).toBe('de');
});

describe('the same family, written down twice', () => {
	// prettier-ignore
	test.each([
		['letter by letter', {}, {}],
		['a letter swapped', { given: 'Thandwie' }, {}],
		['by ear', { surname: 'Mtembu', given: 'Tandiwe' }, {}],
		['names exchanged', { given: 'Mthembu', surname: 'Thandiwe' }, {}],
		['day and month exchanged', { birth: '1985-12-03' }, {}],
		['the year alone', { birth: '1985' }, {}],
		['without a birth date', { birth: null }, {}],
		['the street in Afrikaans', {}, { address: '14 Ntabastraat' }],
		['without an address', {}, { address: '' }],
		['another ward', {}, { wardCode: null }],
		['one more first name', { given: 'Nomsa Thandiwe' }, {}]
	] as Array<[string, Partial<PersonFacts>, Partial<HouseholdFacts>]>)('%s', (_, person, rest) => {
		const again = household(person, rest);
		expect(share(household(), again)).toBe(true);
		expect(judged(household(), again)).not.toBeNull();
		expect(likeness(household(), again)).toEqual(likeness(again, household()));
	});

	test('with the same document and telephone is a duplicate', () => {
		const numbers = { document: 'index', documentEnd: '087', phone: 'phone' };
		expect(judged(household(numbers), household({ ...numbers, surname: 'Mtembu' }))).toBe(
			'duplicate'
		);
	});

	test('with the other one of them as its head', () => {
		const husband = somebody({ given: 'Sipho', sex: 'male', birth: '1980-01-02' });
		const one = { ...household(), people: [somebody(), husband] };
		const two = { ...household(), people: [husband, somebody()], address: '' };
		expect(share(one, two)).toBe(true);
		expect(likeness(one, two).reasons.map(({ code }) => code)).toContain('members');
	});
});

describe('other people', () => {
	// prettier-ignore
	test.each([
		['twins at one address with one telephone', { given: 'Nomvula', phone: 'shared' }, {}],
		['a neighbour with the same telephone', { given: 'Busisiwe', surname: 'Khoza', birth: '1990-01-01', phone: 'shared' }, {}],
		['the same common name, born another year', { birth: '1991-07-30' }, { address: '3 Mill Road' }],
		['nothing known of either but the name', { birth: null }, { address: '' }]
	] as Array<[string, Partial<PersonFacts>, Partial<HouseholdFacts>]>)('%s', (_, person, rest) => {
		expect(judged(household({ phone: 'shared' }), household(person, rest))).toBeNull();
	});

	test('an empty number never equals another empty number', () => {
		const nobody = { given: 'A', surname: 'B', birth: null, document: null, phone: null };
		const other = { ...nobody, given: 'Y', surname: 'Z' };
		expect(
			likeness(household(nobody, { address: '' }), household(other, { address: '' })).score
		).toBe(0);
	});
});

test('another event has other keys', () => {
	const keys = new Set(keysOf('one', household(), 2026));
	expect(keysOf('two', household(), 2026).some((key) => keys.has(key))).toBe(false);
});
