import { m, spoken } from '../i18n/index.ts';
import { dayAndTime } from '../platform/time.ts';
import type { GrantObstacle, LeaveObstacle } from './grant-rules.ts';
import type { Role } from './permissions.ts';
import type { ActingObstacle } from './vacancy.ts';
import type { CodeObstacle, LinkObstacle, PasswordObstacle } from './rules.ts';

/** Roles as people call them. */
export const roleNames: Record<Role, string> = {
	resident: 'Resident',
	ward_committee: 'Ward committee member',
	councillor: 'Councillor',
	agent: 'Customer care agent',
	field_worker: 'Field worker',
	department_officer: 'Department officer',
	supervisor: 'Supervisor',
	director: 'Director',
	municipal_manager: 'Municipal manager',
	communications: 'Communications',
	translator: 'Translator',
	disaster_officer: 'Disaster officer',
	disaster_approver: 'Disaster approver',
	incident_commander: 'Incident commander',
	aid_registrar: 'Aid registrar',
	aid_approver: 'Aid approver',
	aid_storekeeper: 'Aid storekeeper',
	aid_distributor: 'Aid distributor',
	aid_finance: 'Aid finance officer',
	aid_verifier: 'Aid verifier',
	aid_adjudicator: 'Aid adjudicator',
	aid_complaints: 'Aid complaints officer',
	aid_auditor: 'Aid auditor',
	admin: 'Municipal administrator',
	district_admin: 'District administrator'
};

export const codeObstacleWords = spoken<CodeObstacle>({
	unknown: m.sign_in_ask_first,
	used: m.sign_in_used,
	expired: m.sign_in_expired,
	tried_too_often: m.sign_in_tried_too_often
});

export const wrongCode = (left: number) =>
	left > 0 ? m.sign_in_wrong_code({ n: left }) : codeObstacleWords.tried_too_often;

export const codesSpent = (until: Date, now: Date) =>
	m.sign_in_codes_spent({ time: dayAndTime(until, now).slice(-5) });

export const triesSpent = (until: Date, now: Date) =>
	m.sign_in_tries_spent({ time: dayAndTime(until, now).slice(-5) });

export const passwordWords: Record<PasswordObstacle, string> = {
	too_short: 'Use at least 12 characters. Four words in a row are good.',
	too_long: 'Use at most 200 characters.',
	too_simple: 'This is among the first that others would try. Four words in a row are good.',
	is_your_name: 'Do not use your own name or address.'
};

export const linkWords: Record<LinkObstacle, string> = {
	unknown: 'This link is not complete. Copy it whole from the message.',
	used: 'This link has been used. It works once.',
	revoked: 'This link was taken back. Ask whoever sent it.',
	expired: 'This link is too old. Ask for another one.'
};

interface Said {
	words: string;
	field?: string;
}

const notYours = 'This page does not exist, or it is not yours to see.';
const noBoth: Record<'councillor_and_official' | 'registers_and_approves', Said> = {
	councillor_and_official: {
		words:
			'A councillor may not be an official of the same municipality (Code of Conduct for Councillors).'
	},
	registers_and_approves: { words: 'Whoever registers aid may not approve it.' }
};

export const grantWords: Record<GrantObstacle, Said> = {
	...noBoth,
	not_allowed: { words: notYours },
	not_yourself: { words: 'Nobody gives a role to themselves. Ask another administrator.' },
	no_grant_needed: { words: 'Residents need no role.', field: 'role' },
	needs_district: {
		words: 'Only a district administrator can do this, in the district’s own pages.',
		field: 'role'
	},
	needs_ward: { words: 'Choose the ward.', field: 'ward' },
	needs_term: { words: 'Say how the councillor came to the seat.', field: 'term' },
	needs_department: { words: 'Choose the department.', field: 'department' },
	ends_before_it_starts: { words: 'The last day must come after the first.', field: 'until' },
	has_it_already: { words: 'They hold this role already.', field: 'role' }
};

export const actingWords: Record<ActingObstacle, string> = {
	seat_is_taken: 'This ward has its elected councillor then. Nobody acts for them.',
	somebody_acts_already: 'Somebody acts for this ward already, or will. End that term first.'
};

export const leaveWords: Record<LeaveObstacle, Said> = {
	...noBoth,
	not_allowed: { words: notYours },
	same_person: { words: 'Choose somebody else to stand in.', field: 'to' },
	not_to_yourself: { words: 'Somebody else has to hand this to you.', field: 'to' },
	nothing_to_hand_over: {
		words:
			'This person holds no role here that can be handed over. Two administrators give the roles that warn everybody, for as long as is needed.',
		field: 'from'
	},
	not_here: { words: 'Whoever stands in must work here already.', field: 'to' },
	councillors_do_not_delegate: {
		words:
			'Councillors are elected: nobody stands in for them. At a vacancy, name an acting councillor.',
		field: 'from'
	},
	above_you: {
		words: 'This role is above yours. An administrator can hand it over.',
		field: 'from'
	},
	too_long: { words: 'Leave lasts a year at most.', field: 'until' },
	ends_before_it_starts: { words: 'The last day must come after the first.', field: 'until' }
};

/** How a councillor came to the seat. */
export const termWords: Record<'ward' | 'pr' | 'acting', string> = {
	ward: 'Elected in the ward',
	pr: 'From a party list (PR)',
	acting: 'Acting, until the by-election'
};
