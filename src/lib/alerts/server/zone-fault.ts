import { and, eq, inArray } from 'drizzle-orm';
import type { Db } from '../../platform/server/db.ts';
import type { Frozen } from '../content.ts';
import { isSafe } from '../zones.ts';
import type { AlertRow } from './find.ts';
import { zones } from './schema.ts';

/**
 * Why an all clear may not be said: a zone of it was not looked at, is no longer safe, or it speaks of a
 * ward that belongs to none of its zones. Null for everything else. Asked again at every step.
 */
export async function zoneFault(
	tx: Db,
	{ kind, incidentId, zoneIds }: Pick<AlertRow, 'kind' | 'incidentId' | 'zoneIds'>,
	{ wards }: Pick<Frozen, 'wards'>
): Promise<string | null> {
	if (kind !== 'all_clear') return null;
	const found = zoneIds.length
		? await tx
				.select()
				.from(zones)
				.where(and(eq(zones.incidentId, incidentId), inArray(zones.id, zoneIds)))
		: [];
	if (!found.length || found.length !== new Set(zoneIds).size)
		return 'An all clear names the zones that are safe.';
	const unsafe = found.find(({ checks, clearedAt }) => clearedAt || !isSafe(checks));
	if (unsafe) return `${unsafe.name}: look at everything on its list first.`;
	const elsewhere = wards.find(({ code }) => !found.some(({ wardCode }) => wardCode === code));
	return elsewhere ? `${elsewhere.name} is in none of the zones that were looked at.` : null;
}
