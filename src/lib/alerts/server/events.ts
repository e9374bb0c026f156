import { eq, sql } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import type { Actor } from '../../identity/permissions.ts';
import { newId } from '../../platform/ids.ts';
import type { Db } from '../../platform/server/db.ts';
import type { AlertRow } from './find.ts';
import { alertEvents, alerts } from './schema.ts';

interface More {
	why?: string;
	/** What it said until now. */
	before?: Record<string, unknown>;
	/** Ids and codes for the audit log. */
	details?: Record<string, unknown>;
}

/**
 * Changes an alert and writes down what happened, to the alert's own history and to the audit log.
 * Call it last: the audit log locks its head until the deed commits.
 */
export async function move(
	tx: Db,
	actor: Actor | null,
	row: AlertRow,
	what: string,
	change: Partial<AlertRow>,
	now: Date,
	{ why = '', before, details = {} }: More = {}
): Promise<AlertRow> {
	const [after] = await tx
		.update(alerts)
		.set({ ...change, revision: row.revision + 1, updatedAt: now })
		.where(eq(alerts.id, row.id))
		.returning();
	await note(tx, actor, after, what, now, { why, before, details });
	return after;
}

/** Writes down that something happened, where nothing of the alert itself changed. */
export async function note(
	tx: Db,
	actor: Actor | null,
	row: AlertRow,
	what: string,
	now: Date,
	{ why = '', before, details = {} }: More = {}
) {
	const [{ seq }] = await tx
		.select({ seq: sql<number>`coalesce(max(${alertEvents.seq}), 0)::int + 1` })
		.from(alertEvents)
		.where(eq(alertEvents.alertId, row.id));
	await tx.insert(alertEvents).values({
		id: newId(now),
		municipalityId: row.municipalityId,
		alertId: row.id,
		seq: Number(seq),
		what,
		by: actor?.id ?? null,
		byName: actor?.name ?? '',
		why,
		before,
		at: now
	});
	await record(
		tx,
		actor,
		{
			municipalityId: row.municipalityId,
			deed: `alert.${what}`,
			thing: 'alert',
			thingId: row.id,
			details: {
				version: row.version,
				state: row.state,
				capStatus: row.capStatus,
				...(row.contentHash ? { contentHash: row.contentHash, areaHash: row.areaHash } : {}),
				...details
			}
		},
		now
	);
}
