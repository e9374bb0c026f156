import {
	can,
	type Actor,
	type Grant,
	type NewGrant,
	type Owned,
	type Role
} from './permissions.ts';
import { twoAdminRoles } from './second-admin.ts';

/** Roles that speak for a ward, and roles that work in a department. */
export const wardRoles: ReadonlySet<Role> = new Set<Role>(['councillor', 'ward_committee']);
export const departmentRoles: ReadonlySet<Role> = new Set<Role>([
	'field_worker',
	'department_officer',
	'supervisor',
	'director'
]);

export type GrantObstacle =
	| 'not_allowed'
	| 'not_yourself'
	| 'no_grant_needed'
	| 'needs_district'
	| 'needs_ward'
	| 'needs_term'
	| 'needs_department'
	| 'ends_before_it_starts'
	| 'councillor_and_official'
	| 'registers_and_approves'
	| 'has_it_already';

export interface GrantFacts {
	/** Where it would hold. */
	place: Owned & { kind: 'A' | 'B' | 'C' | 'exercise' };
	grant: NewGrant;
	/** Who gets it; null when they are only invited. */
	personId: string | null;
	/** What they hold there already. */
	held: Held[];
}

type Held = Pick<Grant, 'role' | 'wardCode' | 'departmentId' | 'term'>;

const official = (role: Role) =>
	role !== 'councillor' && role !== 'ward_committee' && role !== 'resident';

/**
 * Why a grant may not be given, or null. Nobody gives power to themselves. A councillor may not be
 * an official of the same municipality (Code of Conduct for Councillors, Structures Act Schedule 7);
 * nobody both registers and approves aid.
 */
export function grantObstacle(actor: Actor, facts: GrantFacts): GrantObstacle | null {
	const { place, grant, personId, held } = facts;
	if (!can(actor, 'people.manage', place)) return 'not_allowed';
	if (personId === actor.id) return 'not_yourself';
	if (grant.role === 'resident') return 'no_grant_needed';
	if (grant.role === 'district_admin' && !mayMakeDistrictAdmin(actor, facts))
		return 'needs_district';
	if (wardRoles.has(grant.role) && !grant.wardCode) return 'needs_ward';
	if (grant.role === 'councillor' && !grant.term) return 'needs_term';
	if (departmentRoles.has(grant.role) && !grant.departmentId) return 'needs_department';
	if (grant.startsAt && grant.endsAt && grant.endsAt <= grant.startsAt)
		return 'ends_before_it_starts';
	return clash(grant, held);
}

/** A district administrator reaches over several municipalities: only their like can make one, in the district itself. */
const mayMakeDistrictAdmin = (actor: Actor, { place }: GrantFacts) =>
	place.kind === 'C' &&
	actor.grants.some(
		({ role, municipalityId }) =>
			role === 'district_admin' && municipalityId === place.municipalityId
	);

/** Grants that one person may not hold together, or hold twice; a proportional councillor may act for the same ward. */
export function clash(
	grant: Pick<NewGrant, 'role' | 'wardCode' | 'departmentId' | 'term'>,
	held: Held[]
): GrantObstacle | null {
	for (const other of held) {
		const roles = [grant.role, other.role];
		if (roles.includes('councillor') && roles.some(official)) return 'councillor_and_official';
		if (roles.includes('aid_registrar') && roles.includes('aid_approver'))
			return 'registers_and_approves';
		if (
			grant.role === other.role &&
			(grant.wardCode ?? null) === other.wardCode &&
			(grant.departmentId ?? null) === other.departmentId &&
			!(grant.term === 'acting' && other.term === 'pr')
		)
			return 'has_it_already';
	}
	return null;
}

/** Whether ending this grant would leave an administrator without the one that lets them undo it. */
export const isOwnLastAdmin = (
	actor: Actor,
	grant: Pick<Grant, 'id' | 'role' | 'municipalityId'>
) =>
	(grant.role === 'admin' || grant.role === 'district_admin') &&
	actor.grants.some(({ id }) => id === grant.id) &&
	!actor.grants.some(
		({ id, role, municipalityId }) =>
			id !== grant.id && role === grant.role && municipalityId === grant.municipalityId
	);

export type LeaveObstacle =
	| 'not_allowed'
	| 'same_person'
	| 'not_to_yourself'
	| 'nothing_to_hand_over'
	| 'not_here'
	| 'councillors_do_not_delegate'
	| 'above_you'
	| 'too_long'
	| 'ends_before_it_starts'
	| 'councillor_and_official'
	| 'registers_and_approves';

export interface LeaveFacts {
	place: Owned;
	from: { id: string; grants: Grant[] };
	to: { id: string; grants: Grant[] };
	startsAt: Date;
	endsAt: Date;
}

const rank: Partial<Record<Role, number>> = {
	field_worker: 1,
	department_officer: 2,
	supervisor: 3,
	director: 4
};

/**
 * Why somebody's work may not be handed to somebody else for a while, or null. Councillors are
 * elected and stand in for nobody; heads of a department hand over only what is not above them, in
 * their own department.
 */
export function leaveObstacle(actor: Actor, facts: LeaveFacts): LeaveObstacle | null {
	const { place, from, to, startsAt, endsAt } = facts;
	const here = ({ grants }: { grants: Grant[] }) =>
		grants.filter(({ municipalityId }) => municipalityId === place.municipalityId);
	const handed = here(from);

	if (from.id === to.id) return 'same_person';
	if (endsAt <= startsAt) return 'ends_before_it_starts';
	if (endsAt.getTime() - startsAt.getTime() > 366 * 86_400_000) return 'too_long';
	if (!handed.some(({ role }) => !twoAdminRoles.has(role))) return 'nothing_to_hand_over';
	if (!here(to).length) return 'not_here';
	if (handed.some(({ role }) => role === 'councillor' || role === 'ward_committee'))
		return 'councillors_do_not_delegate';
	for (const grant of handed) {
		const reach = can(actor, 'delegation.manage', { ...place, departmentId: grant.departmentId });
		if (!reach) return 'not_allowed';
		if (!mayHandOver(actor, grant)) return 'above_you';
		const clashes = clash({ ...grant, role: grant.role }, here(to));
		if (clashes === 'councillor_and_official' || clashes === 'registers_and_approves')
			return clashes;
	}
	if (to.id === actor.id && from.id !== actor.id) return 'not_to_yourself';
	return null;
}

const mayHandOver = (actor: Actor, grant: Grant) =>
	actor.grants.some(
		// Who may not make a district administrator does not lend out the power of one either.
		({ role, municipalityId }) =>
			role === 'admin' && grant.role !== 'district_admin' && municipalityId === grant.municipalityId
	) ||
	actor.grants.some(
		(own) =>
			own.departmentId === grant.departmentId && (rank[own.role] ?? 0) >= (rank[grant.role] ?? 9)
	);
