import {
	createWriteStream,
	existsSync,
	readdirSync,
	readFileSync,
	renameSync,
	statSync
} from 'node:fs';
import { join, relative } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { sql } from 'drizzle-orm';
import type { Config } from '#lib/platform/server/config.ts';
import { rows, type Database, type Db } from '#lib/platform/server/db.ts';
import { rowsPerLine, type Line } from './format.ts';
import { sealKeys } from './keys.ts';
import { shapeOf, tablesInOrder, type Table } from './tables.ts';

/** Writes everything as of one instant. The file appears under its name only when it is whole. */
export async function writeBackup(
	{ db }: Database,
	config: Config,
	file: string,
	passphrase: string | undefined
) {
	const counts = { rows: 0, tables: 0, jobs: 0, photos: 0 };
	await db.transaction(
		async (tx) => {
			const lines = backupLines(tx as unknown as Db, config, passphrase, counts);
			const packed = Readable.from(asText(lines));
			await pipeline(packed, createGzip(), createWriteStream(`${file}.part`, { mode: 0o600 }));
		},
		{ isolationLevel: 'repeatable read' }
	);
	renameSync(`${file}.part`, file);
	return counts;
}

async function* asText(lines: AsyncIterable<Line>) {
	for await (const line of lines) yield `${JSON.stringify(line)}\n`;
}

type Counts = { rows: number; tables: number; jobs: number; photos: number };

async function* backupLines(
	tx: Db,
	config: Config,
	passphrase: string | undefined,
	counts: Counts
): AsyncGenerator<Line> {
	const tables = await tablesInOrder(tx);
	yield {
		kind: 'header',
		format: 1,
		madeAt: new Date().toISOString(),
		shape: shapeOf(tables),
		keys: passphrase ? sealKeys(config.DATA_DIR, passphrase) : null
	};
	for (const table of tables) {
		counts.tables++;
		yield { kind: 'table', name: table.name, columns: table.columns.map(({ name }) => name) };
		for await (const batch of rowsOf(tx, table)) {
			counts.rows += batch.length;
			yield { kind: 'rows', rows: batch };
		}
	}
	for (const job of await waitingJobs(tx)) {
		counts.jobs++;
		yield { kind: 'job', ...job };
	}
	if (!config.S3_URL)
		for (const path of filesUnder(join(config.DATA_DIR, 'photos'))) {
			counts.photos++;
			yield {
				kind: 'file',
				path: relative(config.DATA_DIR, path),
				base64: readFileSync(path, 'base64')
			};
		}
	yield { kind: 'end', rows: counts.rows, jobs: counts.jobs, files: counts.photos };
}

async function* rowsOf(tx: Db, { name, columns }: Table) {
	const values = columns.map((column) => `"${column.name}"::text`).join(', ');
	await tx.execute(
		sql.raw(
			`declare backup_cursor no scroll cursor for select array[${values}] as row from "${name}"`
		)
	);
	for (;;) {
		const batch = await rows<{ row: Array<string | null> }>(
			tx,
			sql.raw(`fetch ${rowsPerLine} from backup_cursor`)
		);
		if (!batch.length) break;
		yield batch.map(({ row }) => row);
	}
	await tx.execute(sql.raw('close backup_cursor'));
}

/** Jobs not done yet, those in somebody's hand included: jobs are safe to run twice. */
async function waitingJobs(tx: Db) {
	const jobs = await rows<{ name: string; data: unknown; start: string }>(
		tx,
		sql`select name, data, to_char(start_after at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as start
			from pgboss.job where state in ('created', 'retry', 'active') and name not like '\\_\\_pgboss%'`
	);
	return jobs.map(({ name, data, start }) => ({ name, data, startAfter: start }));
}

function filesUnder(folder: string): string[] {
	if (!existsSync(folder)) return [];
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.map((name) => join(folder, name))
		.filter((path) => statSync(path).isFile());
}
