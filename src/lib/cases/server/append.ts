import { createHash, randomBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { canonical } from '../../audit/server/index.ts';
import { newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import { notify, type Db } from '../../platform/server/db.ts';
import { enqueue } from '../../platform/server/jobs.ts';
import { project, type EventFacts, type EventKind, type Projection, type State } from '../rules.ts';
import { caseMoved } from './jobs.ts';
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

type ChainedEvent = Omit<typeof caseEvents.$inferSelect, 'hash'>;

/** SHA-256 over an event's facts and the hash of the event before it. */
export const hashEvent = (event: ChainedEvent) =>
	createHash('sha256')
		.update(
			canonical({
				...event,
				occurredAt: event.occurredAt.toISOString(),
				recordedAt: event.recordedAt.toISOString()
			})
		)
		.digest('hex');

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
	const [done] = await tx
		.select({ id: caseEvents.id })
		.from(caseEvents)
		.where(and(eq(caseEvents.caseId, kase.id), eq(caseEvents.deedId, deedId)));
	if (done) return { ...kase, eventId: done.id };

	const stateTo = event.stateTo && event.stateTo !== kase.state ? event.stateTo : null;
	const salt = randomBytes(16);
	const words = event.words?.trim() ?? '';
	const row: ChainedEvent = {
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
		deedId,
		policyVersion: 1,
		visibility: event.visibility,
		stateFrom: kase.state,
		stateTo,
		facts: JSON.parse(JSON.stringify(event.facts ?? {})),
		textHash: words ? hashWords(salt, words) : '',
		prevHash: kase.lastHash
	};
	const hash = hashEvent(row);
	await tx.insert(caseEvents).values({ ...row, hash });
	if (words)
		await tx.insert(caseWords).values({
			eventId: row.id,
			municipalityId: kase.municipalityId,
			text: words,
			salt,
			language: event.language ?? 'en'
		});

	const after = project(kase as Projection, {
		kind: event.kind,
		stateTo,
		occurredAt: event.at,
		actorRole: event.actorRole,
		visibility: event.visibility,
		facts: row.facts
	});
	const moved = { ...kase, ...after, version: row.seq, lastHash: hash } as Case;
	const { id, ...columns } = moved;
	await tx.update(cases).set(columns).where(eq(cases.id, id));

	await notify(tx, 'case', `${kase.municipalityId} ${kase.id}`);
	if (!event.silent && event.visibility !== 'internal')
		await enqueue(tx, caseMoved, { eventId: row.id }, { key: row.id });
	return { ...moved, eventId: row.id };
}
