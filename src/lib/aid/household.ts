import * as v from 'valibot';
import { line, list, neededLine, oneOf, tick } from '../platform/fields.ts';

/** Where a household is now. Those with neighbours are counted like those in a hall. */
export const stays = ['shelter', 'home', 'neighbours'] as const;
export type Stay = (typeof stays)[number];

export const documentKinds = [
	'sa_id',
	'passport',
	'asylum_permit',
	'refugee_permit',
	'birth_certificate',
	'none'
] as const;
export type DocumentKind = (typeof documentKinds)[number];

export const sexes = ['female', 'male', 'other'] as const;
export type Sex = (typeof sexes)[number];

export const relations = ['head', 'partner', 'child', 'parent', 'other'] as const;
export type Relation = (typeof relations)[number];

/** How a fact was established. */
export const ways = ['document', 'said', 'witness', 'seen'] as const;
export type Way = (typeof ways)[number];

export const damages = ['destroyed', 'unsafe', 'damaged', 'none', 'not_seen'] as const;
export type Damage = (typeof damages)[number];

export const needs = [
	'food',
	'water',
	'shelter',
	'clothing',
	'medicine',
	'baby',
	'documents',
	'counselling'
] as const;
export type Need = (typeof needs)[number];

/** Most members of one household; larger families register as two, and say so. */
export const mostMembers = 30;

/**
 * Why a birth date cannot be one, or null. A year alone is enough where nobody knows more. Nobody here
 * is over 120, nor born tomorrow. `today` is a day of the municipality's calendar, `2026-11-24`.
 */
export type BirthObstacle = 'no_date' | 'in_future' | 'too_old';

export function birthObstacle(birth: string, today: string): BirthObstacle | null {
	if (!/^\d{4}(-\d\d-\d\d)?$/.test(birth)) return 'no_date';
	if (birth.length > 4) {
		const date = new Date(`${birth}T00:00:00Z`);
		// A 30th of February is moved on by the calendar, not refused.
		if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== birth) return 'no_date';
	}
	if (birth > today.slice(0, birth.length)) return 'in_future';
	return Number(today.slice(0, 4)) - Number(birth.slice(0, 4)) > 120 ? 'too_old' : null;
}

export type IdObstacle = 'not_13_digits' | 'wrong_check' | 'no_date';

/**
 * Why a South African identity number cannot be one, or null: 13 digits, the last by Luhn, and the first
 * six a date. Thirteen zeros pass Luhn, so the date is looked at. Nothing else is read out of it.
 */
export function idObstacle(id: string): IdObstacle | null {
	if (!/^\d{13}$/.test(id)) return 'not_13_digits';
	const sum = [...id].reverse().reduce((total, digit, place) => {
		const doubled = Number(digit) * (place % 2 ? 2 : 1);
		return total + (doubled > 9 ? doubled - 9 : doubled);
	}, 0);
	if (sum % 10) return 'wrong_check';
	const monthAndDay = `${id.slice(2, 4)}-${id.slice(4, 6)}`;
	// Whether 00 was a leap year depends on the century: either will do.
	return ['19', '20'].some((century) => isDay(`${century}${id.slice(0, 2)}-${monthAndDay}`))
		? null
		: 'no_date';
}

const isDay = (text: string) => birthObstacle(text, '9999-12-31') !== 'no_date';

/** A document's number made equal however it was typed: capitals and digits only. */
export const plainNumber = (typed: string) => typed.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** Whole years somebody has lived on a day; null when their birth is not known. With a year alone, at most. */
export function ageOn(birth: string | null, today: string): number | null {
	if (!birth) return null;
	const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4));
	return birth.length > 4 && today.slice(5) < birth.slice(5) ? years - 1 : years;
}

/** Why a household goes first. */
export type Priority = 'disability' | 'small_child' | 'child' | 'older';

interface Counted {
	birth: string | null;
	disability: boolean;
	diedAt: Date | null;
}

/**
 * Who goes first: a disability, children under 5 and under 18, anybody of 60 and over. What is not known
 * makes nobody wait longer and nobody go first.
 */
export function prioritiesOf(members: readonly Counted[], today: string): Priority[] {
	const living = members.filter(({ diedAt }) => !diedAt);
	const ages = living.map(({ birth }) => ageOn(birth, today)).filter((age) => age !== null);
	const found: Priority[] = [];
	if (living.some(({ disability }) => disability)) found.push('disability');
	if (ages.some((age) => age < 5)) found.push('small_child');
	if (ages.some((age) => age >= 5 && age < 18)) found.push('child');
	if (ages.some((age) => age >= 60)) found.push('older');
	return found;
}

const person = {
	given: neededLine('First names', 100, 'Give the first names, as far as they are known.'),
	surname: neededLine('Surname', 100, 'Give the surname, as far as it is known.'),
	birth: line('Birth', 10),
	sex: v.optional(v.union([v.picklist(sexes), v.literal('')]), ''),
	disability: tick,
	documentKind: oneOf(documentKinds, 'Choose the document, or that there is none.'),
	documentNumber: line('Number', 30),
	documentReason: line('Why there is none', 200),
	phone: line('Telephone', 40),
	nameFrom: oneOf(ways, 'Say how the name was established.'),
	birthFrom: v.optional(v.union([v.picklist(ways), v.literal('')]), ''),
	witness: line('Who vouches', 120)
};

const assessment = {
	damage: oneOf(damages, 'Say what happened to their home.'),
	needs: v.pipe(
		list,
		v.transform((codes) => needs.filter((need) => codes.includes(need)))
	),
	foundBy: oneOf(ways, 'Say how this was found out.')
};

/** Registering a household: its head, where they are, and what they need. */
export const registrationForm = v.object({
	id: line('Form', 40),
	siteId: line('Site', 40),
	...person,
	stay: oneOf(stays, 'Say where they are staying.'),
	address: line('Where they are', 200),
	wardCode: line('Ward', 20),
	...assessment
});
export type Registration = v.InferOutput<typeof registrationForm>;

/** Somebody else of the household. */
export const memberForm = v.object({
	...person,
	relation: oneOf(relations, 'Say who they are to the head of the household.')
});
export type NewMember = v.InferOutput<typeof memberForm>;

export const assessmentForm = v.object(assessment);
export type Assessment = v.InferOutput<typeof assessmentForm>;

/** Where a household has gone. */
export const moveForm = v.object({
	siteId: line('Site', 40),
	stay: oneOf(stays, 'Say where they are staying.'),
	address: line('Where they are', 200),
	wardCode: line('Ward', 20)
});
export type Move = v.InferOutput<typeof moveForm>;
