import { createReadStream, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { sql } from 'drizzle-orm';
import type { Config } from '#lib/platform/server/config.ts';
import { rows, type Database, type Db } from '#lib/platform/server/db.ts';
import { requeue } from '#lib/platform/server/jobs.ts';
import type { Line } from './format.ts';
import { unsealKeys } from './keys.ts';
import { shapeOf, tablesInOrder, type Table } from './tables.ts';

/**
 * Reads a backup into an empty installation, all of it or nothing.
 * @throws when anything lives there already, the tables differ, or the file is cut off
 */
export async function readBackup(
	database: Database,
	config: Config,
	file: string,
	passphrase: string | undefined
) {
	const counts = { rows: 0, jobs: 0, photos: 0, keys: false };
	await database.db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		await mustBeEmpty(tx);
		const enable = await letHistoryIn(tx);
		await restoreLines(tx, config, file, passphrase, counts);
		await enable();
	});
	return counts;
}

/**
 * What may be written down now was asked when it was written down: somebody who became a councillor since,
 * or whose telephone is a household's by now, still did what they did. So rows go back as the owner and
 * past the guards that look at each new row. Answers what puts the guards back, in the same transaction.
 * @throws when whoever restores does not own the tables
 */
async function letHistoryIn(tx: Db): Promise<() => Promise<void>> {
	await tx.execute(sql`set local role none`);
	const guards = await rows<{ table: string; name: string; own: boolean }>(
		tx,
		sql`select c.relname as "table", t.tgname as name, pg_has_role(current_user, c.relowner, 'usage') as own
			from pg_trigger t join pg_class c on c.oid = t.tgrelid
			where c.relnamespace = 'public'::regnamespace and not t.tgisinternal
				and (t.tgtype & 1) <> 0 and (t.tgtype & 2) <> 0 and (t.tgtype & 4) <> 0`
	);
	if (guards.some(({ own }) => !own))
		throw new Error(
			'Rows go back as the owner of the tables: restore with the owner’s URL as DATABASE_URL'
		);
	const all = async (what: 'disable' | 'enable') => {
		for (const { table, name } of guards)
			await tx.execute(sql.raw(`alter table "${table}" ${what} trigger "${name}"`));
	};
	await all('disable');
	return () => all('enable');
}

async function mustBeEmpty(tx: Db) {
	const [{ some }] = await rows<{ some: boolean }>(
		tx,
		sql`select exists (select from municipalities) as some`
	);
	if (some)
		throw new Error('This installation is not empty: restore needs one where nothing lives yet');
}

type Counts = { rows: number; jobs: number; photos: number; keys: boolean };

async function restoreLines(
	tx: Db,
	config: Config,
	file: string,
	passphrase: string | undefined,
	counts: Counts
) {
	const ours = await tablesInOrder(tx);
	const tables = new Map(ours.map((table) => [table.name, table]));
	let table: Table | undefined;
	let columns: string[] = [];
	let whole = false;

	for await (const line of linesOf(file)) {
		if (line.kind === 'header') {
			if (line.shape !== shapeOf(ours))
				throw new Error(
					'The backup was made by another version: restore it with that one, then upgrade'
				);
			counts.keys = line.keys !== null && passphrase !== undefined;
			if (line.keys && passphrase) unsealKeys(line.keys, config.DATA_DIR, passphrase);
		} else if (line.kind === 'table') {
			table = tables.get(line.name);
			columns = line.columns;
			if (!table)
				throw new Error(`The backup holds a table this version does not have: ${line.name}`);
		} else if (line.kind === 'rows') {
			counts.rows += line.rows.length;
			await insertRows(tx, table!, columns, line.rows);
		} else if (line.kind === 'job') {
			counts.jobs++;
			await requeue(tx, line.name, line.data as object, new Date(line.startAfter));
		} else if (line.kind === 'file') {
			counts.photos++;
			writeFile(config.DATA_DIR, line.path, line.base64);
		} else {
			whole =
				line.rows === counts.rows && line.jobs === counts.jobs && line.files === counts.photos;
		}
	}
	if (!whole)
		throw new Error('The backup is incomplete: it was cut off or changed. Nothing was restored.');
}

async function* linesOf(file: string): AsyncGenerator<Line> {
	const unpacked = createReadStream(file).pipe(createGunzip());
	const cutOff = new Error(
		'The backup is incomplete: it was cut off or changed. Nothing was restored.'
	);
	const failed = new Promise<never>((_, refuse) => unpacked.once('error', () => refuse(cutOff)));
	failed.catch(() => {});
	const lines = createInterface({ input: unpacked, crlfDelay: Infinity })[Symbol.asyncIterator]();
	for (;;) {
		const next = await Promise.race([lines.next(), failed]);
		if (next.done) return;
		yield JSON.parse(next.value) as Line;
	}
}

async function insertRows(
	tx: Db,
	{ name, columns: known }: Table,
	columns: string[],
	batch: unknown[]
) {
	const typeOf = new Map(known.map((column) => [column.name, column.type]));
	const values = columns.map((column, index) => `(r->>${index})::${typeOf.get(column)}`).join(', ');
	const names = columns.map((column) => `"${column}"`).join(', ');
	const text = JSON.stringify(batch);
	// Chains must be restored link by link as they were; the table's own triggers allow inserting.
	await tx.execute(
		sql`${sql.raw(`insert into "${name}" (${names}) select ${values} from jsonb_array_elements(`)}${text}::jsonb) r`
	);
}

function writeFile(dataDir: string, path: string, base64: string) {
	const safe = normalize(path);
	if (safe.startsWith('..') || !safe.startsWith('photos'))
		throw new Error(`The backup names a file outside its place: ${path}`);
	mkdirSync(dirname(join(dataDir, safe)), { recursive: true, mode: 0o700 });
	writeFileSync(join(dataDir, safe), Buffer.from(base64, 'base64'), { mode: 0o600 });
}
