import { and, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm';
import { permissions, type Role } from '../../identity/permissions.ts';
import { departments, grants, people } from '../../identity/server/schema.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import type { EventFacts } from '../rules.ts';
import type { Case } from './append.ts';

const workers = Object.keys(permissions['case.work']) as Role[];

export interface Colleague {
	id: string;
	name: string;
	role: Role;
	departmentId: string;
}

/** Who can be given work, by department, at an instant. */
export async function colleagues(
	db: Db,
	where: { municipalityId: string; departmentIds: string[] },
	now = new Date()
): Promise<Colleague[]> {
	if (where.departmentIds.length === 0) return [];
	const found = await db
		.selectDistinct({
			id: people.id,
			name: people.name,
			role: grants.role,
			departmentId: grants.departmentId
		})
		.from(grants)
		.innerJoin(people, eq(people.id, grants.personId))
		.where(
			and(
				eq(grants.municipalityId, where.municipalityId),
				inArray(grants.departmentId, where.departmentIds),
				inArray(grants.role, workers),
				lte(grants.startsAt, now),
				or(isNull(grants.endsAt), gt(grants.endsAt, now))
			)
		)
		.orderBy(people.name);
	return found as Colleague[];
}

/** A department or entity of the same municipality that can hold a case. Throws a 400 otherwise. */
export async function departmentFor(tx: Db, kase: Case, departmentId: string): Promise<string> {
	const [found] = await tx
		.select({ id: departments.id })
		.from(departments)
		.where(
			and(
				eq(departments.id, departmentId),
				eq(departments.municipalityId, kase.municipalityId),
				eq(departments.active, true)
			)
		);
	if (!found) throw new Refusal(400, 'Choose a department from the list.', 'department');
	if (found.id === kase.departmentId)
		throw new Refusal(409, 'It is with that department already.', 'department');
	return found.id;
}

/** The body that is responsible instead of us, by id, or `other` when the words name it. */
export const bodyFor = async (tx: Db, kase: Case, body: string): Promise<string> =>
	body === 'other' ? body : departmentFor(tx, kase, body);

interface Whom {
	assigneeId?: string | null;
	departmentId?: string | null;
}

/**
 * To whom a case is given: a person of the department that holds it, or the department alone.
 * Another department's case is not given away here: that is a public step with a reason.
 */
export async function assigneeFor(
	tx: Db,
	kase: Case,
	{ assigneeId, departmentId }: Whom,
	now: Date
): Promise<EventFacts> {
	const placed =
		kase.departmentId ?? (departmentId && (await departmentFor(tx, kase, departmentId)));
	if (departmentId && departmentId !== placed)
		throw new Refusal(409, 'Send it to that department first, and say why.', 'department');
	if (!placed) throw new Refusal(400, 'Choose the department first.', 'department');
	if (!assigneeId) return { departmentId: placed, assigneeId: null };

	const team = await colleagues(
		tx,
		{ municipalityId: kase.municipalityId, departmentIds: [placed] },
		now
	);
	if (!team.some(({ id }) => id === assigneeId))
		throw new Refusal(400, 'Choose somebody who works in that department.', 'assignee');
	return { departmentId: placed, assigneeId };
}
