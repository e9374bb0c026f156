import { givenLikeness, plainName, plainSurname, soundOf, wordLikeness } from './names.ts';

/** One person as far as they are compared. Numbers stand here as keyed fingerprints only. */
export interface PersonFacts {
	given: string;
	surname: string;
	birth: string | null;
	sex: string | null;
	document: string | null;
	/** The last three characters of the document: one mistyped digit in front leaves them. */
	documentEnd: string;
	phone: string | null;
}

/** A household as far as it is compared, its head first. */
export interface HouseholdFacts {
	people: PersonFacts[];
	address: string;
	wardCode: string | null;
}

/** Why two households look alike, or not: codes, with the points each gave. */
export interface Reason {
	code:
		| 'name'
		| 'name_near'
		| 'document'
		| 'document_differs'
		| 'birth'
		| 'birth_near'
		| 'birth_differs'
		| 'phone'
		| 'address'
		| 'sex_differs'
		| 'members';
	points: number;
}

export interface Likeness {
	score: number;
	reasons: Reason[];
}

/** An address as it is compared: house number and street, however the street is spelt out. */
export const plainAddress = (address: string) =>
	address
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, ' ')
		.replace(/\b(street|straat|str|st|road|rd|weg|avenue|ave|laan|drive|crescent|close)\b/g, '')
		.replace(/(straat|weg|laan)\b/g, '')
		.replace(/ +/g, ' ')
		.trim();

/** The house number and how the street sounds; empty when there is no number, for a street alone is many houses. */
function addressKey(address: string): string {
	const words = plainAddress(address).split(' ');
	const number = words.find((word) => /^\d+[a-z]?$/.test(word));
	const street = words.find((word) => /^[a-z]{3,}$/.test(word));
	return number && street ? `${number}/${soundOf(street)}` : '';
}

/** FNV-1a, 32 bits, signed as PostgreSQL's integer is. */
function hash(text: string): number {
	let h = 0x811c9dc5;
	for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
	return h | 0;
}

/** Whose keys are made: adults and whoever's age is not known. Children follow with their household. */
const grownUp = ({ birth }: PersonFacts, year: number) =>
	!birth || year - Number(birth.slice(0, 4)) >= 15;

/**
 * What another household that looks like this one would share, as 32-bit hashes: both names by sound
 * with the year or the day of birth, one name with the whole birth date or the house, a number. Each
 * leaves out something that could be mistyped. Names count in either order.
 */
export function keysOf(eventId: string, facts: HouseholdFacts, year: number): number[] {
	const keys = new Set<string>();
	const house = addressKey(facts.address);
	const people = facts.people.filter((each, place) => place === 0 || grownUp(each, year));
	for (const { given, surname, birth, document, phone } of people) {
		if (document) keys.add(`d${document}`);
		if (phone) keys.add(`p${phone}`);
		const last = soundOf(plainSurname(surname));
		const firsts = plainName(given).split(' ').slice(0, 2).map(soundOf);
		const day = birth && birth.length > 4 ? birth : null;
		for (const first of firsts) {
			const both = [first, last].sort().join('|');
			if (birth) keys.add(`y${both}|${birth.slice(0, 4)}`);
			if (day) keys.add(`m${both}|${day.slice(5)}`);
			if (house) keys.add(`h${both}|${house}`);
			if (day) keys.add(`b${first}|${day}`);
			if (house) keys.add(`a${first}|${house}`);
			if (!birth) keys.add(`w${both}|${facts.wardCode ?? ''}`);
		}
		if (day) keys.add(`b${last}|${day}`);
		if (house) keys.add(`a${last}|${house}`);
		if (day && house) keys.add(`c${day}|${house}`);
	}
	return [...new Set([...keys].map((key) => hash(`${eventId}${key}`)))];
}

const least = 0.7;

/** Somebody with their names as they are compared, worked out once. */
interface Prepared {
	facts: PersonFacts;
	given: string;
	surname: string;
}

const prepare = (facts: PersonFacts): Prepared => ({
	facts,
	given: plainName(facts.given),
	surname: plainSurname(facts.surname)
});

/** How alike two people's names are, in either order; 0 unless both parts are. */
function nameLikeness(a: Prepared, b: Prepared): number {
	const straight = both(
		() => wordLikeness(a.surname, b.surname),
		() => givenLikeness(a.given, b.given)
	);
	if (straight >= 0.95) return straight;
	const exchanged = both(
		() => givenLikeness(a.surname, b.given),
		() => givenLikeness(a.given, b.surname)
	);
	return Math.max(straight, exchanged * 0.95);
}

/** The mean of two likenesses, 0 unless both are enough; the second is asked for only then. */
function both(one: () => number, other: () => number): number {
	const first = one();
	if (first < least) return 0;
	const second = other();
	return second < least ? 0 : (first + second) / 2;
}

/** One digit other, or two swapped, or day and month exchanged. */
function birthNear(a: string, b: string): boolean {
	if (a.length !== b.length) return a.slice(0, 4) === b.slice(0, 4);
	if (a.length > 4 && `${a.slice(0, 5)}${a.slice(8)}-${a.slice(5, 7)}` === b) return true;
	const differ = [...a].flatMap((char, at) => (char === b[at] ? [] : [at]));
	if (differ.length === 1) return true;
	const [x, y] = differ;
	return differ.length === 2 && a[x] === b[y] && a[y] === b[x];
}

/** How alike two people are, with the points for each fact; a fact that is missing gives none and takes none. */
function personLikeness(one: Prepared, other: Prepared): Likeness {
	const [a, b] = [one.facts, other.facts];
	const reasons: Reason[] = [];
	const note = (code: Reason['code'], points: number) => reasons.push({ code, points });

	const name = nameLikeness(one, other);
	const sameDocument = a.document !== null && a.document === b.document;
	// Without a name or a document there is nobody to recognise: twins, lodgers and shared phones stay in peace.
	if (!name && !sameDocument) return { score: 0, reasons };
	if (name) note(name === 1 ? 'name' : 'name_near', 4 * name);
	if (sameDocument) note('document', 4);
	else if (a.document && b.document && a.documentEnd !== b.documentEnd)
		note('document_differs', -1);
	if (a.birth && b.birth)
		if (a.birth === b.birth) note('birth', a.birth.length > 4 ? 2 : 1);
		else if (birthNear(a.birth, b.birth)) note('birth_near', 1);
		else note('birth_differs', -2);
	if (a.phone && a.phone === b.phone) note('phone', 2);
	if (a.sex && b.sex && a.sex !== b.sex) note('sex_differs', -1);
	return { score: sum(reasons), reasons };
}

const sum = (reasons: Reason[]) => reasons.reduce((total, { points }) => total + points, 0);

/** How alike two addresses are; 0 where either is not known. */
function sameHouse(a: string, b: string): boolean {
	const [mine, theirs] = [addressKey(a), addressKey(b)];
	return mine !== '' && mine === theirs;
}

/**
 * How alike two households are: their two most alike people, their address, and a point for each
 * further pair of people with the same names and no other birth date, three at most. Nobody is refused
 * for it: a person looks at both.
 */
export const likeness = (a: HouseholdFacts, b: HouseholdFacts): Likeness => likenessTo(a)(b);

/** The same for one household against many: its own part is worked out once. */
export function likenessTo(a: HouseholdFacts): (b: HouseholdFacts) => Likeness {
	const ourPeople = a.people.map(prepare);
	return (b) => compare(ourPeople, b.people.map(prepare), a.address, b.address);
}

function compare(
	ourPeople: Prepared[],
	theirPeople: Prepared[],
	ourAddress: string,
	theirAddress: string
): Likeness {
	let best: Likeness = { score: 0, reasons: [] };
	let pair: [Prepared, Prepared] | null = null;
	for (const mine of ourPeople)
		for (const theirs of theirPeople) {
			const found = personLikeness(mine, theirs);
			if (found.score > best.score) [best, pair] = [found, [mine, theirs]];
		}
	if (!pair) return best;
	const reasons = [...best.reasons];
	if (sameHouse(ourAddress, theirAddress)) reasons.push({ code: 'address', points: 2 });
	const others = countOthers(ourPeople, theirPeople, pair);
	if (others) reasons.push({ code: 'members', points: Math.min(3, others) });
	return {
		score: round(sum(reasons)),
		reasons: reasons.map(({ code, points }) => ({ code, points: round(points) }))
	};
}

const round = (points: number) => Math.round(points * 10) / 10;

/** No two birth dates that say otherwise. */
const sameBirth = (a: PersonFacts, b: PersonFacts) => !a.birth || !b.birth || a.birth === b.birth;

/** Further people found in both, each once. */
function countOthers(
	mine: Prepared[],
	theirs: Prepared[],
	[one, two]: [Prepared, Prepared]
): number {
	const left = theirs.filter((each) => each !== two);
	let count = 0;
	for (const person of mine.filter((each) => each !== one)) {
		const at = left.findIndex(
			(other) => nameLikeness(person, other) >= 0.85 && sameBirth(person.facts, other.facts)
		);
		if (at < 0) continue;
		left.splice(at, 1);
		count++;
	}
	return count;
}

/** Whether two members are surely one person written down twice: to join households, not to accuse. */
export const samePerson = (a: PersonFacts, b: PersonFacts): boolean =>
	(a.document !== null && a.document === b.document) ||
	(nameLikeness(prepare(a), prepare(b)) >= 0.85 && sameBirth(a, b));

/** What a score means under the two thresholds of an event. */
export const levelOf = (
	score: number,
	{ possibleAt, duplicateAt }: { possibleAt: number; duplicateAt: number }
): 'possible' | 'duplicate' | null =>
	score >= duplicateAt ? 'duplicate' : score >= possibleAt ? 'possible' : null;
