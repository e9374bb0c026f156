import type { Role } from '../identity/permissions.ts';
import type { AidRole, AidRule } from './roles.ts';
import type { EventKind } from './event.ts';
import type {
	BirthObstacle,
	Damage,
	DocumentKind,
	IdObstacle,
	Need,
	Priority,
	Relation,
	Sex,
	Stay,
	Way
} from './household.ts';
import type { Reason } from './likeness.ts';

export const aidRoleWords: Record<AidRole, string> = {
	nominator: 'Nominates',
	registrar: 'Registers',
	approver: 'Approves',
	finance: 'Releases money',
	storekeeper: 'Keeps the store',
	distributor: 'Hands out',
	verifier: 'Verifies',
	adjudicator: 'Adjudicates',
	auditor: 'Audits'
};

/** Which role of the office somebody holds who can be given a place in relief. */
export const officeRoleFor: Record<Exclude<AidRole, 'nominator'>, Role> = {
	registrar: 'aid_registrar',
	approver: 'aid_approver',
	finance: 'aid_finance',
	storekeeper: 'aid_storekeeper',
	distributor: 'aid_distributor',
	verifier: 'aid_verifier',
	adjudicator: 'aid_adjudicator',
	auditor: 'aid_auditor'
};

/** What the database refused, as somebody can act on it. */
export const aidRuleWords: Record<AidRule, string> = {
	aid_pair:
		'One person may not do both at the same site or for the same programme. Choose somebody else.',
	aid_councillor:
		'A councillor may nominate and nothing else in relief: they neither register, approve, keep nor hand out.',
	aid_unassigned: 'You have no place at this site or programme for that.',
	aid_same_issue: 'Whoever gave it out of the store may not hand it over. Another person does.',
	aid_own_household:
		'This household is linked with you. Somebody else has to do this; your link stands in the record.',
	aid_two_people: 'Two different people are needed for this. You were the first of them.',
	aid_closed: 'This is closed: nothing more is written down here.'
};

export const eventKindWords: Record<EventKind, string> = {
	fire: 'Fire',
	flood: 'Flood',
	storm: 'Storm',
	drought: 'Drought',
	other: 'Something else'
};

export const birthWords: Record<BirthObstacle, string> = {
	no_date: 'Birth: a day like 1985-03-12, or the year alone.',
	in_future: 'Birth: this day is still to come.',
	too_old: 'Birth: more than 120 years ago. Look again, or leave it empty.'
};

export const idWords: Record<IdObstacle, string> = {
	not_13_digits: 'An identity number has 13 digits.',
	wrong_check: 'This identity number does not add up: a digit is wrong. Look again.',
	no_date: 'This identity number does not begin with a date. Look again.'
};

export const documentWords: Record<DocumentKind, string> = {
	sa_id: 'South African identity number',
	passport: 'Passport',
	asylum_permit: 'Asylum seeker’s permit',
	refugee_permit: 'Refugee permit',
	birth_certificate: 'Birth certificate',
	none: 'None'
};

export const stayWords: Record<Stay, string> = {
	shelter: 'In a shelter',
	home: 'At home',
	neighbours: 'With neighbours or family'
};

export const sexWords: Record<Sex, string> = { female: 'Female', male: 'Male', other: 'Other' };

export const relationWords: Record<Relation, string> = {
	head: 'Head of the household',
	partner: 'Partner',
	child: 'Child',
	parent: 'Parent',
	other: 'Somebody else'
};

export const wayWords: Record<Way, string> = {
	document: 'From a document',
	said: 'As they said',
	witness: 'Somebody vouches',
	seen: 'Seen with own eyes'
};

export const damageWords: Record<Damage, string> = {
	destroyed: 'Their home is destroyed',
	unsafe: 'It cannot be lived in',
	damaged: 'It is damaged',
	none: 'It is not damaged',
	not_seen: 'Nobody has seen it yet'
};

export const needWords: Record<Need, string> = {
	food: 'Food',
	water: 'Water',
	shelter: 'A place to sleep',
	clothing: 'Clothes and blankets',
	medicine: 'Medicine',
	baby: 'Things for a baby',
	documents: 'New documents',
	counselling: 'Somebody to talk to'
};

export const priorityWords: Record<Priority, string> = {
	disability: 'Disability',
	small_child: 'Child under 5',
	child: 'Child',
	older: '60 or older'
};

/** Why two households look alike, for whoever decides. */
export const reasonWords: Record<Reason['code'], string> = {
	name: 'The same name',
	name_near: 'A name that is written or sounds alike',
	document: 'The same document number',
	document_differs: 'Other document numbers',
	birth: 'Born the same day',
	birth_near: 'Birth dates one slip apart',
	birth_differs: 'Other birth dates',
	phone: 'The same telephone: many share one',
	address: 'The same house',
	sex_differs: 'Not the same sex',
	members: 'Further members in both'
};

/** What happened to a household, as its history says it. */
export const householdEventWords: Record<string, string> = {
	registered: 'Registered',
	member_added: 'Somebody was added',
	assessed: 'Assessed',
	moved: 'Moved',
	split_off: 'Some went their own way',
	split_from: 'Came out of another household',
	merged_into: 'Joined with another registration',
	merged_from: 'Another registration was joined with it',
	died: 'Somebody died',
	card_issued: 'Got a card',
	card_replaced: 'Got a new card; the old one is refused',
	held_apart: 'Looked at beside another: two households'
};
