import { asc, eq } from 'drizzle-orm';
import type { Db } from '../../platform/server/db.ts';
import { targetNames, verdictOf, type TargetName, type Verdict } from '../clock.ts';
import type { Reason } from '../reason.ts';
import { caseClocks, clockChanges, internals } from './schema.ts';
import type { CaseClock } from './keep.ts';

/** One promise of a case as a page shows it. */
export interface ShownPromise {
	target: TargetName;
	due: Date | null;
	doneAt: Date | null;
	verdict: Verdict;
	reason: Reason;
}

export interface ShownClock {
	promises: ShownPromise[];
	/** When the promise that it is done moved because another was made, oldest first. */
	moved: Array<{ at: Date; before: Date | null }>;
}

/** What was promised about a case and how that stands, or null where nothing was promised. */
export async function clockOf(db: Db, caseId: string, now: Date): Promise<ShownClock | null> {
	const [clock] = await db.select().from(caseClocks).where(eq(caseClocks.caseId, caseId));
	if (!clock) return null;
	const moved = await db
		.select({ at: clockChanges.at, before: clockChanges.fromDue, after: clockChanges.toDue })
		.from(clockChanges)
		.where(eq(clockChanges.caseId, caseId))
		.orderBy(asc(clockChanges.at));
	return {
		promises: targetNames.flatMap((target) => shown(clock, target, now)),
		moved: moved.filter(({ before, after }) => before?.getTime() !== after?.getTime())
	};
}

function shown(clock: CaseClock, target: TargetName, now: Date): ShownPromise[] {
	const reason = clock.reasons[target];
	if (!reason) return [];
	const { due, doneAt } = {
		acknowledge: { due: clock.acknowledgeDue, doneAt: clock.acknowledgedAt },
		reply: { due: clock.replyDue, doneAt: clock.repliedAt },
		resolve: { due: clock.resolveDue, doneAt: clock.endedAt }
	}[target];
	return [{ target, due, doneAt, reason, verdict: verdictOf({ due, doneAt }, now, clock.endedAt) }];
}

/** What the department that was given a case owes the one that gave it, and until when; null where nothing. For colleagues. */
export async function partOwed(db: Db, caseId: string) {
	const [owed] = await db
		.select({
			due: caseClocks.partDue,
			minutes: internals.minutes,
			departmentId: internals.departmentId
		})
		.from(caseClocks)
		.innerJoin(internals, eq(internals.id, caseClocks.partBy))
		.where(eq(caseClocks.caseId, caseId));
	return owed?.due ? { ...owed, due: owed.due } : null;
}
