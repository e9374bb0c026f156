import { asc, eq } from 'drizzle-orm';
import type { Db } from '../../platform/server/db.ts';
import { hashLink } from './record.ts';
import { auditEntries, auditHeads } from './schema.ts';

export interface ChainReport {
	municipalityId: string;
	entries: number;
	/** The first link that does not hold, and why; none when the chain is whole. */
	broken?: { seq: number; reason: string };
}

/** Walks every audit chain from its first link to its head. */
export async function verifyAudit(db: Db): Promise<ChainReport[]> {
	const heads = await db.select().from(auditHeads).orderBy(asc(auditHeads.municipalityId));
	const reports: ChainReport[] = [];
	for (const head of heads) reports.push(await verifyChain(db, head));
	return reports;
}

async function verifyChain(db: Db, head: typeof auditHeads.$inferSelect): Promise<ChainReport> {
	const { municipalityId } = head;
	const entries = await db
		.select()
		.from(auditEntries)
		.where(eq(auditEntries.municipalityId, municipalityId))
		.orderBy(asc(auditEntries.seq));

	let prevHash = '';
	for (const [index, { hash, ...link }] of entries.entries()) {
		const broken = (reason: string) => ({
			municipalityId,
			entries: index,
			broken: { seq: link.seq, reason }
		});
		if (link.seq !== index + 1) return broken(`link ${index + 1} is missing`);
		if (link.prevHash !== prevHash) return broken('it does not follow the link before it');
		if (hashLink(link) !== hash) return broken('its facts were changed after it was written');
		prevHash = hash;
	}
	if (entries.length !== head.seq || prevHash !== head.hash)
		return {
			municipalityId,
			entries: entries.length,
			broken: { seq: entries.length + 1, reason: 'links at the end are missing' }
		};
	return { municipalityId, entries: entries.length };
}
