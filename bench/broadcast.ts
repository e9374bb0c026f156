import { createECDH, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import webPush from 'web-push';
import { openQueues } from '../src/boot.ts';
import { outbox } from '#lib/delivery/server/index.ts';
import { progressOf } from '#lib/delivery/server/broadcast/counts.ts';
import { startSending } from '#lib/delivery/server/broadcast/engine.ts';
import { compactBroadcasts } from '#lib/delivery/server/broadcast/finish.ts';
import { openBroadcast } from '#lib/delivery/server/broadcast/open.ts';
import { startThreads } from '#lib/delivery/server/broadcast/threads.ts';
import { newPair } from '#lib/delivery/server/channels/vapid.ts';
import { prepareAtIdle } from '#lib/delivery/server/push/place.ts';
import { openPushSender } from '#lib/delivery/server/push/sender.ts';
import { newId } from '#lib/platform/ids.ts';
import { openDatabase, rows, type Database } from '#lib/platform/server/db.ts';
import { useMasterKey } from '#lib/platform/server/keys.ts';
import { startCluster } from '../tests/support/cluster.ts';
import { settleTown } from '../tests/support/followers.ts';
import { settlePhones } from '../tests/support/phones.ts';
import { startPushService, type PushService } from '../tests/support/push-service.ts';
import type { Bench, Figure } from './figure.ts';

const vapid = { ...newPair(), subject: 'mailto:it@khanyisa.example' };
const wards = Array.from({ length: 40 }, (_, i) => `KHA-${i + 1}`);
const text = 'WILDFIRE moving fast towards Heuwelsig. Leave now by the R44 to the town hall.';
const peerCount = 400;

/**
 * A broadcast from the moment it is opened until everybody was told: database, ledger, sender and a
 * push service that counts, all on this machine. The peer is npm web-push sending alone, without a
 * database, in the same run.
 */
export const broadcast: Bench = {
	name: 'broadcast',
	about:
		'50,000 phones told (1,000,000 with --long), and 10,000 (100,000) on the embedded database; baseline: npm web-push alone',
	async run({ long, say }) {
		useMasterKey(Buffer.alloc(32, 7));
		const service = await startPushService({ origins: 2, keep: 0 });
		setDefaultCACertificates([...getCACertificates('default'), service.ca]);
		const figures: Figure[] = [];
		try {
			const peer = await byPeer(service);
			say(`  npm web-push alone: ${peer.toFixed(0)} a second`);
			const cluster = await startCluster(['shared_buffers=1GB', 'max_wal_size=4GB']);
			if (!cluster) say('  no PostgreSQL here: the embedded database alone');
			for (const url of cluster ? [cluster.url, undefined] : [undefined]) {
				const many = Number(process.env.BENCH_PHONES) || (long ? 1_000_000 : 50_000);
				const database = await openDatabase({ url, connections: 4 });
				await openQueues(database, { ownerUrl: url });
				figures.push(
					...(await measure(
						database,
						service,
						url ? many : Math.ceil(many / (long ? 10 : 5)),
						peer,
						long,
						say
					))
				);
				await database.close();
			}
			cluster?.stop();
		} finally {
			await service.stop();
		}
		return figures;
	}
};

async function measure(
	database: Database,
	service: PushService,
	count: number,
	peer: number,
	long: boolean,
	say: (line: string) => void
): Promise<Figure[]> {
	const { db } = database;
	const name = database.kind === 'embedded' ? 'embedded' : 'PostgreSQL';
	const { municipalityId } = await settleTown(db);
	const started = performance.now();
	await settlePhones(db, {
		municipalityId,
		count,
		wards,
		endpoint: (n) => service.endpoint(n, n % 10 ? 0 : 1)
	});
	const settled = performance.now();
	for (const table of ['followings', 'push_subscriptions', 'push_blocks', 'push_shelves'])
		await db.execute(sql.raw(`vacuum analyze ${table}`));
	await prepareAtIdle(db, new Date(), { budget: 3_600_000, shelves: 1 });
	const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(0);
	say(
		`  ${name}: ${count} phones in ${seconds(started, settled)} s, keys prepared in ${seconds(settled, performance.now())} s`
	);

	const frames = process.env.PUSH_FRAMES === '1';
	const settings = { vapid, allow: service.allow, ca: service.ca, frames };
	const sending = database.url
		? await startThreads({ url: database.url, sender: settings })
		: alone(database, settings);
	await service.reset();
	const memory = rss();
	let most = memory;
	const before = process.cpuUsage();
	const began = performance.now();
	const { id, audience } = await db.transaction((tx) =>
		openBroadcast(tx, {
			municipalityId,
			subject: 'alert',
			subjectId: newId(),
			deed: newId(),
			emergency: true,
			rings: [wards.map((ward) => ['ward', ward] as const)],
			path: '/alerts/1',
			template: 'alert',
			texts: [{ language: 'en', channel: 'web_push', title: 'Leave now', text }]
		})
	);
	const opened = performance.now();
	for (;;) {
		await pause(100);
		most = Math.max(most, rss());
		const [{ done }] = await rows<{ done: boolean }>(
			db,
			sql`select finished_at is not null as done from broadcasts where id = ${id}`
		);
		if (done) break;
	}
	const took = (performance.now() - began) / 1000;
	const { user, system } = process.cpuUsage(before);
	await sending.stop();

	const counted = await service.counts();
	const progress = (await progressOf(db, id))!;
	const dead = await deadRows(db);
	say(
		`  ${name}: audience fixed in ${((opened - began) / 1000).toFixed(1)} s, all told in ${took.toFixed(1)} s: ${(count / took).toFixed(0)} a second, ${((user + system) / count).toFixed(0)} µs of our processor time each, memory +${((most - memory) / 1e6).toFixed(0)} MB, push service ${(counted.cpuMs / 1000).toFixed(0)} s of processor`
	);
	await compactBroadcasts(db);
	const exactly =
		audience === count &&
		counted.distinct === count &&
		progress.accepted === count &&
		!progress.waiting;
	const figure = (what: string, value: number, unit: string, baseline: number): Figure => ({
		case: `${name}: ${what}`,
		value,
		unit,
		baseline,
		ratio: null,
		limit_ratio: null
	});
	return [
		figure(
			`phones missed, of ${count}`,
			exactly ? 0 : count - counted.distinct || count,
			'phones',
			0
		),
		figure('told twice', counted.duplicates, 'phones', 0),
		figure('dead rows in the ledger', dead, 'rows', 0),
		figure('growth of memory', (most - memory) / 1e6, 'MB', 100),
		{
			case: `${name}: told a second`,
			value: count / took,
			unit: 'phones',
			baseline: peer,
			ratio: count / took / peer,
			limit_ratio: 8
		},
		...(long && database.url ? [figure('seconds for everybody', took, 's', 90)] : [])
	];
}

/** Sends in this thread: the embedded database has one connection. */
function alone({ db }: Database, settings: Parameters<typeof openPushSender>[0]) {
	const sender = openPushSender(settings);
	const channels = { email: outbox, sms: outbox, inbox: outbox, web_push: outbox };
	const engine = startSending({ db, sender, channels });
	return {
		async stop() {
			await engine.stop();
			await sender.close();
		}
	};
}

const rss = () =>
	Number(/VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) * 1024;

/** Rows that were changed or deleted in the tables a broadcast writes to for each of its audience. */
async function deadRows(db: Database['db']): Promise<number> {
	await pause(1500);
	const [{ dead }] = await rows<{ dead: number }>(
		db,
		sql`select coalesce(sum(n_dead_tup), 0)::int as dead from pg_stat_user_tables
			where relname ~ '^broadcast_(audience|outcomes|tallies)_'`
	);
	return Number(dead);
}

/** npm web-push as it comes, fifty at a time: messages a second. */
async function byPeer(service: PushService): Promise<number> {
	const browser = createECDH('prime256v1');
	const p256dh = browser.generateKeys('base64url');
	const auth = randomBytes(16).toString('base64url');
	const send = (n: number) =>
		webPush.sendNotification({ endpoint: service.endpoint(n), keys: { p256dh, auth } }, text, {
			vapidDetails: vapid,
			TTL: 3600,
			urgency: 'high'
		});
	let next = 0;
	const began = performance.now();
	await Promise.all(
		Array.from({ length: 50 }, async () => {
			while (next < peerCount) await send(next++);
		})
	);
	return peerCount / ((performance.now() - began) / 1000);
}
