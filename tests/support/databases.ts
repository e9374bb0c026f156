/**
 * Once per test run: a migrated embedded database as a dump, and a PostgreSQL cluster of our own
 * where its server programs are installed. Every test file starts from a copy.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openQueues } from '../../src/boot.ts';
import { closeJobs } from '#lib/platform/server/jobs.ts';
import { openDatabase } from '#lib/platform/server/db.ts';
import { useMasterKey } from '#lib/platform/server/keys.ts';
import { startCluster, type Cluster } from './cluster.ts';

declare module 'vitest' {
	interface ProvidedContext {
		template: string;
		postgres: string | null;
		skipped: string | null;
	}
}

const migrations = 'drizzle/migrations';

/** The dump depends on the migrations, the queues and the engine; any change makes a new one. */
function templatePath() {
	const hash = createHash('sha256');
	for (const name of readdirSync(migrations)
		.filter((each) => each.endsWith('.sql'))
		.sort())
		hash.update(readFileSync(join(migrations, name)));
	hash.update(readFileSync('package-lock.json')).update(readFileSync('src/schedule.ts'));
	return join(
		'node_modules',
		'.cache',
		'imbizo',
		`template-${hash.digest('hex').slice(0, 16)}.tar`
	);
}

async function makeTemplate(path: string) {
	const database = await openDatabase();
	await openQueues(database);
	await closeJobs();
	const dump = await database.pglite!.dumpDataDir('none');
	mkdirSync(join('node_modules', '.cache', 'imbizo'), { recursive: true });
	writeFileSync(path, Buffer.from(await dump.arrayBuffer()));
	await database.close();
}

export default async function setUp(project: TestProject) {
	useMasterKey(Buffer.alloc(32, 7));
	const path = templatePath();
	if (!existsSync(path)) {
		rmSync(join('node_modules', '.cache', 'imbizo'), { recursive: true, force: true });
		await makeTemplate(path);
	}
	project.provide('template', path);

	let cluster: Cluster | undefined;
	const given = process.env.TEST_DATABASE_URL;
	if (!given) cluster = await startCluster();
	const url = given ?? cluster?.url ?? null;
	if (url) await makePostgresTemplate(url);
	project.provide('postgres', url);
	project.provide(
		'skipped',
		url ? null : 'no PostgreSQL server programs were found (set TEST_DATABASE_URL)'
	);
	return () => cluster?.stop();
}

async function makePostgresTemplate(url: string) {
	const { default: postgres } = await import('postgres');
	const admin = postgres(url, { onnotice: () => {}, max: 1 });
	await admin.unsafe('drop database if exists imbizo_template');
	await admin.unsafe('create database imbizo_template');
	const templateUrl = new URL(url);
	templateUrl.pathname = '/imbizo_template';
	const database = await openDatabase({ url: templateUrl.href, connections: 2 });
	await openQueues(database, { ownerUrl: templateUrl.href });
	await closeJobs();
	await database.close();
	await admin.end();
}
