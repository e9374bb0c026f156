import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { openQueues } from '../src/boot.ts';
import { progressOf } from '#lib/delivery/server/broadcast/counts.ts';
import { openBroadcast } from '#lib/delivery/server/broadcast/open.ts';
import { startThreads } from '#lib/delivery/server/broadcast/threads.ts';
import { newPair } from '#lib/delivery/server/channels/vapid.ts';
import { newId } from '#lib/platform/ids.ts';
import { openDatabase, rows, type Database } from '#lib/platform/server/db.ts';
import { useMasterKey } from '#lib/platform/server/keys.ts';
import { later, minutes } from '#lib/platform/time.ts';
import { startCluster } from '../tests/support/cluster.ts';
import { settleTown } from '../tests/support/followers.ts';
import { settlePhones } from '../tests/support/phones.ts';
import { startPushService, type PushService } from '../tests/support/push-service.ts';
import type { Bench, Figure } from './figure.ts';

const vapid = { ...newPair(), subject: 'mailto:it@khanyisa.example' };
const lifetime = minutes(2);
/** Of a hundred requests twenty fail at the first try; by three quarters nobody waits for second tries. */
const measuredAt = 0.75;

const faults = {
	answers: [
		{ share: 0.1, status: 429, retryAfter: '1' },
		{ share: 0.05, status: 500 }
	],
	gone: 0.03,
	resets: 0.02
};

/** Which origins answer, and how many phones each of the three has. */
interface Town {
	municipalityId: string;
	healthy: number;
	silent: number;
}

/**
 * A broadcast while everything goes wrong that usually does. The baseline of the healthy origins is the
 * same broadcast without the one that is silent.
 */
export const broadcastFaults: Bench = {
	name: 'broadcast --faults',
	about:
		'10 % 429, 5 % 500, 3 % 410, 2 % resets; then also one origin that takes everything and answers nothing',
	async run({ long, say }) {
		useMasterKey(Buffer.alloc(32, 7));
		const cluster = await startCluster(['shared_buffers=512MB']);
		if (!cluster) throw new Error('PostgreSQL is not installed here');
		const service = await startPushService({ origins: 3, keep: 0 });
		setDefaultCACertificates([...getCACertificates('default'), service.ca]);
		const database = await openDatabase({ url: cluster.url, connections: 4 });
		try {
			await openQueues(database, { ownerUrl: cluster.url });
			const healthy = long ? 100_000 : 20_000;
			await service.set(faults, 0);
			await service.set(faults, 1);
			await service.set({ blackHole: true }, 2);
			const { municipalityId } = await settleTown(database.db);
			const town = { municipalityId, healthy };
			const alone = await tell(database, service, { ...town, silent: 0 }, say);
			const together = await tell(database, service, { ...town, silent: healthy / 10 }, say);
			return [...alone.figures, ...together.figures, slowed(alone.rate, together.rate)];
		} finally {
			await database.close();
			await service.stop();
			cluster.stop();
		}
	}
};

const slowed = (alone: number, together: number): Figure => ({
	case: 'healthy origins beside the silent one',
	value: together,
	unit: 'phones a second',
	baseline: alone,
	ratio: together / alone,
	limit_ratio: 0.9
});

async function tell(
	database: Database,
	service: PushService,
	{ municipalityId, healthy, silent }: Town,
	say: (line: string) => void
): Promise<{ rate: number; figures: Figure[] }> {
	const { db } = database;
	for (const table of ['followings', 'push_subscriptions'])
		await db.execute(sql.raw(`delete from ${table}`));
	const settle = (count: number, from: number, origin: (n: number) => number) =>
		settlePhones(db, {
			municipalityId,
			count,
			from,
			wards: ['KHA-3'],
			endpoint: (n) => service.endpoint(n, origin(n))
		});
	await settle(healthy, 0, (n) => n % 2);
	if (silent) await settle(silent, healthy, () => 2);
	await db.execute(sql.raw('analyze push_subscriptions'));

	const threads = await startThreads({
		url: database.url!,
		sender: { vapid, allow: service.allow, ca: service.ca, timeout: 5000 }
	});
	await service.reset();
	const began = performance.now();
	const { id } = await db.transaction((tx) =>
		openBroadcast(tx, {
			municipalityId,
			subject: 'alert',
			subjectId: newId(),
			deed: newId(),
			emergency: true,
			expiresAt: later(new Date(), lifetime),
			rings: [[['ward', 'KHA-3']]],
			path: '/alerts/1',
			template: 'alert',
			texts: [{ language: 'en', channel: 'web_push', title: 'Leave now', text: 'By the R44.' }]
		})
	);
	let rate = 0;
	for (;;) {
		await pause(50);
		if (!rate) {
			const { accepted } = await service.counts();
			if (accepted >= healthy * measuredAt) rate = (accepted / (performance.now() - began)) * 1000;
		} else if (await isFinished(database, id)) break;
	}
	const took = (performance.now() - began) / 1000;
	await threads.stop();

	const seen = await service.counts();
	const progress = (await progressOf(db, id))!;
	const [{ left }] = await rows<{ left: number }>(
		db,
		sql`select count(*)::int as left from push_subscriptions`
	);
	const name = silent ? 'one origin silent' : 'faults alone';
	say(
		`  ${name}: ${healthy} + ${silent} phones, ${rate.toFixed(0)} a second, ended after ${took.toFixed(0)} s: ${progress.accepted} accepted, ${progress.lost} lost, ${seen.gone} gone, ${seen.accepted - seen.distinct} told twice; ${JSON.stringify(seen.byStatus)}`
	);
	const none = (what: string, value: number): Figure => ({
		case: `${name}: ${what}`,
		value: Math.abs(value),
		unit: 'phones',
		baseline: 0,
		ratio: null,
		limit_ratio: null
	});
	return {
		rate,
		figures: [
			none('without a final state', healthy + silent - progress.accepted - progress.lost),
			none('healthy and not told, nor gone', healthy - seen.gone - seen.distinct),
			none('accepted, and counted as something else', seen.distinct - progress.accepted),
			none(
				'lost from the list, or kept, against what was told 410',
				healthy + silent - left - seen.gone
			)
		]
	};
}

async function isFinished({ db }: Database, id: string): Promise<boolean> {
	const [{ done }] = await rows<{ done: boolean }>(
		db,
		sql`select finished_at is not null as done from broadcasts where id = ${id}`
	);
	return done;
}
