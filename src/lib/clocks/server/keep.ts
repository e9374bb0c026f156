import { getTableColumns, inArray, sql } from 'drizzle-orm';
import { newId } from '../../platform/ids.ts';
import type { Db } from '../../platform/server/db.ts';
import { faceOf, targetNames, type Face, type Marks } from '../clock.ts';
import { climbsAhead } from '../ladder.ts';
import type { Policy, Served } from '../policy.ts';
import { dueBefore } from '../working-time.ts';
import { climbedOf } from './climbs.ts';
import { caseClocks, clockChanges } from './schema.ts';

export type CaseClock = typeof caseClocks.$inferSelect;

/** What a clock has to know of the case it belongs to. */
export interface Clocked extends Served {
	caseId: string;
	municipalityId: string;
	/** How many events it had when this was reckoned. */
	seq: number;
}

/** A case, what its events leave, and what is promised about it. */
export interface Reckoned {
	clocked: Clocked;
	marks: Marks;
	policy: Policy;
}

/**
 * Keeps the clocks of some cases as they are reckoned now, in the transaction of what moved them, and
 * notes under what each stood before. Answers the rows as they stand.
 */
export async function keepClocks(tx: Db, reckoned: Reckoned[], now: Date): Promise<CaseClock[]> {
	if (reckoned.length === 0) return [];
	const climbed = reckoned.some(({ policy }) => policy.ladder.length > 0)
		? await climbedOf(
				tx,
				reckoned.map(({ clocked }) => clocked.caseId)
			)
		: new Map<string, Set<string>>();
	const rows = reckoned.map((each) => clockRow(each, climbed.get(each.clocked.caseId)));
	await noteChanges(tx, reckoned, rows, now);
	await tx
		.insert(caseClocks)
		.values(rows)
		.onConflictDoUpdate({ target: caseClocks.caseId, set: asGiven });
	return rows;
}

/** Every column as the statement brings it. */
const asGiven = Object.fromEntries(
	Object.keys(getTableColumns(caseClocks)).map((name) => [
		name,
		sql.raw(`excluded.${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`)
	])
);

/** The row of a clock, from what happened and what is promised. */
export function clockRow(
	{ clocked, marks, policy }: Reckoned,
	climbed: ReadonlySet<string> = new Set()
): CaseClock {
	const face = faceOf(marks, policy.targets, policy.calendar);
	const standing = marks.stops.at(-1);
	return {
		caseId: clocked.caseId,
		municipalityId: clocked.municipalityId,
		agreement: policy.agreement.id,
		calendar: policy.calendarId,
		startedAt: marks.startedAt,
		acknowledgeDue: face.acknowledge?.due ?? null,
		acknowledgedAt: marks.acknowledgedAt,
		replyDue: face.reply?.due ?? null,
		repliedAt: marks.repliedAt,
		resolveDue: face.resolve?.due ?? null,
		endedAt: marks.endedAt,
		pausedAt: standing?.to === null && standing.then === 'stands' ? standing.from : null,
		nextClimb: nextClimbOf({ clocked, marks, policy }, climbed),
		nextDue: face.next?.due ?? null,
		nextTarget: face.next?.target ?? null,
		...partOf({ marks, policy, clocked }, face),
		reasons: reasonsOf(face)
	};
}

/** What the department that has it owes the one that gave it, worked backwards from the residents' promise. */
function partOf({ marks, policy }: Reckoned, face: Face) {
	const { internal, calendar } = policy;
	const due = marks.endedAt ? null : face.resolve?.due;
	if (!internal || !due) return { partDue: null, partBy: null };
	const at = dueBefore(calendar, due.getTime(), internal.minutes * 60_000);
	return { partDue: at === null ? null : new Date(at), partBy: internal.id };
}

function nextClimbOf({ clocked, marks, policy }: Reckoned, climbed: ReadonlySet<string>) {
	if (!policy.targets.resolve) return null;
	const urgent = clocked.priority === 'emergency';
	const ahead = climbsAhead(marks, policy.targets.resolve, policy.calendar, policy.ladder, {
		climbed,
		urgent
	});
	return ahead.map(({ at }) => at).sort((one, other) => one.getTime() - other.getTime())[0] ?? null;
}

const reasonsOf = (face: Face): CaseClock['reasons'] =>
	Object.fromEntries(
		targetNames.flatMap((name) => (face[name] ? [[name, face[name].reason]] : []))
	);

/** Both histories stay: under what each stood before, and when that moved. */
async function noteChanges(tx: Db, reckoned: Reckoned[], rows: CaseClock[], now: Date) {
	const before = new Map(
		(
			await tx
				.select()
				.from(caseClocks)
				.where(
					inArray(
						caseClocks.caseId,
						rows.map(({ caseId }) => caseId)
					)
				)
		).map((clock) => [clock.caseId, clock])
	);
	const changes = rows.flatMap((after, i) => {
		const old = before.get(after.caseId);
		if (!old || isSame(old, after)) return [];
		return {
			id: newId(now),
			municipalityId: after.municipalityId,
			caseId: after.caseId,
			at: now,
			fromAgreement: old.agreement,
			toAgreement: after.agreement,
			fromCalendar: old.calendar,
			toCalendar: after.calendar,
			fromDue: old.resolveDue,
			toDue: after.resolveDue,
			seq: reckoned[i].clocked.seq
		};
	});
	if (changes.length) await tx.insert(clockChanges).values(changes);
}

/** Whether it stands under the same promise and hours, and no proclaimed day moved it. */
const isSame = (old: CaseClock, after: CaseClock) =>
	old.agreement === after.agreement &&
	old.calendar === after.calendar &&
	JSON.stringify(old.reasons.resolve?.days) === JSON.stringify(after.reasons.resolve?.days);
