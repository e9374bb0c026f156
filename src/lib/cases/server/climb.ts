import { setTimeout as pause } from 'node:timers/promises';
import { and, asc, eq, gt, inArray, lte, or } from 'drizzle-orm';
import { climbsAhead, toldAt } from '../../clocks/ladder.ts';
import { climbedOf, policyAt, waitUntil, type Reckoned } from '../../clocks/server/index.ts';
import { caseClocks } from '../../clocks/server/schema.ts';
import type { Db } from '../../platform/server/db.ts';
import { log } from '../../platform/server/log.ts';
import type { Case } from './append.ts';
import { carryUp, type Climber } from './carry-up.ts';
import { eventsOf, reckon, type FindPolicy } from './clock.ts';
import { caseEvents, cases } from './schema.ts';

/** So many cases are carried up in one transaction. */
const batch = 200;
/** Milliseconds. */
const longestRest = 1000;

/**
 * Carries up every case whose next rung has come, the longest waiting first. Safe to run twice and by
 * several workers at once; after a stop each rung is told once, in order. A case that cannot be
 * carried up holds up no other. Answers how many rungs were told.
 */
export async function climbLadders(db: Db, now: Date): Promise<number> {
	let told = 0;
	let last: Due | undefined;
	for (;;) {
		const began = performance.now();
		const due = await dueAfter(db, now, last);
		const ids = due.map(({ caseId }) => caseId);
		if (ids.length)
			try {
				told += await climbTogether(db, ids, now);
			} catch {
				for (const id of ids) told += await climbAlone(db, id, now);
			}
		if (due.length < batch) return told;
		last = due.at(-1);
		// Half of the time is left to those who report and answer meanwhile.
		await pause(Math.min(performance.now() - began, longestRest));
	}
}

const climbTogether = (db: Db, caseIds: string[], now: Date) =>
	db.transaction((tx) => climb(tx, caseIds, now));

async function climbAlone(db: Db, caseId: string, now: Date): Promise<number> {
	try {
		return await climbTogether(db, [caseId], now);
	} catch (reason) {
		log.error({ err: reason, case: caseId }, 'not carried up');
		return 0;
	}
}

interface Due {
	caseId: string;
	at: Date | null;
}

const dueAfter = (db: Db, now: Date, last?: Due): Promise<Due[]> =>
	db
		.select({ caseId: caseClocks.caseId, at: caseClocks.nextClimb })
		.from(caseClocks)
		.where(
			and(
				lte(caseClocks.nextClimb, now),
				last?.at
					? or(
							gt(caseClocks.nextClimb, last.at),
							and(eq(caseClocks.nextClimb, last.at), gt(caseClocks.caseId, last.caseId))
						)
					: undefined
			)
		)
		.orderBy(asc(caseClocks.nextClimb), asc(caseClocks.caseId))
		.limit(batch);

async function climb(tx: Db, caseIds: string[], now: Date): Promise<number> {
	const climbers: Climber[] = [];
	const waiting = new Map<number | null, string[]>();
	for (const { kase, reckoned, climbed } of await dueNow(tx, caseIds, now)) {
		const until = reckoned ? waitsUntil(kase, reckoned, now) : null;
		if (reckoned && until === undefined)
			climbers.push({ kase, reckoned, come: rungsCome(kase, reckoned, climbed, now) });
		else {
			const at = until?.getTime() ?? null;
			waiting.set(at, [...(waiting.get(at) ?? []), kase.id]);
		}
	}
	for (const [at, ids] of waiting) await waitUntil(tx, ids, at === null ? null : new Date(at));
	if (climbers.length) await carryUp(tx, climbers, now);
	return climbers.reduce((sum, { come }) => sum + come.length, 0);
}

/** Those of some cases that are still due and in nobody else's hands, with their clocks. */
async function dueNow(tx: Db, caseIds: string[], now: Date) {
	const found = await tx
		.select({ kase: cases })
		.from(cases)
		.innerJoin(caseClocks, eq(caseClocks.caseId, cases.id))
		.where(and(inArray(cases.id, caseIds), lte(caseClocks.nextClimb, now)))
		.orderBy(asc(caseClocks.nextClimb), asc(cases.id))
		.for('update', { of: cases, skipLocked: true });
	if (!found.length) return [];
	const ids = found.map(({ kase }) => kase.id);
	const events = await eventsOf(tx, ids);
	const climbed = await climbedOf(tx, ids);
	const policies = new Map<string, FindPolicy>();
	for (const { municipalityId } of new Map(
		found.map(({ kase }) => [kase.municipalityId, kase])
	).values())
		policies.set(municipalityId, await policyAt(tx, municipalityId, now));
	return found.map(({ kase }) => ({
		kase,
		reckoned: reckon(kase, events.get(kase.id) ?? [], policies.get(kase.municipalityId)!),
		climbed: climbed.get(kase.id) ?? new Set<string>()
	}));
}

/** Until when nothing is told of a case: null for ever, undefined where it is told now. */
function waitsUntil(kase: Case, { policy }: Reckoned, now: Date): Date | null | undefined {
	// The case that leads a job is carried up, once for all of its parts.
	if (!policy.targets.resolve || kase.state === 'merged') return null;
	// Whoever was stopped and wakes at night keeps it until people work.
	const open = toldAt(now, policy.calendar, kase.priority === 'emergency');
	return open > now ? open : undefined;
}

const rungsCome = (
	kase: Case,
	{ marks, policy }: Reckoned,
	climbed: ReadonlySet<string>,
	now: Date
) =>
	climbsAhead(marks, policy.targets.resolve!, policy.calendar, policy.ladder, {
		climbed,
		urgent: kase.priority === 'emergency'
	}).filter(({ at }) => at <= now);

/** Whether its reporter has taken a case higher: they may once. */
export const carriedUpByReporter = async (tx: Db, caseId: string) =>
	(await tx.$count(
		caseEvents,
		and(
			eq(caseEvents.caseId, caseId),
			eq(caseEvents.kind, 'escalated'),
			eq(caseEvents.actorRole, 'reporter')
		)
	)) > 0;
