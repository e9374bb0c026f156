import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Db } from '../../platform/server/db.ts';
import { statesOfType, stateType } from '../rules.ts';
import { appendEvent, lockCase } from './append.ts';
import { cases } from './schema.ts';

/** Somebody must still act on these, or may yet have to: a claim can be contradicted. */
const unfinished = statesOfType('held', 'open', 'paused', 'claimed');

/** How many unfinished cases each department holds. */
export const unfinishedByDepartment = async (
	db: Db,
	municipalityId: string
): Promise<Map<string, number>> => {
	const counted = await db
		.select({ departmentId: cases.departmentId, held: sql<number>`count(*)::int` })
		.from(cases)
		.where(and(eq(cases.municipalityId, municipalityId), inArray(cases.state, unfinished)))
		.groupBy(cases.departmentId);
	return new Map(counted.map(({ departmentId, held }) => [departmentId ?? '', held]));
};

/**
 * Moves every unfinished case from one department to another, in the caller's transaction. Each case's
 * history says so; followers are not written to, as nothing changes for them. Answers how many moved.
 */
export async function moveUnfinishedCases(
	tx: Db,
	actor: { id: string; role: string },
	facts: { municipalityId: string; from: string; to: string; words: string },
	now: Date
): Promise<number> {
	const held = await tx
		.select({ id: cases.id })
		.from(cases)
		.where(
			and(
				eq(cases.municipalityId, facts.municipalityId),
				eq(cases.departmentId, facts.from),
				inArray(cases.state, unfinished)
			)
		)
		.orderBy(cases.id);

	for (const { id } of held) {
		const kase = await lockCase(tx, id);
		const working = kase.track === 'issue' && ['open', 'paused'].includes(stateType[kase.state]);
		await appendEvent(tx, kase, {
			kind: 'reroute',
			actorId: actor.id,
			actorRole: actor.role,
			at: now,
			visibility: 'public',
			stateTo: working ? 'open' : null,
			facts: { departmentId: facts.to, fromDepartmentId: facts.from, assigneeId: null },
			words: facts.words,
			silent: true
		});
	}
	return held.length;
}
