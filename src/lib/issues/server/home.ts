import { and, countDistinct, desc, eq, gte, inArray, sql } from 'drizzle-orm';
import { openStates } from '../../cases/rules.ts';
import { lastClaim } from '../../cases/server/index.ts';
import { caseEvents, cases, confirmations } from '../../cases/server/schema.ts';
import type { Db } from '../../platform/server/db.ts';
import { days, later } from '../../platform/time.ts';
import { readFilters } from '../filters.ts';
import { answersTo } from './answer-claim.ts';
import { issues } from './schema.ts';
import { listIssues, type Listed, type ListOf } from './list.ts';
import { standingIn } from './standing.ts';
import { isPublic, receiptIndexOf } from './visible.ts';

/** One of my own reports, with the question that waits for me, if one does. */
export type Own = Listed & { ask: { claimEventId: string; at: Date } | null };

/** What this account or device reported, newest first; those that ask something stand in front. */
export async function ownIssues(db: Db, list: ListOf, most = 50): Promise<Own[]> {
	const { issues: mine } = await listIssues(
		db,
		list,
		{ ...readFilters(new URLSearchParams()), kind: 'all', state: 'all', mine: true },
		most
	);
	const asked: Own[] = [];
	for (const issue of mine) asked.push({ ...issue, ask: await questionOf(db, list, issue) });
	return asked.sort((a, b) => Number(b.ask !== null) - Number(a.ask !== null));
}

async function questionOf(db: Db, { asker, municipalityId }: ListOf, issue: Listed) {
	if (issue.state !== 'resolved_claimed') return null;
	const { kase, byWhom } = await standingIn(db, asker, municipalityId, issue.reference);
	const claim = await lastClaim(db, kase.id);
	if (!claim || (await answersTo(db, claim.id, byWhom)).before !== null) return null;
	return { claimEventId: claim.id, at: claim.at };
}

/** Thirty days of a ward, or of the whole municipality, in counts anybody can repeat from the lists. */
export interface Month {
	/** Raised in these days. */
	opened: number;
	/** Waiting for the municipality now. */
	open: number;
	/** Said to be fixed in these days. */
	claimed: number;
	/** Of those, confirmed by the reporter or a neighbour. */
	confirmed: number;
}

export async function monthOf(
	db: Db,
	municipalityId: string,
	ward: string | null,
	now = new Date()
): Promise<Month> {
	const since = later(now, -days(30));
	const here = and(
		eq(issues.municipalityId, municipalityId),
		eq(issues.kind, 'issue'),
		isPublic,
		ward ? eq(issues.currentWardCode, ward) : undefined
	);
	const [counts] = await db
		.select({
			opened: sql<string>`count(*) filter (where ${gte(issues.createdAt, since)})`,
			open: sql<string>`count(*) filter (where ${inArray(cases.state, openStates)})`
		})
		.from(issues)
		.innerJoin(cases, eq(cases.subjectId, issues.id))
		.where(here);
	const [claims] = await db
		.select({
			claimed: countDistinct(caseEvents.caseId),
			confirmed: sql<string>`count(distinct ${confirmations.caseId})`
		})
		.from(caseEvents)
		.innerJoin(cases, eq(cases.id, caseEvents.caseId))
		.innerJoin(issues, eq(issues.id, cases.subjectId))
		.leftJoin(
			confirmations,
			and(eq(confirmations.claimEventId, caseEvents.id), eq(confirmations.fixed, true))
		)
		.where(
			and(
				here,
				eq(caseEvents.municipalityId, municipalityId),
				eq(caseEvents.stateTo, 'resolved_claimed'),
				gte(caseEvents.occurredAt, since)
			)
		);
	return {
		opened: Number(counts.opened),
		open: Number(counts.open),
		claimed: Number(claims.claimed),
		confirmed: Number(claims.confirmed)
	};
}

const feltFor = days(14);
const feltByMany = 3;

/**
 * What most households of a ward, or of the municipality, wait for now: raised in the last two weeks
 * and still open. Null when nothing concerns more than a few.
 */
export async function mostFelt(
	db: Db,
	municipalityId: string,
	ward: string | null,
	now = new Date()
) {
	const [felt] = await db
		.select({
			reference: issues.reference,
			title: issues.title,
			language: issues.language,
			householdCount: issues.householdCount
		})
		.from(issues)
		.innerJoin(cases, eq(cases.subjectId, issues.id))
		.where(
			and(
				eq(issues.municipalityId, municipalityId),
				eq(issues.kind, 'issue'),
				isPublic,
				ward ? eq(issues.currentWardCode, ward) : undefined,
				gte(issues.createdAt, later(now, -feltFor)),
				gte(issues.householdCount, feltByMany),
				inArray(cases.state, openStates)
			)
		)
		.orderBy(desc(issues.householdCount), desc(issues.createdAt))
		.limit(1);
	return felt ?? null;
}

/** The reference a receipt code opens, or null when it opens nothing. */
export async function referenceOfReceipt(db: Db, code: string): Promise<string | null> {
	const [found] = await db
		.select({ reference: issues.reference })
		.from(issues)
		.where(eq(issues.receiptIndex, receiptIndexOf(code)));
	return found?.reference ?? null;
}
