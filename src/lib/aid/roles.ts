/** What somebody does in relief, at one site or for one programme. */
export const aidRoles = [
	'nominator',
	'registrar',
	'approver',
	'finance',
	'storekeeper',
	'distributor',
	'verifier',
	'adjudicator',
	'auditor'
] as const;
export type AidRole = (typeof aidRoles)[number];

/**
 * Never the same person at one site or for one programme. An auditor is nothing else there either, and
 * a councillor is nothing but a nominator, anywhere. The database keeps the same table
 * (`aid_roles_clash`), so that no door around it is left open.
 */
export const apartRoles: ReadonlyArray<readonly [AidRole, AidRole]> = [
	['registrar', 'approver'],
	['approver', 'finance'],
	['distributor', 'verifier'],
	['distributor', 'adjudicator']
];

/** Whether two roles may not be one person's at the same site or for the same programme. */
export const rolesClash = (a: AidRole, b: AidRole): boolean =>
	a !== b &&
	(a === 'auditor' ||
		b === 'auditor' ||
		apartRoles.some((pair) => pair.includes(a) && pair.includes(b)));

/** What the database refuses, by the name of its rule. */
export type AidRule =
	| 'aid_pair'
	| 'aid_councillor'
	| 'aid_unassigned'
	| 'aid_same_issue'
	| 'aid_own_household'
	| 'aid_two_people'
	| 'aid_closed';
