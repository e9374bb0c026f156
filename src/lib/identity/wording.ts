import type { Role } from './permissions.ts';

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
