import { bigint, jsonb, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core';
import { instant } from '../../platform/server/columns.ts';

/**
 * Who did what, when. Insert only: the serving role may not change or delete it.
 * `details` holds ids and codes, never personal words; those enter as SHA-256(salt ‖ text).
 */
export const auditEntries = pgTable(
	'audit_entries',
	{
		id: uuid().primaryKey(),
		/** The municipality, or the all-zero id for deeds of the whole installation. */
		municipalityId: uuid().notNull(),
		seq: bigint({ mode: 'number' }).notNull(),
		/** When it was done, and when the database heard of it. */
		occurredAt: instant().notNull(),
		recordedAt: instant().notNull(),
		actorId: uuid(),
		deed: text().notNull(),
		thing: text().notNull(),
		thingId: text().notNull(),
		details: jsonb().$type<Record<string, unknown>>().notNull(),
		prevHash: text().notNull(),
		hash: text().notNull()
	},
	(t) => [unique().on(t.municipalityId, t.seq)]
);

/** The newest link of each chain: locked by `record()` as the last write of a deed. */
export const auditHeads = pgTable('audit_heads', {
	municipalityId: uuid().primaryKey(),
	seq: bigint({ mode: 'number' }).notNull(),
	hash: text().notNull()
});
