import { and, asc, desc, eq, gt, isNull, lt, ne, or, sql } from 'drizzle-orm';
import { can, type Actor, type Permission } from '../../identity/permissions.ts';
import { people } from '../../identity/server/schema.ts';
import { notFound } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { later, minutes } from '../../platform/time.ts';
import { possibleRemarks } from '../remarks.ts';
import { possibleDeeds } from '../rules.ts';
import type { Case } from './append.ts';
import { lastClaim } from './history.ts';
import { mayRead, ownedOf } from './reach.ts';
import { cases, caseViewers, confirmations, replyTemplates } from './schema.ts';

/** The case of a reference, if this person may see it. Throws a 404 otherwise. */
export async function findCase(db: Db, actor: Actor, reference: string): Promise<Case> {
	const [kase] = await db.select().from(cases).where(eq(cases.reference, reference));
	if (!kase || !mayRead(actor, kase)) throw notFound();
	return kase;
}

/** What this person can do and say here now. */
export function choicesAt(actor: Actor, kase: Case) {
	const may = (permission: Permission) => can(actor, permission, ownedOf(kase));
	const here = { state: kase.state, hidden: kase.hidden, may };
	return {
		deeds: possibleDeeds({ ...here, track: kase.track, part: null }),
		remarks: possibleRemarks(here),
		readsPrivate: may('case.read_private')
	};
}

const lookingFor = minutes(2);

/** Notes that somebody has a case open, and answers who else has: within the last two minutes. */
export async function lookAt(db: Db, actor: Actor, kase: Case, now = new Date()) {
	const facts = { caseId: kase.id, personId: actor.id, municipalityId: kase.municipalityId };
	await db
		.insert(caseViewers)
		.values({ ...facts, seenAt: now })
		.onConflictDoUpdate({
			target: [caseViewers.caseId, caseViewers.personId],
			set: { seenAt: now }
		});
	const others = await db
		.select({ name: people.name })
		.from(caseViewers)
		.innerJoin(people, eq(people.id, caseViewers.personId))
		.where(
			and(
				eq(caseViewers.caseId, kase.id),
				ne(caseViewers.personId, actor.id),
				gt(caseViewers.seenAt, later(now, -lookingFor))
			)
		)
		.orderBy(asc(people.name));
	return others.map(({ name }) => name);
}

/** Forgets who looked at what: presence is for now, not for later. */
export const forgetViewers = (db: Db, now: Date) =>
	db.delete(caseViewers).where(lt(caseViewers.seenAt, later(now, -minutes(60))));

/** Ready answers that fit a case: for its department and service, or for all. */
export const templatesFor = (db: Db, kase: Case) =>
	db
		.select({
			id: replyTemplates.id,
			name: replyTemplates.name,
			text: replyTemplates.text,
			language: replyTemplates.language
		})
		.from(replyTemplates)
		.where(
			and(
				eq(replyTemplates.municipalityId, kase.municipalityId),
				eq(replyTemplates.active, true),
				or(
					isNull(replyTemplates.departmentId),
					kase.departmentId ? eq(replyTemplates.departmentId, kase.departmentId) : sql`false`
				),
				or(
					isNull(replyTemplates.serviceId),
					kase.serviceId ? eq(replyTemplates.serviceId, kase.serviceId) : sql`false`
				)
			)
		)
		.orderBy(
			desc(sql`${replyTemplates.state} is not distinct from ${kase.state}`),
			asc(replyTemplates.name)
		)
		.limit(40);

/** What residents answered to the last claim that it is done; they differ when both stand there. */
export async function answersTo(db: Db, kase: Case) {
	const claim = await lastClaim(db, kase.id);
	if (!claim) return { yes: 0, no: 0 };
	const [counted] = await db
		.select({
			yes: sql<number>`(count(*) filter (where ${confirmations.fixed}))::int`,
			no: sql<number>`(count(*) filter (where not ${confirmations.fixed}))::int`
		})
		.from(confirmations)
		.where(
			and(
				eq(confirmations.municipalityId, kase.municipalityId),
				eq(confirmations.claimEventId, claim.id)
			)
		);
	return counted;
}
