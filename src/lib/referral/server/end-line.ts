import { and, eq, isNull } from 'drizzle-orm';
import { isId } from '../../platform/ids.ts';
import { notFound } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import type { referralPeers, responsibilities } from './schema.ts';

/** Ends one line of a table whose lines end and are never changed. @throws 404 when it is none, or has ended */
export async function endLine(
	tx: Db,
	table: typeof referralPeers | typeof responsibilities,
	{ municipalityId, id }: { municipalityId: string; id: string },
	now: Date
) {
	if (!isId(id)) throw notFound();
	const ended = await tx
		.update(table)
		.set({ until: now })
		.where(and(eq(table.id, id), eq(table.municipalityId, municipalityId), isNull(table.until)))
		.returning({ id: table.id });
	if (!ended.length) throw notFound();
}
