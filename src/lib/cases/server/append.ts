import { createHash, randomBytes } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { canonical } from '../../audit/server/index.ts';
import { newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import { notify, notifyAll, type Db } from '../../platform/server/db.ts';
import { enqueue, enqueueAll } from '../../platform/server/jobs.ts';
import { project, type Projection } from '../projection.ts';
import type { EventFacts, EventKind, State } from '../rules.ts';
import { clockAfter } from './clock.ts';
import { caseMoved, jobMoved } from './jobs.ts';
import { asProjected } from './projected.ts';
import { caseEvents, cases, caseWords } from './schema.ts';

export type Case = typeof cases.$inferSelect;

export interface NewEvent {
	kind: EventKind;
	actorId: string | null;
	/** In which capacity: a role, or `reporter`, `supporter`, `system`. */
	actorRole: string;
	channel?: string;
	/** When it was done; the database keeps beside it when it heard. */
	at: Date;
	/** Made by whoever did the deed: the same deed twice is one event. */
	deedId?: string;
	visibility: 'public' | 'private' | 'internal';
	stateTo?: State | null;
	facts?: EventFacts;
	words?: string;
	language?: string;
	/** Followers are told unless this is true: imports, bulk corrections. */
	silent?: boolean;
}

/** The case, locked until the deed's transaction ends. */
export async function lockCase(tx: Db, caseId: string): Promise<Case> {
	const [found] = await tx.select().from(cases).where(eq(cases.id, caseId)).for('update');
	if (!found) throw notFound();
	return found;
}

/** Refuses a save that was based on an older version of the case (cases.md 12). */
export function mustBeFresh(kase: Case, basedOn: number | undefined) {
	if (basedOn !== undefined && basedOn !== kase.version)
		throw new Refusal(
			409,
			'Somebody else changed this case while you were writing. Their change is shown above; your words are still here.',
			'version'
		);
}

/** SHA-256(salt ‖ text): words can be erased together with their salt, and the chain still verifies. */
export const hashWords = (salt: Buffer, text: string) =>
	createHash('sha256').update(salt).update(text).digest('hex');

export type ChainedEvent = Omit<typeof caseEvents.$inferSelect, 'hash'>;

/** SHA-256 over an event's facts and the hash of the event before it. Columns added later stand outside the chain. */
export const hashEvent = (event: ChainedEvent) =>
	createHash('sha256')
		.update(canonical(chained(event)))
		.digest('hex');

const chained = (event: ChainedEvent) => ({
	id: event.id,
	municipalityId: event.municipalityId,
	caseId: event.caseId,
	seq: event.seq,
	kind: event.kind,
	actorId: event.actorId,
	actorRole: event.actorRole,
	channel: event.channel,
	occurredAt: event.occurredAt.toISOString(),
	recordedAt: event.recordedAt.toISOString(),
	deedId: event.deedId,
	policyVersion: event.policyVersion,
	visibility: event.visibility,
	stateFrom: event.stateFrom,
	stateTo: event.stateTo,
	facts: event.facts,
	textHash: event.textHash,
	prevHash: event.prevHash
});

/**
 * Appends one event to a locked case and moves its row in the same transaction.
 * Answers the case as it stands afterwards, or unchanged when this deed was already done.
 */
export async function appendEvent(
	tx: Db,
	kase: Case,
	event: NewEvent
): Promise<Case & { eventId: string }> {
	const deedId = event.deedId ?? newId(event.at);
	const done = await findDeed(tx, kase.id, deedId);
	if (done) return { ...kase, eventId: done.id };

	const { row, change, moved, words } = linkAfter(kase, { ...event, deedId });
	await tx.insert(caseEvents).values(row);
	if (words)
		await tx.insert(caseWords).values({
			eventId: row.id,
			municipalityId: kase.municipalityId,
			...words,
			language: event.language ?? 'en'
		});

	moved.dueAt = await clockAfter(tx, moved, asProjected(row));
	await tx
		.update(cases)
		.set({ ...change, version: row.seq, lastHash: row.hash, dueAt: moved.dueAt })
		.where(eq(cases.id, kase.id));

	await notify(tx, 'case', `${kase.municipalityId} ${kase.id}`);
	if (!event.silent && event.visibility !== 'internal')
		await enqueue(tx, caseMoved, { eventId: row.id }, { key: row.id });
	const job = jobOf(kase, moved, event);
	if (job) await enqueue(tx, jobMoved, { caseId: job }, { key: row.id });
	return { ...moved, eventId: row.id };
}

/** The next link of a case's chain, and the case as it stands after it. Writes nothing, and leaves its clock alone. */
export function linkAfter(kase: Case, event: NewEvent & { deedId: string }) {
	const stateTo = event.stateTo && event.stateTo !== kase.state ? event.stateTo : null;
	const salt = randomBytes(16);
	const text = event.words?.trim() ?? '';
	const link: ChainedEvent = {
		id: newId(event.at),
		municipalityId: kase.municipalityId,
		caseId: kase.id,
		seq: kase.version + 1,
		kind: event.kind,
		actorId: event.actorId,
		actorRole: event.actorRole,
		channel: event.channel ?? 'web',
		occurredAt: event.at,
		recordedAt: new Date(),
		deedId: event.deedId,
		policyVersion: 1,
		visibility: event.visibility,
		stateFrom: kase.state,
		stateTo,
		facts: JSON.parse(JSON.stringify(event.facts ?? {})),
		textHash: text ? hashWords(salt, text) : '',
		prevHash: kase.lastHash
	};
	const row = { ...link, hash: hashEvent(link) };
	const after = project(projectionOf(kase), asProjected(row));
	const change = { ...after, priority: after.priority as Case['priority'] };
	const moved: Case = { ...kase, ...change, version: row.seq, lastHash: row.hash };
	return { row, change, moved, words: text ? { text, salt } : null };
}

/**
 * Writes links of many locked cases at once, and moves their rows: for events of the municipality's own
 * clocks, which are new, carry no words and move nothing but when a case was heard of last.
 */
export async function appendLinks(
	tx: Db,
	links: Array<ChainedEvent & { hash: string }>,
	moved: Case[]
) {
	if (!links.length) return;
	await tx.insert(caseEvents).values(links);
	const rows = moved.map(({ id, version, lastHash, lastEventAt, escalatedAt }) => ({
		...{ id, version, last_hash: lastHash, last_event_at: lastEventAt, escalated_at: escalatedAt }
	}));
	await tx.execute(sql`
		update cases set version = now.version, last_hash = now.last_hash,
			last_event_at = now.last_event_at, escalated_at = now.escalated_at
		from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
			as now(id uuid, version int, last_hash text, last_event_at timestamptz, escalated_at timestamptz)
		where cases.id = now.id`);
	await notifyAll(
		tx,
		'case',
		moved.map(({ municipalityId, id }) => `${municipalityId} ${id}`)
	);
	await enqueueAll(
		tx,
		caseMoved,
		links.map(({ id }) => ({ key: id, payload: { eventId: id } }))
	);
	await enqueueAll(
		tx,
		jobMoved,
		moved
			.filter(({ parts }) => parts > 0)
			.map(({ id, lastHash }) => ({ key: lastHash, payload: { caseId: id } }))
	);
}

/** The job that has to hear of an event: its leader moved, or a part of it ended by itself. */
const jobOf = (before: Case, after: Case, { visibility, kind }: NewEvent) => {
	if (before.parts > 0 && visibility === 'public') return before.id;
	return kind !== 'job_left' && after.mergedIntoId === null ? before.mergedIntoId : null;
};

/** The event that a deed already became, if it was sent before. */
export const findDeed = async (tx: Db, caseId: string, deedId: string) =>
	(
		await tx
			.select({ id: caseEvents.id, kind: caseEvents.kind, textHash: caseEvents.textHash })
			.from(caseEvents)
			.where(and(eq(caseEvents.caseId, caseId), eq(caseEvents.deedId, deedId)))
	)[0];

/** Whether these are the words an event was written with. Erased words are nobody's any more. */
export async function hashedAs(tx: Db, event: { id: string; textHash: string }, words: string) {
	const [kept] = await tx
		.select({ salt: caseWords.salt })
		.from(caseWords)
		.where(eq(caseWords.eventId, event.id));
	return kept?.salt ? hashWords(kept.salt, words) === event.textHash : false;
}

/** The part of a case that its events make. */
export const projectionOf = (kase: Case): Projection => ({
	state: kase.state,
	stateSince: kase.stateSince,
	reason: kase.reason,
	departmentId: kase.departmentId,
	assigneeId: kase.assigneeId,
	serviceId: kase.serviceId,
	wardCode: kase.wardCode,
	currentWardCode: kase.currentWardCode,
	priority: kase.priority,
	openedAt: kase.openedAt,
	acknowledgedAt: kase.acknowledgedAt,
	firstReplyAt: kase.firstReplyAt,
	claimedAt: kase.claimedAt,
	closedAt: kase.closedAt,
	verifiedAt: kase.verifiedAt,
	reopenedCount: kase.reopenedCount,
	councillorAskedAt: kase.councillorAskedAt,
	councillorAnsweredAt: kase.councillorAnsweredAt,
	escalatedAt: kase.escalatedAt,
	lastEventAt: kase.lastEventAt,
	mergedIntoId: kase.mergedIntoId,
	parts: kase.parts
});
