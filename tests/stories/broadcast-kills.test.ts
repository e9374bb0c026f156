import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { openQueues } from '../../src/boot.ts';
import { newPair } from '#lib/delivery/server/channels/vapid.ts';
import { openBroadcast, progressOf } from '#lib/delivery/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { closeJobs } from '#lib/platform/server/jobs.ts';
import { isDatabaseAway, openDatabase, rows, type Database } from '#lib/platform/server/db.ts';
import { useMasterKey } from '#lib/platform/server/keys.ts';
import { startCluster } from '../support/cluster.ts';
import { settleTown } from '../support/followers.ts';
import { settlePhones } from '../support/phones.ts';
import { startPushService } from '../support/push-service.ts';

/** A tenth of what `BROADCAST_KILLS=100000` tells: the machine that runs all tests has two processors. */
const count = Number(process.env.BROADCAST_KILLS ?? 10_000);
const workers = 3;
const between = 2500;
const mostKills = 8;
const masterKey = Buffer.alloc(32, 7);

test('three workers, one killed again and again, and the database once: everybody is told', async (story) => {
	const cluster = await startCluster();
	if (!cluster) return story.skip('PostgreSQL is not installed here');
	const service = await startPushService({ keep: 0 });
	const folder = mkdtempSync(join(tmpdir(), 'imbizo-kills-'));
	useMasterKey(masterKey);
	const database = await openDatabase({
		url: cluster.url,
		migrateUrl: cluster.url,
		connections: 2
	});
	await openQueues(database, { ownerUrl: cluster.url });
	const running = new Set<ChildProcess>();
	let ending = false;
	const pair = newPair();
	const hire = () => {
		const worker = spawn(process.execPath, ['src/worker.ts'], {
			stdio: 'ignore',
			env: {
				...process.env,
				PROCESS: 'worker',
				DATABASE_URL: cluster.url,
				DATA_DIR: folder,
				MASTER_KEY: masterKey.toString('hex'),
				PUSH_ALLOW: service.allow,
				NODE_EXTRA_CA_CERTS: service.caFile,
				VAPID_PUBLIC_KEY: pair.publicKey,
				VAPID_PRIVATE_KEY: pair.privateKey,
				VAPID_SUBJECT: 'mailto:it@khanyisa.example'
			}
		});
		running.add(worker);
		// As whatever watches over services does: one that broke off is started again.
		worker.once('exit', () => {
			running.delete(worker);
			if (!ending) hire();
		});
	};
	const kill = async (worker: ChildProcess) => {
		worker.kill('SIGKILL');
		await once(worker, 'exit');
	};

	try {
		const { municipalityId } = await settleTown(database.db);
		await settlePhones(database.db, {
			municipalityId,
			count,
			wards: ['KHA-3', 'KHA-4'],
			endpoint: (n) => service.endpoint(n)
		});
		for (let i = 0; i < workers; i++) hire();
		const { id, audience } = await database.db.transaction((tx) =>
			openBroadcast(tx, {
				municipalityId,
				subject: 'alert',
				subjectId: newId(),
				deed: newId(),
				emergency: true,
				rings: [[['ward', 'KHA-3']], [['ward', 'KHA-4']]],
				path: '/alerts/1',
				template: 'alert',
				texts: [{ language: 'en', channel: 'web_push', title: 'Leave now', text: 'By the R44.' }]
			})
		);
		expect(audience).toBe(count);

		let kills = 0;
		// The database breaks off while many messages are under way.
		while ((await service.counts()).accepted < count / 20) await pause(50);
		cluster.crash();
		while (!(await isFinished(database, id))) {
			await pause(between);
			const [oldest] = running;
			if (oldest && kills < mostKills) {
				kills++;
				await kill(oldest);
			}
		}

		const { accepted, distinct, topics, byStatus } = await service.counts();
		expect(Object.keys(byStatus)).toEqual(['201']);
		expect(distinct).toBe(count);
		expect(kills).toBeGreaterThan(0);
		console.log(`${count} told, ${kills} kills, ${accepted - distinct} told twice`);
		// The crash of the database counts as one kill of each of the workers.
		expect(accepted - distinct).toBeLessThanOrEqual(300 * (kills + workers));
		expect(topics).toHaveLength(1);
		expect(await progressOf(database.db, id)).toMatchObject({
			audience: count,
			attempted: count,
			accepted: count,
			waiting: 0
		});
	} finally {
		ending = true;
		await Promise.all([...running].map(kill));
		await closeJobs().catch(() => {});
		await database.close().catch(() => {});
		await service.stop();
		cluster.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}, 600_000);

async function isFinished({ db }: Database, id: string): Promise<boolean> {
	try {
		const [row] = await rows<{ done: boolean }>(
			db,
			sql`select finished_at is not null as done from broadcasts where id = ${id}`
		);
		return row.done;
	} catch (reason) {
		if (isDatabaseAway(reason)) return false;
		throw reason;
	}
}
