import { mkdirSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { postgis } from '@electric-sql/pglite-postgis';
import { sql, type SQL } from 'drizzle-orm';
import { PgDialect, type PgDatabase, type PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { drizzle as overPglite } from 'drizzle-orm/pglite';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import { drizzle as overPostgres } from 'drizzle-orm/postgres-js';
import { migrate as migratePostgres } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { lockFolder } from './lock.ts';

/** A connection or a transaction; domain functions do not know which. */
export type Db = PgDatabase<PgQueryResultHKT>;

export interface Database {
	kind: 'embedded' | 'postgres';
	db: Db;
	/** The embedded engine, where there is one: for jobs and dumps. */
	pglite?: PGlite;
	url?: string;
	/** PostgreSQL as the owner, when this process may change tables; without it somebody else migrates. */
	ownerUrl?: string;
	/** Hears every NOTIFY on the channel, from any process. Call the answer to stop. */
	listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>;
	close(): Promise<void>;
}

export interface At {
	/** PostgreSQL as `imbizo_app`; none means the embedded database. */
	url?: string;
	/** PostgreSQL as the owner, for migrations only. */
	migrateUrl?: string;
	/** Where the embedded database lives; none means in memory. */
	folder?: string;
	/** A dumped embedded database to start from. */
	template?: Blob;
	/** Connections of this process to PostgreSQL. */
	connections?: number;
}

const casing = 'snake_case';
const migrationsFolder = 'drizzle/migrations';

/** The role that serves: it may not change or delete what is append-only. */
export const appRole = 'imbizo_app';

/** The database at the address, migrated; without an address the embedded one, in a folder or in memory. */
export const openDatabase = (at: At = {}) => (at.url ? openPostgres(at) : openPglite(at));

const patientPostgres = { onnotice: () => {}, connect_timeout: 10 };

async function openPostgres({ url, migrateUrl, connections = 10 }: At): Promise<Database> {
	const ownerUrl = migrateUrl ?? ((await owns(url!)) ? url : undefined);
	if (ownerUrl) await migrate(ownerUrl);
	else await mustBeMigrated(url!);
	const client = postgres(url!, {
		...patientPostgres,
		max: connections,
		connection: { role: appRole, application_name: 'imbizo' }
	});
	const db = overPostgres(client, { casing }) as unknown as Db;
	await db.execute(sql`select 1`);
	return {
		kind: 'postgres',
		db,
		url,
		ownerUrl,
		async listen(channel, heard) {
			const { unlisten } = await client.listen(channel, heard);
			return unlisten;
		},
		close: () => client.end({ timeout: 5 })
	};
}

/** One connection of its own, for one question or one errand. */
async function briefly<Answer>(url: string, errand: (client: postgres.Sql) => Promise<Answer>) {
	const client = postgres(url, { ...patientPostgres, max: 1 });
	try {
		return await errand(client);
	} finally {
		await client.end({ timeout: 5 });
	}
}

/** Whether this login may change tables: it owns the database, or is in the role that does. */
const owns = (url: string) =>
	briefly(url, async (client) => {
		const [{ owner }] = await client`
			select pg_has_role(session_user, datdba, 'usage') as owner
			from pg_database where datname = current_database()`;
		return Boolean(owner);
	});

const readMayCheck = `
	grant usage on schema drizzle to ${appRole};
	grant select on drizzle.__drizzle_migrations to ${appRole}`;

/** Applies what is missing, as the owner, one process at a time. */
export const migrate = (url: string) =>
	briefly(url, async (owner) => {
		await owner`select pg_advisory_lock(7262631)`;
		await migratePostgres(overPostgres(owner, { casing }), { migrationsFolder });
		await owner.unsafe(readMayCheck);
	});

/** No such schema, no such table, or not allowed to look: nobody has migrated. */
const neverMigrated = ['3F000', '42P01', '42501'];

/**
 * What serves does not migrate, and does not serve over tables it does not know.
 * @throws when migrations are missing
 */
const mustBeMigrated = (url: string) =>
	briefly(url, async (client) => {
		const needed = readMigrationFiles({ migrationsFolder });
		const applied = await client`select hash from drizzle.__drizzle_migrations`.catch(
			(reason: DatabaseFault) => {
				if (!neverMigrated.includes(reason.code ?? '')) throw reason;
				return [];
			}
		);
		const missing = needed.filter(({ hash }) => !applied.some((each) => each.hash === hash));
		if (missing.length)
			throw new Error(
				`The database lacks ${missing.length} of ${needed.length} migrations. Run \`npm run admin -- migrate\` with MIGRATE_DATABASE_URL, as its owner.`
			);
	});

async function openPglite({ folder, template }: At): Promise<Database> {
	if (folder) mkdirSync(folder, { recursive: true, mode: 0o700 });
	const unlock = folder ? await lockFolder(folder) : async () => {};
	const client = await PGlite.create({
		dataDir: folder,
		loadDataDir: template,
		extensions: { postgis, pg_trgm }
	});
	const db = overPglite(client, { casing }) as unknown as Db;
	await migratePglite(overPglite(client, { casing }), { migrationsFolder });
	return {
		kind: 'embedded',
		db,
		pglite: client,
		listen: (channel, heard) => client.listen(channel, heard),
		async close() {
			await client.close();
			await unlock();
		}
	};
}

/** From here on this connection is the serving role. PGlite has one connection, so one call does. */
export const serveAsApp = (database: Database) =>
	database.kind === 'embedded'
		? database.db.execute(sql.raw(`set role ${appRole}`))
		: Promise.resolve();

/** Rows of a raw statement: postgres.js answers an array, PGlite an object that holds one. */
export async function rows<Row extends Record<string, unknown>>(
	db: Db,
	query: SQL
): Promise<Row[]> {
	const answer: unknown = await db.execute(query);
	return Array.isArray(answer) ? (answer as Row[]) : (answer as { rows: Row[] }).rows;
}

const dialect = new PgDialect({ casing });

/**
 * As `rows`, but the connection keeps the plan: for statements that are asked again and again in the
 * same words. Saves a round trip and the parsing; inside a transaction and in the embedded database it
 * is the same as `rows`.
 */
export async function keptRows<Row extends Record<string, unknown>>(
	db: Db,
	query: SQL
): Promise<Row[]> {
	const { $client: client } = db as Db & { $client?: postgres.Sql | PGlite };
	if (typeof client !== 'function') return rows(db, query);
	const { sql: words, params } = dialect.sqlToQuery(query);
	return await client.unsafe<Row[]>(words, params as postgres.ParameterOrJSON<never>[], {
		prepare: true
	});
}

/** Tells every process something changed. Inside a transaction it is said when that commits. */
export const notify = (db: Db, channel: string, payload: string) =>
	db.execute(sql`select pg_notify(${channel}, ${payload})`);

/** The same for several at once. */
export const notifyAll = (db: Db, channel: string, payloads: string[]) =>
	db.execute(
		sql`select pg_notify(${channel}, payload) from jsonb_array_elements_text(${JSON.stringify(payloads)}::jsonb) as payload`
	);

interface DatabaseFault {
	code?: string;
	constraint?: string;
	constraint_name?: string;
}

/** The SQLSTATE and constraint of a failed statement, whichever driver threw it. */
export function faultOf(reason: unknown): { code?: string; constraint?: string } {
	const fault = ((reason as { cause?: unknown })?.cause ?? reason) as DatabaseFault | undefined;
	return { code: fault?.code, constraint: fault?.constraint_name ?? fault?.constraint };
}

export const isDuplicate = (reason: unknown, constraint?: string) => {
	const fault = faultOf(reason);
	return fault.code === '23505' && (!constraint || fault.constraint === constraint);
};

// Connection refused, reset, cut or shutting down: the database is away, our statement was not wrong.
const away = /^(08|57P0)|^(ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|CONNECTION_|CONNECT_TIMEOUT)/;
export const isDatabaseAway = (reason: unknown) => away.test(faultOf(reason).code ?? '');
