import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { openQueues } from '../src/boot.ts';
import { settleKhanyisa } from '../src/demo/khanyisa/index.ts';
import { approveAlert, retractAlert } from '#lib/alerts/server/index.ts';
import { releaseQueue } from '#lib/alerts/server/queues.ts';
import { progressOfDeed } from '#lib/delivery/server/index.ts';
import { newPair } from '#lib/delivery/server/channels/vapid.ts';
import { newId } from '#lib/platform/ids.ts';
import { closeJobs, enqueue } from '#lib/platform/server/jobs.ts';
import { openDatabase, rows, type Db } from '#lib/platform/server/db.ts';
import { useMasterKey } from '#lib/platform/server/keys.ts';
import { startCluster } from '../tests/support/cluster.ts';
import { settlePhones } from '../tests/support/phones.ts';
import { startPushService } from '../tests/support/push-service.ts';
import { khanyisa, personOf } from '../tests/support/scene.ts';
import { submitted } from '../tests/support/warnings.ts';
import type { Bench, Figure } from './figure.ts';
import { serveImbizo } from './served.ts';

const masterKey = Buffer.alloc(32, 7);
const ward = '99901007';

/**
 * From the tap on “Approve and send” until residents can know: server, worker, PostgreSQL and a push
 * service on this machine, each a process of its own, as in production. Then the same for one tap that
 * takes it back.
 */
export const alert: Bench = {
	name: 'alert',
	about:
		'approval to page, feed and first push in 2 seconds each; a retraction to everybody who heard it',
	async run({ long, say }) {
		const cluster = await startCluster(['shared_buffers=512MB']);
		if (!cluster) throw new Error('PostgreSQL is not installed here');
		useMasterKey(masterKey);
		const service = await startPushService({ keep: 0 });
		const folder = mkdtempSync(join(tmpdir(), 'imbizo-bench-'));
		const database = await openDatabase({ url: cluster.url, connections: 4 });
		const { db } = database;
		await openQueues(database, { ownerUrl: cluster.url });
		await settleKhanyisa(db, new Date());
		const municipality = await khanyisa(db);
		const count = long ? 100_000 : 20_000;
		await settlePhones(db, {
			municipalityId: municipality.id,
			count,
			wards: [ward],
			endpoint: (n) => service.endpoint(n)
		});
		const pair = newPair();
		const settings = {
			DATABASE_URL: cluster.url,
			MASTER_KEY: masterKey.toString('hex'),
			PUSH_ALLOW: service.allow,
			NODE_EXTRA_CA_CERTS: service.caFile,
			VAPID_PUBLIC_KEY: pair.publicKey,
			VAPID_PRIVATE_KEY: pair.privateKey,
			VAPID_SUBJECT: 'mailto:it@khanyisa.example',
			LOG_LEVEL: 'error'
		};
		const worker = spawn(process.execPath, ['src/worker.ts'], {
			env: { ...process.env, ...settings, PROCESS: 'worker', DATA_DIR: folder },
			stdio: 'ignore'
		});
		const server = await serveImbizo({ ...settings, DEMO: '0', PROCESS: 'web' });
		try {
			await answered(db);
			return await measure(db, municipality, { count, port: server.port, service }, say);
		} finally {
			await server.stop();
			worker.kill('SIGTERM');
			await once(worker, 'exit');
			await closeJobs().catch(() => {});
			await database.close();
			await service.stop();
			cluster.stop();
			rmSync(folder, { recursive: true, force: true });
		}
	}
};

/** The worker is up: it has looked at an alert that does not exist. */
async function answered(db: Db) {
	await db.transaction((tx) => enqueue(tx, releaseQueue, { alertId: newId() }));
	for (;;) {
		const [{ left }] = await rows<{ left: number }>(
			db,
			sql`select count(*)::int as left from pgboss.job where name = ${releaseQueue.name} and state <> 'completed'`
		);
		if (!left) return;
		await pause(200);
	}
}

async function measure(
	db: Db,
	{ id: municipalityId, hosts }: Awaited<ReturnType<typeof khanyisa>>,
	{
		count,
		port,
		service
	}: { count: number; port: number; service: Awaited<ReturnType<typeof startPushService>> },
	say: (line: string) => void
): Promise<Figure[]> {
	const read = (path: string) => get(port, hosts[0] ?? 'localhost', path);
	const pending = await submitted(db, municipalityId, new Date());
	const nomsa = await personOf(db, 'disaster-approver', new Date());
	const at = { municipalityId, id: pending.id };
	const { number } = pending.content!;
	await read('/alerts');

	await service.reset();
	const began = performance.now();
	await approveAlert(db, nomsa, at);
	const since = async (question: () => Promise<boolean>) => {
		while (!(await question())) {
			if (performance.now() - began > 120_000) throw new Error('nothing came in two minutes');
			await pause(20);
		}
		return (performance.now() - began) / 1000;
	};
	const [page, feed, push, everybody] = await Promise.all([
		since(async () => (await read(`/alerts/${number}`)).includes('data-state="live"')),
		since(async () => (await read('/api/alerts/cap.atom')).includes(pending.id)),
		since(async () => (await service.counts()).accepted > 0),
		since(async () => (await progressOfDeed(db, `alert/${pending.id}`))?.accepted === count)
	]);

	const again = performance.now();
	const cancel = await retractAlert(db, nomsa, at);
	while ((await progressOfDeed(db, `alert/${cancel.id}`))?.accepted !== count) {
		if (performance.now() - again > 120_000) throw new Error('the retraction did not arrive');
		await pause(20);
	}
	const taken = (performance.now() - again) / 1000;
	const { distinct, duplicates, topics } = await service.counts();
	say(
		`  ${count} phones: page ${page.toFixed(2)} s, feed ${feed.toFixed(2)} s, first push ${push.toFixed(2)} s, everybody ${everybody.toFixed(1)} s; taken back in ${taken.toFixed(1)} s; ${topics.length} topic`
	);
	const seconds = (what: string, value: number, limit: number): Figure => ({
		case: what,
		value,
		unit: 's',
		baseline: limit,
		ratio: null,
		limit_ratio: null
	});
	return [
		seconds('approved to page', page, 2),
		seconds('approved to feed', feed, 2),
		seconds('approved to first push', push, 2),
		seconds(`taken back, last of ${count} phones`, taken, everybody + 10),
		{
			case: 'phones that did not hear both',
			value: Math.abs(2 * count - distinct - duplicates),
			unit: 'phones',
			baseline: 0,
			ratio: null,
			limit_ratio: null
		}
	];
}

const get = (port: number, host: string, path: string) =>
	new Promise<string>((done, failed) => {
		request({ port, host: '127.0.0.1', path, headers: { host } }, (answer) => {
			let body = '';
			answer.on('data', (part) => (body += part)).on('end', () => done(body));
		})
			.on('error', failed)
			.end();
	});
