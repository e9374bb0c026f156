import { and, eq, inArray, ne, or, sql, type SQL } from 'drizzle-orm';
import {
	can,
	grantsFor,
	type Actor,
	type Owned,
	type Permission
} from '../../identity/permissions.ts';
import { notFound } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { lockCase, type Case } from './append.ts';
import { cases } from './schema.ts';

type Reachable = Pick<
	Case,
	| 'municipalityId'
	| 'wardCode'
	| 'currentWardCode'
	| 'departmentId'
	| 'hidden'
	| 'private'
	| 'state'
>;

/** To whom a case belongs: both the ward it was raised in and the one it lies in today. */
export const ownedOf = (kase: Reachable): Owned => ({
	municipalityId: kase.municipalityId,
	wardCodes: [kase.wardCode, kase.currentWardCode],
	departmentId: kase.departmentId
});

/** Whether somebody of the office may see a case. Private and held ones need more; hidden ones only moderation sees. */
export function mayRead(actor: Actor, kase: Reachable): boolean {
	const may = (permission: Permission) => can(actor, permission, ownedOf(kase));
	if (kase.hidden) return may('issue.moderate');
	if (kase.state === 'submitted') return may('issue.moderate') || may('case.read_private');
	return may(kase.private ? 'case.read_private' : 'case.read');
}

/** The case, locked, if this person may see it; otherwise it does not exist. */
export async function reachCase(tx: Db, actor: Actor, caseId: string): Promise<Case> {
	const kase = await lockCase(tx, caseId);
	if (!mayRead(actor, kase)) throw notFound();
	return kase;
}

const nothing = sql`false`;

/** The cases within reach of a permission, as a condition. */
export function within(actor: Actor, permission: Permission): SQL {
	const reaches = grantsFor(actor, permission).map(({ grant, reach }) => {
		const here = eq(cases.municipalityId, grant.municipalityId);
		if (reach === 'municipality') return here;
		if (reach === 'department' && grant.departmentId)
			return and(here, eq(cases.departmentId, grant.departmentId));
		if (reach === 'ward' && grant.wardCode)
			return and(
				here,
				or(eq(cases.wardCode, grant.wardCode), eq(cases.currentWardCode, grant.wardCode))
			);
		return nothing;
	});
	return or(...reaches) ?? nothing;
}

/** The cases somebody may see, as a condition: the same answer as `mayRead`. */
export function readable(actor: Actor): SQL {
	const moderate = within(actor, 'issue.moderate');
	const readPrivate = within(actor, 'case.read_private');
	return or(
		and(
			eq(cases.hidden, false),
			ne(cases.state, 'submitted'),
			eq(cases.private, false),
			within(actor, 'case.read')
		),
		and(
			eq(cases.hidden, false),
			ne(cases.state, 'submitted'),
			eq(cases.private, true),
			readPrivate
		),
		and(eq(cases.hidden, false), eq(cases.state, 'submitted'), or(moderate, readPrivate)),
		and(eq(cases.hidden, true), moderate)
	)!;
}

/** Several cases, locked always in the same order so that two bulk deeds cannot wait for each other. */
export const lockCases = (tx: Db, ids: string[]): Promise<Case[]> =>
	tx.select().from(cases).where(inArray(cases.id, ids)).orderBy(cases.id).for('update');
