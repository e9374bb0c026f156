import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Db } from '../../platform/server/db.ts';
import { caseClimbs, caseClocks } from './schema.ts';

/** The rungs that some cases have climbed already, by case. */
export async function climbedOf(tx: Db, caseIds: string[]): Promise<Map<string, Set<string>>> {
	const found = await tx
		.select({ caseId: caseClimbs.caseId, rung: caseClimbs.rung })
		.from(caseClimbs)
		.where(inArray(caseClimbs.caseId, caseIds));
	const byCase = new Map<string, Set<string>>();
	for (const { caseId, rung } of found)
		byCase.set(caseId, (byCase.get(caseId) ?? new Set()).add(rung));
	return byCase;
}

/** Lets the next rung of some cases wait until then, or for ever. */
export const waitUntil = (tx: Db, caseIds: string[], at: Date | null) =>
	tx.update(caseClocks).set({ nextClimb: at }).where(inArray(caseClocks.caseId, caseIds));

/** Somebody answered what was carried up. */
export const answerClimbs = (tx: Db, caseId: string, at: Date) =>
	tx
		.update(caseClimbs)
		.set({ answeredAt: at })
		.where(and(eq(caseClimbs.caseId, caseId), isNull(caseClimbs.answeredAt)));
