import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Db } from '../../platform/server/db.ts';
import type { Case } from './append.ts';
import { caseEvents, cases, caseJobs } from './schema.ts';

/** The job a case leads or is part of. */
export interface Job {
	title: string;
	openedAt: Date;
	/** The case that leads it. */
	leader: Case;
}

/** The job of a case, or undefined while it stands alone. */
export async function jobOf(db: Db, kase: Case): Promise<Job | undefined> {
	const [found] = await db
		.select({ title: caseJobs.title, openedAt: caseJobs.openedAt, leader: cases })
		.from(caseJobs)
		.innerJoin(cases, eq(cases.id, caseJobs.caseId))
		.where(and(eq(caseJobs.caseId, kase.mergedIntoId ?? kase.id), isNull(caseJobs.endedAt)));
	return found;
}

/** The cases that are part of the job another leads, in the order they were raised. */
export const partsOf = (db: Db, leader: Pick<Case, 'id' | 'municipalityId'>): Promise<Case[]> =>
	db
		.select()
		.from(cases)
		.where(and(eq(cases.mergedIntoId, leader.id), eq(cases.municipalityId, leader.municipalityId)))
		.orderBy(asc(cases.openedAt), asc(cases.id));

/**
 * Whose followers hear of an event beside those of the case itself, as subject and reference, and what
 * the job is called. Only what the leading case does is everybody's.
 */
export async function jobFollowed(
	db: Db,
	kase: Case,
	event: typeof caseEvents.$inferSelect
): Promise<{ title?: string; parts: Map<string, string> }> {
	const alone = { parts: new Map<string, string>() };
	if (!kase.parts && event.kind !== 'job_joined') return alone;
	const job = await jobOf(db, kase);
	if (!job || job.leader.id !== kase.id) return { ...alone, title: job?.title };
	const parts = await partsOf(db, kase);
	return {
		title: job.title,
		parts: new Map(parts.map(({ subjectId, reference }) => [subjectId, reference]))
	};
}
