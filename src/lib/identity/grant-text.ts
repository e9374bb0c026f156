import { isoDay } from '../platform/time.ts';
import type { Role } from './permissions.ts';
import { roleNames, termWords } from './wording.ts';

export interface HeldGrant {
	role: Role;
	wardCode: string | null;
	department: string | null;
	term: 'ward' | 'pr' | 'acting' | null;
	startsAt: Date;
	endsAt: Date | null;
}

/** `Councillor, ward 7 (elected in the ward)`: a grant in one line. */
export function grantText({ role, wardCode, department, term }: HeldGrant): string {
	const where = wardCode
		? `, ward ${Number(wardCode.slice(-3))}`
		: department
			? `, ${department}`
			: '';
	return `${roleNames[role]}${where}${term ? ` (${termWords[term].toLowerCase()})` : ''}`;
}

/** `from 2026-11-24 until 2027-01-31`, the last day included. */
export const grantDays = ({ startsAt, endsAt }: Pick<HeldGrant, 'startsAt' | 'endsAt'>) =>
	`from ${isoDay(startsAt)}${endsAt ? ` until ${isoDay(new Date(endsAt.getTime() - 1))}` : ''}`;
