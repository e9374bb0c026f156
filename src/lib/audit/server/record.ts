import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { inPlaceOf, type Grant } from '../../identity/permissions.ts';
import { newId } from '../../platform/ids.ts';
import { announce } from '../../platform/server/changes.ts';
import type { Db } from '../../platform/server/db.ts';
import { under } from '../under.ts';
import { auditEntries, auditHeads } from './schema.ts';

/** Chain of deeds that belong to no municipality: signing in, keys, operators' commands. */
export const installationChain = '00000000-0000-0000-0000-000000000000';

export interface Deed {
	municipalityId: string | null;
	deed: string;
	thing: string;
	thingId: string;
	/** Ids and codes only; personal words never enter the chain. */
	details?: Record<string, unknown>;
	/** Whoever is on leave and in whose place it was done; worked out by `under` where that says enough. */
	insteadOf?: string;
}

export interface Link {
	id: string;
	municipalityId: string;
	seq: number;
	occurredAt: Date;
	recordedAt: Date;
	actorId: string | null;
	deed: string;
	thing: string;
	thingId: string;
	details: Record<string, unknown>;
	prevHash: string;
}

/** Keys in order, so that the same facts always give the same text, whichever database kept them. */
export function canonical(value: unknown): string {
	if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
	if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
	const entries = Object.entries(value)
		.filter(([, each]) => each !== undefined)
		.sort(([a], [b]) => (a < b ? -1 : 1));
	return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
}

/** SHA-256 over the link's facts and the hash before it. */
export const hashLink = (link: Link) =>
	createHash('sha256')
		.update(
			canonical({
				...link,
				occurredAt: link.occurredAt.toISOString(),
				recordedAt: link.recordedAt.toISOString()
			})
		)
		.digest('hex');

/** Whoever did it; with their grants, so that a stand-in is known as one. */
export interface Doer {
	id: string;
	grants?: Grant[];
}

function insteadOf(actor: Doer | null, { deed, municipalityId, insteadOf: named }: Deed) {
	const permission = under(deed);
	if (named || !permission || !actor?.grants || !municipalityId) return named;
	return inPlaceOf({ id: actor.id, grants: actor.grants }, permission, { municipalityId });
}

/**
 * Writes a deed to the audit chain of its municipality. Call it as the last write of the deed's
 * transaction: it locks the head of the chain until the deed commits. Kept pages of that municipality
 * are dropped and whoever watches is told when it commits, because no deed goes by here unheard.
 */
export const record = (tx: Db, actor: Doer | null, deed: Deed, at: Date) =>
	recordAll(tx, actor, deed.municipalityId, [deed], at);

/** The same for several deeds of one municipality, in their order, under one lock. */
export async function recordAll(
	tx: Db,
	actor: Doer | null,
	municipality: string | null,
	deeds: Array<Omit<Deed, 'municipalityId'>>,
	at: Date
) {
	const municipalityId = municipality ?? installationChain;
	await tx.insert(auditHeads).values({ municipalityId, seq: 0, hash: '' }).onConflictDoNothing();
	let [head] = await tx
		.select()
		.from(auditHeads)
		.where(eq(auditHeads.municipalityId, municipalityId))
		.for('update');

	const entries = deeds.map((deed) => {
		const link: Link = {
			id: newId(at),
			municipalityId,
			seq: head.seq + 1,
			occurredAt: at,
			recordedAt: new Date(),
			actorId: actor?.id ?? null,
			deed: deed.deed,
			thing: deed.thing,
			thingId: deed.thingId,
			details: detailsOf(actor, { ...deed, municipalityId: municipality }),
			prevHash: head.hash
		};
		const entry = { ...link, hash: hashLink(link) };
		head = { ...head, seq: entry.seq, hash: entry.hash };
		return entry;
	});
	await tx.insert(auditEntries).values(entries);
	await tx
		.update(auditHeads)
		.set({ seq: head.seq, hash: head.hash })
		.where(eq(auditHeads.municipalityId, municipalityId));
	await announce(
		tx,
		entries.map(({ thingId, recordedAt }) => ({
			municipalityId,
			thingId,
			at: recordedAt.getTime()
		}))
	);
}

/** Through JSON and back, as the database keeps it. */
const detailsOf = (actor: Doer | null, deed: Deed): Record<string, unknown> =>
	JSON.parse(JSON.stringify({ ...deed.details, insteadOf: insteadOf(actor, deed) }));
