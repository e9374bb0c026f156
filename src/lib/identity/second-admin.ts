import { days, hours, later } from '../platform/time.ts';
import type { Role } from './permissions.ts';

/** Roles that warn everybody: one administrator asks that somebody gets them, another agrees. */
export const twoAdminRoles: ReadonlySet<Role> = new Set<Role>([
	'disaster_officer',
	'disaster_approver',
	'incident_commander'
]);

/** How long a request waits for its second administrator; then it has to be asked again. */
export const requestLife = hours(1);

/**
 * How long somebody whom another administrator made one is not yet one of the two: who could make a
 * second administrator alone could otherwise agree with themselves. Those whom the operator invited are
 * at once.
 */
export const newAdminRest = days(7);

/** What a rule needs to know of a request. */
export interface Asked {
	requestedBy: string;
	requestedAt: Date;
	decidedAt: Date | null;
}

export type AgreeObstacle = 'decided' | 'too_old' | 'asked_it' | 'too_new';

/**
 * Why this person cannot decide it, or null. Accounts that are surely theirs count as them. Whether both
 * have been administrators for long enough is asked only of who agrees.
 */
export function agreeObstacle(asked: Asked, accounts: string[], now: Date): AgreeObstacle | null {
	if (asked.decidedAt) return 'decided';
	if (later(asked.requestedAt, requestLife) <= now) return 'too_old';
	return accounts.includes(asked.requestedBy) ? 'asked_it' : null;
}

export const agreeWords: Record<AgreeObstacle, string> = {
	decided: 'Somebody has decided this already.',
	too_old: 'It was asked more than an hour ago. Ask again.',
	asked_it: 'You asked for it, so another administrator has to agree.',
	too_new:
		'Both have to have been administrators themselves for seven days. Ask another one, or the district.'
};
