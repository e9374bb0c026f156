import { and, eq } from 'drizzle-orm';
import { can, type Actor } from '../../identity/permissions.ts';
import { grantsOf } from '../../identity/server/index.ts';
import { newId } from '../../platform/ids.ts';
import { notFound } from '../../platform/refusal.ts';
import { notify, type Db } from '../../platform/server/db.ts';
import { enqueue } from '../../platform/server/jobs.ts';
import type { CommitmentEventKind } from '../rules.ts';
import { commitmentMoved } from './jobs.ts';
import { commitmentEvents, commitments } from './schema.ts';

export type Commitment = typeof commitments.$inferSelect;

/** Where a promise belongs, for the permission table. */
export const ownedBy = ({ municipalityId, wardCode, departmentId }: Commitment) => ({
	municipalityId,
	wardCodes: [wardCode],
	departmentId
});

/**
 * Whether somebody may speak about this promise: whoever gave it, while they hold the office; and
 * whoever holds the office after them. A promise belongs to a person, but it must not fall silent
 * because they left.
 */
export async function maySpeakFor(db: Db, actor: Actor, commitment: Commitment, now: Date) {
	if (!can(actor, 'commitment.make', ownedBy(commitment))) return false;
	if (actor.id === commitment.promisedBy) return true;

	const holders = await grantsOf(db, commitment.promisedBy, now);
	const promiser = { ...actor, id: commitment.promisedBy, grants: holders };
	return (
		!can(promiser, 'commitment.make', ownedBy(commitment)) &&
		actor.grants.some(({ role }) => role === commitment.promisedAs)
	);
}

/** The promise, locked until the deed's transaction ends; 404 for whoever may not speak about it. */
export async function lockCommitment(tx: Db, actor: Actor, id: string, now: Date) {
	const [found] = await tx.select().from(commitments).where(eq(commitments.id, id)).for('update');
	if (!found || !(await maySpeakFor(tx, actor, found, now))) throw notFound();
	return found;
}

export interface NewCommitmentEvent {
	kind: CommitmentEventKind;
	deedId: string;
	words?: string;
	facts?: Record<string, unknown>;
	at: Date;
}

/** The event of an earlier, identical deed. */
export const eventOfDeed = async (tx: Db, commitmentId: string, deedId: string) =>
	(
		await tx
			.select({ id: commitmentEvents.id })
			.from(commitmentEvents)
			.where(
				and(eq(commitmentEvents.commitmentId, commitmentId), eq(commitmentEvents.deedId, deedId))
			)
	)[0];

/** Appends to a promise's life, and tells its followers. Its version counts the events. */
export async function appendToCommitment(
	tx: Db,
	actor: Actor,
	commitment: Pick<Commitment, 'id' | 'municipalityId'>,
	seq: number,
	event: NewCommitmentEvent
): Promise<string> {
	const id = newId(event.at);
	await tx.insert(commitmentEvents).values({
		id,
		municipalityId: commitment.municipalityId,
		commitmentId: commitment.id,
		seq,
		kind: event.kind,
		actorId: actor.id,
		occurredAt: event.at,
		recordedAt: new Date(),
		facts: event.facts ?? {},
		words: event.words ?? '',
		deedId: event.deedId
	});
	await notify(tx, 'commitment', `${commitment.municipalityId} ${commitment.id}`);
	await enqueue(tx, commitmentMoved, { eventId: id }, { key: id });
	return id;
}
