import { and, eq } from 'drizzle-orm';
import { lockCase, type Case } from '../../../cases/server/index.ts';
import { cases } from '../../../cases/server/schema.ts';
import { can, type Actor } from '../../../identity/permissions.ts';
import { notFound } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import { issues } from '../schema.ts';
import type { Issue } from '../standing.ts';
import { ownedBy } from '../visible.ts';

export interface At {
	municipalityId: string;
	reference: string;
}

export interface Moderated {
	issue: Issue;
	kase: Case;
}

/**
 * The issue a moderator works on. Private ones that nobody held or flagged are between the resident
 * and those who read private cases. @throws 404 for everybody else
 */
export async function findModerated(
	db: Db,
	actor: Actor,
	{ municipalityId, reference }: At
): Promise<Moderated> {
	const [found] = await db
		.select({ issue: issues, kase: cases })
		.from(issues)
		.innerJoin(cases, eq(cases.subjectId, issues.id))
		.where(and(eq(issues.municipalityId, municipalityId), eq(issues.reference, reference)));
	if (!found || !mayModerate(actor, found)) throw notFound();
	return found;
}

export function mayModerate(actor: Actor, { issue, kase }: Moderated): boolean {
	const owned = ownedBy(issue, kase);
	if (!can(actor, 'issue.moderate', owned)) return false;
	const between = issue.private || kase.private;
	const waits = issue.hidden || kase.hidden || kase.state === 'submitted';
	return !between || waits || can(actor, 'case.read_private', owned);
}

/** The same, with the case locked until the deed's transaction ends. */
export async function lockModerated(tx: Db, actor: Actor, at: At): Promise<Moderated> {
	const { kase } = await findModerated(tx, actor, at);
	await lockCase(tx, kase.id);
	return findModerated(tx, actor, at);
}
