import type { Role } from '../identity/permissions.ts';
import type { AidRole, AidRule } from './roles.ts';
import type { EventKind } from './event.ts';

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
