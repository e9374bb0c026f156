import { expect, test } from 'vitest';
import { aidRoles, rolesClash, type AidRole } from './roles.ts';

/** aid.md section 3, by hand: who else somebody may not be at the same site or for the same programme. */
const notBeside: Record<AidRole, string> = {
	nominator: 'auditor',
	registrar: 'approver auditor',
	approver: 'registrar finance auditor',
	finance: 'approver auditor',
	storekeeper: 'auditor',
	distributor: 'verifier adjudicator auditor',
	verifier: 'distributor auditor',
	adjudicator: 'distributor auditor',
	auditor: 'nominator registrar approver finance storekeeper distributor verifier adjudicator'
};

test.each(aidRoles)('%s: never the same person as', (role) => {
	expect(aidRoles.filter((other) => rolesClash(role, other))).toEqual(notBeside[role].split(' '));
});
