import { randomUUID } from 'node:crypto';
import { newId } from '../../platform/ids.ts';
import type { Db } from '../../platform/server/db.ts';
import type { EventFacts, EventKind, State } from '../rules.ts';
import { project, type Projection } from '../projection.ts';
import { hashEvent, type Case } from './append.ts';
import type { CaseFacts } from './open.ts';
import { caseEvents, cases } from './schema.ts';

export interface ImportedEvent {
	kind: EventKind;
	at: Date;
	stateTo?: State;
	facts?: EventFacts;
}

export interface ImportedCase {
	facts: Omit<CaseFacts, 'deedId' | 'silent'>;
	openedAt: Date;
	/** What happened after it was opened, oldest first. */
	events: ImportedEvent[];
}

type NewCaseEvent = typeof caseEvents.$inferInsert;

/**
 * Opens many cases of another system with their history, chained like our own, in a few statements.
 * Nobody is told of what happened years ago.
 */
export async function importCases(tx: Db, imported: ImportedCase[], now: Date) {
	const built = imported.map((each) => buildCase(each, now));
	await tx.insert(cases).values(built.map(({ row }) => row));
	await tx.insert(caseEvents).values(built.flatMap(({ events }) => events));
}

function buildCase({ facts, openedAt, events }: ImportedCase, now: Date) {
	const id = newId(openedAt);
	const opened: ImportedEvent = {
		kind: 'opened',
		at: openedAt,
		facts: { departmentId: facts.departmentId ?? null, serviceId: facts.serviceId ?? undefined }
	};
	let row = blankCase(id, facts, openedAt);
	const chained = [opened, ...events].map((event) => {
		const next = chainEvent(row, event, now);
		row = next.row;
		return next.event;
	});
	return { row, events: chained };
}

function blankCase(id: string, facts: ImportedCase['facts'], openedAt: Date): Case {
	return {
		id,
		municipalityId: facts.municipalityId,
		track: facts.track,
		subjectId: facts.subjectId,
		reference: facts.reference,
		serviceId: facts.serviceId ?? null,
		priority: facts.priority ?? 'normal',
		state: 'open',
		stateSince: openedAt,
		reason: null,
		departmentId: facts.departmentId ?? null,
		assigneeId: null,
		wardCode: facts.wardCode ?? null,
		currentWardCode: facts.wardCode ?? null,
		version: 0,
		lastHash: '',
		openedAt,
		acknowledgedAt: null,
		firstReplyAt: null,
		claimedAt: null,
		closedAt: null,
		verifiedAt: null,
		reopenedCount: 0,
		lastEventAt: openedAt,
		councillorAskedAt: null,
		councillorAnsweredAt: null,
		escalatedAt: null,
		dueAt: null,
		mergedIntoId: null,
		parts: 0,
		hidden: false,
		private: facts.private ?? false
	};
}

function chainEvent(row: Case, { kind, at, stateTo, facts }: ImportedEvent, now: Date) {
	const unhashed = {
		id: newId(at),
		municipalityId: row.municipalityId,
		caseId: row.id,
		seq: row.version + 1,
		kind,
		actorId: null,
		actorRole: 'system',
		channel: 'import',
		occurredAt: at,
		recordedAt: now,
		deedId: randomUUID(),
		policyVersion: 1,
		visibility: 'public' as const,
		stateFrom: row.state,
		stateTo: stateTo && stateTo !== row.state ? stateTo : null,
		facts: JSON.parse(JSON.stringify(facts ?? {})) as EventFacts,
		textHash: '',
		prevHash: row.lastHash
	};
	const hash = hashEvent(unhashed);
	const after = project(row as Projection, {
		kind,
		stateFrom: row.state,
		stateTo: unhashed.stateTo,
		occurredAt: at,
		actorRole: 'system',
		visibility: 'public',
		facts: unhashed.facts
	});
	return {
		event: { ...unhashed, hash } satisfies NewCaseEvent,
		row: { ...row, ...after, version: unhashed.seq, lastHash: hash } as Case
	};
}
