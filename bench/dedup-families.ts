import type { HouseholdFacts, PersonFacts } from '#lib/aid/likeness.ts';
import { nameLanguages, namesOf } from '../src/demo/khanyisa/names.ts';

type Random = () => number;

const pick = <Item>(random: Random, items: readonly Item[]) =>
	items[Math.floor(random() * items.length)];

const two = (n: number) => String(n).padStart(2, '0');
const number = (random: Random, digits: number) =>
	String(Math.floor(random() * 10 ** digits)).padStart(digits, '0');

// prettier-ignore
const streets = ['Ntaba', 'Mill', 'School', 'Kerk', 'Market', 'Station', 'Church', 'Protea', 'Voortrekker', 'Mandela', 'Tambo', 'Sisulu', 'Long', 'Main', 'River', 'Dam', 'Berg', 'Strand', 'Aloe', 'Umlazi'];
const ways = ['Street', 'Road', 'Avenue', 'Lane'];

/** Endings and beginnings that make as many surnames as a province has, not the hundred of the list. */
// prettier-ignore
const beginnings = ['', '', '', '', 'Ma', 'Mo', 'Ka', 'Nd', 'Mba', 'Ra', 'Le', 'Se', 'Ny', 'Gu', 'Zi', 'Du', 'Ho', 'Bo'];

const addressOf = (random: Random) =>
	`${1 + Math.floor(random() * 900)} ${pick(random, streets)}${random() < 0.2 ? '' : `${pick(random, ['', '', 'dale ', 'view '])}`} ${pick(random, ways)}`;

/** A household as it is compared: a head, half of them with a partner, and children. Missing facts are missing as often as after a fire. */
export function family(random: Random): HouseholdFacts {
	const names = namesOf[pick(random, nameLanguages)];
	const base = pick(random, names.surnames);
	const start = base.includes(' ') ? '' : pick(random, beginnings);
	const surname = start ? start + base.toLowerCase() : base;
	const person = (oldest: number, youngest: number): PersonFacts => {
		const sex = random() < 0.5 ? 'female' : 'male';
		const first = pick(random, names[sex]);
		const years = youngest + Math.floor(random() * (oldest - youngest));
		const document = random() < 0.6 ? number(random, 13) : null;
		return {
			given: random() < 0.25 ? `${first} ${pick(random, names[sex])}` : first,
			surname,
			birth:
				random() < 0.92
					? `${2025 - years}-${two(1 + Math.floor(random() * 12))}-${two(1 + Math.floor(random() * 28))}`
					: null,
			sex,
			document,
			documentEnd: document?.slice(-3) ?? '',
			phone: random() < 0.5 ? number(random, 9) : null
		};
	};
	const people = [person(80, 20)];
	if (random() < 0.5) people.push(person(70, 20));
	for (let n = Math.floor(random() * 3); n > 0; n--) people.push(person(15, 0));
	return {
		people,
		address: random() < 0.85 ? addressOf(random) : '',
		wardCode: `999${number(random, 2)}`
	};
}

/** How a name is heard and written by somebody else, in the languages spoken here. */
// prettier-ignore
const byEar: Array<[RegExp, string]> = [
	[/th/, 't'], [/ph/, 'p'], [/kh/, 'k'], [/bh/, 'b'], [/hl/, 'dl'], [/tsh/, 'sh'], [/x|q/, 'c'], [/c(?=[aou])/, 'k'], [/oe/, 'we'], [/ie/, 'i'],
	[/y/, 'i'], [/v/, 'f'], [/w/, 'v'], [/ck/, 'k'], [/z/, 's'], [/dt/, 't'], [/ll/, 'l'], [/ss/, 's'], [/tj/, 'ch'], [/sch/, 'sk'], [/j/, 'y'], [/uu?/, 'oo'], [/a$/, 'ah'], [/e$/, 'i']
];

const letters = 'abcdefghijklmnopqrstuvwxyz';

/** One slip: a letter more, less, other, or two swapped; or as it is heard. */
function slip(random: Random, name: string): string {
	if (random() < 0.5) {
		const heard = byEar.filter(([sound]) => sound.test(name.toLowerCase()));
		if (heard.length) {
			const [sound, other] = pick(random, heard);
			return name.toLowerCase().replace(sound, other);
		}
	}
	const at = Math.floor(random() * name.length);
	const letter = pick(random, [...letters]);
	return pick(random, [
		name.slice(0, at) + letter + name.slice(at),
		name.slice(0, at) + name.slice(at + 1),
		name.slice(0, at) + letter + name.slice(at + 1),
		name.slice(0, at) + name.slice(at + 1, at + 2) + name.slice(at, at + 1) + name.slice(at + 2)
	]);
}

function slipInDate(random: Random, birth: string): string {
	const [y, m, d] = birth.split('-');
	if (random() < 0.25) return y;
	if (random() < 0.3 && Number(d) <= 12) return `${y}-${d}-${m}`;
	return `${y.slice(0, 3)}${Math.floor(random() * 10)}-${m}-${d}`;
}

/**
 * The same family as somebody else writes it down at another site: the head by another hand, perhaps the
 * partner as the head; other papers, another telephone, another address now and then. `slips` says which.
 */
export function mistyped(random: Random, facts: HouseholdFacts) {
	const slips: string[] = [];
	const happens = (share: number, what: string) => {
		const yes = random() < share;
		if (yes) slips.push(what);
		return yes;
	};
	let people = facts.people.map((person) => ({ ...person }));
	if (people.length > 1 && happens(0.1, 'another head'))
		people = [people[1], people[0], ...people.slice(2)];
	const head = people[0];
	// At least one slip in a name, so that this is a set of typing errors and nothing easier.
	if (random() < 0.5) {
		slips.push('surname');
		const written = slip(random, head.surname);
		people.forEach((person) => (person.surname = written));
	} else {
		slips.push('first name');
		head.given = slip(random, head.given);
	}
	if (happens(0.2, 'another letter')) head.given = slip(random, head.given);
	if (happens(0.05, 'names exchanged')) [head.given, head.surname] = [head.surname, head.given];
	if (head.birth && happens(0.12, 'birth date')) head.birth = slipInDate(random, head.birth);
	else if (happens(0.08, 'no birth date')) head.birth = null;
	if (happens(0.3, 'no document'))
		people.forEach((person) => Object.assign(person, { document: null, documentEnd: '' }));
	if (happens(0.4, 'another telephone')) head.phone = number(random, 9);
	const address = happens(0.25, 'in a hall') ? '' : facts.address;
	if (people.length > 1 && happens(0.2, 'somebody missing')) people.pop();
	return { facts: { ...facts, people, address }, slips: slips.sort().join(', ') };
}
