import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import { marksAfter } from '../../clocks/clock.ts';
import {
	answerClimbs,
	keepClocks,
	policyAt,
	type CaseClock,
	type Reckoned
} from '../../clocks/server/index.ts';
import type { Policy, Served } from '../../clocks/policy.ts';
import { notify, type Db } from '../../platform/server/db.ts';
import { beatsOf, movesClock } from '../beat.ts';
import type { ProjectedEvent } from '../projection.ts';
import { openStates, statesOfType } from '../rules.ts';
import type { Case } from './append.ts';
import { asProjected } from './projected.ts';
import { caseEvents, cases } from './schema.ts';

export type FindPolicy = (served: Served) => Policy | null;

/** Facts that decide what is promised. */
const changesPromise = ({ kind, facts }: Pick<ProjectedEvent, 'kind' | 'facts'>) =>
	kind === 'service_changed' ||
	kind === 'ward_changed' ||
	kind === 'priority_changed' ||
	facts.departmentId !== undefined;

/**
 * Reckons the clock of a case after an event, from all its events, in the event's own transaction.
 * Answers when the next promise is due. Suggestions have no clock.
 */
export async function clockAfter(tx: Db, kase: Case, event: ProjectedEvent): Promise<Date | null> {
	if (kase.track !== 'issue') return null;
	if (!movesClock(event) && !changesPromise(event)) return kase.dueAt;
	if (kase.escalatedAt && beatsOf([event])[0]?.replied)
		await answerClimbs(tx, kase.id, event.occurredAt);
	const events =
		event.kind === 'opened' ? [event] : ((await eventsOf(tx, [kase.id])).get(kase.id) ?? []);
	// What has ended keeps the promises of the day it ended.
	const at = marksAfter(beatsOf(events))?.endedAt ?? event.occurredAt;
	const find = await policyAt(tx, kase.municipalityId, at);
	const reckoned = reckon(kase, events, find) ?? (await asFirstPromised(tx, kase, events));
	const [clock] = await keepClocks(tx, reckoned ? [reckoned] : [], event.occurredAt);
	return clock?.nextDue ?? null;
}

/** Where nothing is promised any more, what was promised when it was reported stays promised. */
const asFirstPromised = async (tx: Db, kase: Case, events: ProjectedEvent[]) =>
	reckon(kase, events, await policyAt(tx, kase.municipalityId, kase.openedAt));

/** What the clock of a case is made of, or null where nothing was ever promised. */
export function reckon(kase: Case, events: ProjectedEvent[], find: FindPolicy): Reckoned | null {
	const marks = marksAfter(beatsOf(events));
	// What was brought in from elsewhere was never promised anything here.
	if (!marks || events[0].actorRole === 'system') return null;
	const served = {
		serviceId: kase.serviceId,
		priority: kase.priority,
		wardCode: kase.currentWardCode,
		departmentId: kase.departmentId,
		cameFrom: cameFrom(events)
	};
	const policy = find(served);
	if (!policy) return null;
	const clocked = {
		...served,
		caseId: kase.id,
		municipalityId: kase.municipalityId,
		seq: kase.version
	};
	return { clocked, marks, policy };
}

/** The department that gave a case to the one that has it, or null: it began there, or is back there. */
export function cameFrom(events: Pick<ProjectedEvent, 'facts'>[]): string | null {
	const held: string[] = [];
	for (const { facts } of events)
		if (facts.departmentId && facts.departmentId !== held.at(-1)) held.push(facts.departmentId);
	return held.length > 1 && held.at(-1) !== held[0] ? held.at(-2)! : null;
}

/** The events of some cases, in order, by case. */
export async function eventsOf(tx: Db, caseIds: string[]): Promise<Map<string, ProjectedEvent[]>> {
	const found = await tx
		.select()
		.from(caseEvents)
		.where(inArray(caseEvents.caseId, caseIds))
		.orderBy(asc(caseEvents.caseId), asc(caseEvents.seq));
	const byCase = new Map<string, ProjectedEvent[]>();
	for (const event of found) {
		const events = byCase.get(event.caseId);
		if (events) events.push(asProjected(event));
		else byCase.set(event.caseId, [asProjected(event)]);
	}
	return byCase;
}

const batch = 500;
const running = [...openStates, ...statesOfType('held')];

/**
 * Reckons every open clock of a municipality anew, after what it promises has changed. What has ended
 * stays as it was. Safe to run twice. Answers how many clocks moved.
 */
export async function moveClocks(db: Db, municipalityId: string, now: Date): Promise<number> {
	let moved = 0;
	let after: string | undefined = '00000000-0000-0000-0000-000000000000';
	while (after) {
		const from: string = after;
		const done = await db.transaction((tx) =>
			moveBatch(tx as unknown as Db, municipalityId, from, now)
		);
		moved += done.moved;
		after = done.next;
	}
	return moved;
}

/** The next cases with a running clock, in the order of their ids. */
export const runningCases = (db: Db, municipalityId: string, after: string, most: number) =>
	db
		.select()
		.from(cases)
		.where(
			and(
				eq(cases.municipalityId, municipalityId),
				eq(cases.track, 'issue'),
				inArray(cases.state, running),
				gt(cases.id, after)
			)
		)
		.orderBy(asc(cases.id))
		.limit(most);

async function moveBatch(tx: Db, municipalityId: string, after: string, now: Date) {
	const some: Case[] = await runningCases(tx, municipalityId, after, batch).for('update');
	if (some.length === 0) return { moved: 0, next: undefined };

	const find = await policyAt(tx, municipalityId, now);
	const events = await eventsOf(
		tx,
		some.map(({ id }) => id)
	);
	const reckoned = some.flatMap((kase) => reckon(kase, events.get(kase.id) ?? [], find) ?? []);
	const clocks = await keepClocks(tx, reckoned, now);
	const moved = await keepDue(tx, some, clocks);
	for (const { id } of moved) await notify(tx, 'case', `${municipalityId} ${id}`);
	return { moved: moved.length, next: some.length === batch ? some.at(-1)!.id : undefined };
}

/** The rows of the cases follow their clocks. Answers those that moved. */
async function keepDue(tx: Db, some: Case[], clocks: CaseClock[]) {
	const due = new Map(clocks.map(({ caseId, nextDue }) => [caseId, nextDue]));
	const moved = some.filter(
		({ id, dueAt }) => due.has(id) && due.get(id)?.getTime() !== dueAt?.getTime()
	);
	if (moved.length)
		await tx
			.update(cases)
			.set({
				dueAt: sql`(select k.next_due from case_clocks k where k.case_id = ${cases.id})`
			})
			.where(
				inArray(
					cases.id,
					moved.map(({ id }) => id)
				)
			);
	return moved;
}
