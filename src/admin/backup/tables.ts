import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { rows, type Db } from '#lib/platform/server/db.ts';

export interface Table {
	name: string;
	columns: Array<{ name: string; type: string }>;
}

/**
 * Made of other rows by the database itself, here and again where they are restored; and the ledger of
 * broadcasts under way, which must never go on out of a backup.
 */
const derived = sql`('map_cells', 'map_deltas', 'delivery_lanes', 'broadcast_audience',
	'broadcast_chunks', 'broadcast_outcomes', 'broadcast_retries', 'broadcast_tallies')`;

/** Every table of ours, those that others refer to first, with columns and their types. */
export async function tablesInOrder(db: Db): Promise<Table[]> {
	const columns = await rows<{ table: string; name: string; type: string }>(
		db,
		sql`select c.relname as "table", a.attname as name, format_type(a.atttypid, a.atttypmod) as type
			from pg_class c join pg_attribute a on a.attrelid = c.oid
			where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
				and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
				and c.relname not in ${derived}
				and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
			order by c.relname, a.attnum`
	);
	const references = await rows<{ table: string; other: string }>(
		db,
		sql`select k.conrelid::regclass::text as "table", k.confrelid::regclass::text as other
			from pg_constraint k where k.contype = 'f' and k.connamespace = 'public'::regnamespace`
	);

	const waiting = new Map<string, Table>();
	for (const { table, name, type } of columns) {
		const known = waiting.get(table) ?? { name: table, columns: [] };
		known.columns.push({ name, type });
		waiting.set(table, known);
	}

	const ordered: Table[] = [];
	while (waiting.size) {
		const ready = [...waiting.values()].filter(({ name }) =>
			references.every(
				({ table, other }) => table !== name || other === name || !waiting.has(other)
			)
		);
		if (!ready.length)
			throw new Error(`Tables refer to each other in a circle: ${[...waiting.keys()].join(', ')}`);
		for (const table of ready) {
			ordered.push(table);
			waiting.delete(table.name);
		}
	}
	return ordered;
}

/** The tables and columns as one fingerprint: a backup goes back only where the same tables stand. */
export const shapeOf = (tables: Table[]) =>
	createHash('sha256').update(JSON.stringify(tables)).digest('hex');
