import { hours, later } from '../platform/time.ts';
import type { Role } from './permissions.ts';

/** Roles that warn everybody: one administrator asks that somebody gets them, another agrees. */
export const twoAdminRoles: ReadonlySet<Role> = new Set<Role>([
	'disaster_officer',
	'disaster_approver',
	'incident_commander'
]);

/** How long a request waits for its second administrator; then it has to be asked again. */
export const requestLife = hours(1);

/** What a rule needs to know of a request. */
export interface Asked {
	requestedBy: string;
	requestedAt: Date;
	decidedAt: Date | null;
}

export type AgreeObstacle = 'decided' | 'too_old' | 'asked_it';

/** Why this person cannot agree to it, or null. Accounts that are surely theirs count as them. */
export function agreeObstacle(asked: Asked, accounts: string[], now: Date): AgreeObstacle | null {
	if (asked.decidedAt) return 'decided';
	if (later(asked.requestedAt, requestLife) <= now) return 'too_old';
	return accounts.includes(asked.requestedBy) ? 'asked_it' : null;
}

export const agreeWords: Record<AgreeObstacle, string> = {
	decided: 'Somebody has decided this already.',
	too_old: 'It was asked more than an hour ago. Ask again.',
	asked_it: 'You asked for it, so another administrator has to agree.'
};
