import { and, eq, inArray } from 'drizzle-orm';
import { cases } from '../../cases/server/schema.ts';
import { readCommitmentNumber } from '../../commitments/rules.ts';
import { commitments } from '../../commitments/server/schema.ts';
import type { Asker } from '../../identity/asker.ts';
import { readReference } from '../../issues/reference.ts';
import { isPublic, visibleTo } from '../../issues/server/index.ts';
import { issues } from '../../issues/server/schema.ts';
import { readNewsNumber } from '../../noticeboard/rules.ts';
import { news } from '../../noticeboard/server/schema.ts';
import type { Db } from '../../platform/server/db.ts';
import { meantReferences } from '../mistyped.ts';

/**
 * The page of the number somebody typed (`kha26 7k3mq`, `P-3`, `N-12`), where they may open it; null
 * when it is no number, or none of theirs.
 */
export async function pageOfNumber(
	db: Db,
	asker: Asker,
	municipalityId: string,
	typed: string
): Promise<string | null> {
	const reference = readReference(typed);
	if (reference) {
		const [found] = await db
			.select({ reference: issues.reference })
			.from(issues)
			.innerJoin(cases, eq(cases.subjectId, issues.id))
			.where(
				and(
					eq(issues.municipalityId, municipalityId),
					eq(issues.reference, reference),
					visibleTo(asker)
				)
			);
		return found ? `/issues/${found.reference}` : null;
	}
	const promise = /^p-?\d/i.test(typed.trim()) ? readCommitmentNumber(typed) : null;
	if (promise && (await isThere(db, commitments, municipalityId, promise)))
		return `/commitments/${promise}`;
	const piece = /^n-?\d/i.test(typed.trim()) ? readNewsNumber(typed) : null;
	if (!piece) return null;
	const [found] = await db
		.select({ at: news.publishedAt })
		.from(news)
		.where(and(eq(news.municipalityId, municipalityId), eq(news.number, piece)));
	return found?.at ? `/news/${piece}` : null;
}

const isThere = async (db: Db, table: typeof commitments, municipalityId: string, number: number) =>
	(await db.$count(
		table,
		and(eq(table.municipalityId, municipalityId), eq(table.number, number))
	)) > 0;

/**
 * The public issues whose number differs by one slip from what was typed. A slip may make a number
 * that could be one (one character more has its own check): those of it are looked for as well.
 */
export async function meantIssues(db: Db, municipalityId: string, typed: string) {
	const meant = meantReferences(typed);
	if (!meant.length) return [];
	return db
		.select({ reference: issues.reference, title: issues.title, place: issues.place })
		.from(issues)
		.innerJoin(cases, eq(cases.subjectId, issues.id))
		.where(
			and(eq(issues.municipalityId, municipalityId), inArray(issues.reference, meant), isPublic)
		)
		.limit(5);
}
