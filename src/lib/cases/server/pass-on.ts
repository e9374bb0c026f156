import { and, asc, desc, eq, gt, inArray } from 'drizzle-orm';
import { newId } from '../../platform/ids.ts';
import type { Db } from '../../platform/server/db.ts';
import type { EventKind, State } from '../rules.ts';
import { appendEvent, lockCase, type Case } from './append.ts';
import { countOut, letGo } from './join-job.ts';
import { caseEvents, cases } from './schema.ts';

const batch = 50;
const nobody = { actorId: null, actorRole: 'system', silent: true };

/**
 * Tells every part of a job how the case that leads it went on, each event once and in order: they run,
 * stand and end with it. When the leader was taken back or hidden, each stands alone again. Safe to run
 * twice and by two workers at once.
 */
export async function passOn(db: Db, leaderId: string, now: Date) {
	let after: string | undefined = '00000000-0000-0000-0000-000000000000';
	while (after) {
		const from: string = after;
		after = await db.transaction((tx) => passOnBatch(tx as unknown as Db, leaderId, from, now));
	}
}

async function passOnBatch(tx: Db, leaderId: string, after: string, now: Date) {
	const leader = await lockCase(tx, leaderId);
	const parts = await tx
		.select()
		.from(cases)
		.where(and(eq(cases.mergedIntoId, leaderId), gt(cases.id, after)))
		.orderBy(asc(cases.id))
		.limit(batch)
		.for('update');
	if (leader.hidden || leader.state === 'withdrawn') await freeAll(tx, leader, parts, now);
	else await tellAll(tx, leader, parts);
	if (parts.length === batch) return parts.at(-1)!.id;
	await countAgain(tx, leaderId, now);
	return undefined;
}

async function freeAll(tx: Db, leader: Case, parts: Case[], now: Date) {
	let left = leader;
	for (const part of parts) {
		const by = { ...nobody, silent: false, deedId: newId(now) };
		({ left } = await letGo(tx, { part, leader: left }, by, now));
	}
}

/** A part that was taken back by its reporter went by itself. */
async function countAgain(tx: Db, leaderId: string, now: Date) {
	let leader = await lockCase(tx, leaderId);
	const here = await tx.$count(cases, eq(cases.mergedIntoId, leaderId));
	while (leader.parts > here)
		leader = await countOut(tx, leader, { ...nobody, deedId: newId(now) }, now);
}

const said: EventKind[] = ['reply', 'councillor_reply', 'escalated', 'reroute', 'reassign'];

async function tellAll(tx: Db, leader: Case, parts: Case[]) {
	if (parts.length === 0) return;
	const heard = await heardSoFar(
		tx,
		parts.map(({ id }) => id)
	);
	const first = Math.min(...heard.values());
	const events = await tx
		.select()
		.from(caseEvents)
		.where(
			and(
				eq(caseEvents.caseId, leader.id),
				eq(caseEvents.visibility, 'public'),
				gt(caseEvents.seq, first)
			)
		)
		.orderBy(asc(caseEvents.seq));
	const worthTelling = events.filter(
		({ kind, stateTo }) => stateTo !== null || said.includes(kind as EventKind)
	);
	for (const part of parts) {
		let moved = part;
		for (const event of worthTelling.filter(({ seq }) => seq > (heard.get(part.id) ?? 0)))
			moved = await appendEvent(tx, moved, {
				...nobody,
				kind: 'job_moved',
				at: event.occurredAt,
				deedId: event.id,
				visibility: 'public',
				facts: {
					jobKind: event.kind as EventKind,
					jobState: (event.stateTo ?? event.stateFrom) as State,
					jobSeq: event.seq,
					code: event.facts.code
				}
			});
	}
}

/** How far in the leader's history each part has heard. */
async function heardSoFar(tx: Db, ids: string[]): Promise<Map<string, number>> {
	const last = await tx
		.selectDistinctOn([caseEvents.caseId], { id: caseEvents.caseId, facts: caseEvents.facts })
		.from(caseEvents)
		.where(
			and(inArray(caseEvents.caseId, ids), inArray(caseEvents.kind, ['job_joined', 'job_moved']))
		)
		.orderBy(caseEvents.caseId, desc(caseEvents.seq));
	return new Map(last.map(({ id, facts }) => [id, facts.jobSeq ?? 0]));
}
