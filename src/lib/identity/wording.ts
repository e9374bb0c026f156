import { dayAndTime } from '../platform/time.ts';
import { plural } from '../platform/text.ts';
import type { Role } from './permissions.ts';
import type { CodeObstacle } from './rules.ts';

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

export const codeObstacleWords: Record<CodeObstacle, string> = {
	unknown: 'Ask for a code first, on this device.',
	used: 'This code has been used. Ask for another one.',
	expired: 'This code is too old: it works for ten minutes. Ask for another one.',
	tried_too_often: 'Five wrong tries. Ask for another code.'
};

export const wrongCode = (left: number) =>
	left > 0
		? `This is not the code we sent last. You have ${plural(left, 'try', 'tries')} left.`
		: codeObstacleWords.tried_too_often;

export const codesSpent = (until: Date, now: Date) =>
	`We have sent several codes already. Use the last one, or ask again after ${dayAndTime(until, now).slice(-5)}.`;
