import { sql } from 'drizzle-orm';
import { openQueues } from '../src/boot.ts';
import { claimChunk, cut } from '#lib/delivery/server/broadcast/chunks.ts';
import { openBook } from '#lib/delivery/server/broadcast/book.ts';
import { closeChunk, ints } from '#lib/delivery/server/broadcast/ledger.ts';
import type { Lane, Station } from '#lib/delivery/server/broadcast/station.ts';
import { newId } from '#lib/platform/ids.ts';
import {
	appRole,
	keptRows,
	openDatabase,
	rows,
	type Database,
	type Db
} from '#lib/platform/server/db.ts';
import { useMasterKey } from '#lib/platform/server/keys.ts';
import { startCluster } from '../tests/support/cluster.ts';
import { settleTown } from '../tests/support/followers.ts';
import { median, type Bench, type Figure } from './figure.ts';

const batch = 1000;

/**
 * What writing down an outcome costs: chunks that are leased and outcomes that are appended, against
 * rows that are claimed by SKIP LOCKED and updated when they are done, a thousand at a time.
 */
export const ledger: Bench = {
	name: 'ledger',
	about: 'outcomes written down in a second; baseline: rows claimed and updated by thousands',
	async run({ long, say }) {
		useMasterKey(Buffer.alloc(32, 7));
		const count = long ? 500_000 : 100_000;
		const figures: Figure[] = [];
		const cluster = await startCluster(['shared_buffers=512MB']);
		if (!cluster) say('  no PostgreSQL here: the embedded database alone');
		for (const url of cluster ? [cluster.url, undefined] : [undefined]) {
			const database = await openDatabase({ url, connections: 1 });
			await openQueues(database, { ownerUrl: url });
			figures.push(...(await measure(database, count, say)));
			await database.close();
		}
		cluster?.stop();
		return figures;
	}
};

async function measure(
	database: Database,
	count: number,
	say: (line: string) => void
): Promise<Figure[]> {
	const { db, kind } = database;
	const name = kind === 'embedded' ? 'embedded' : 'PostgreSQL';
	const { municipalityId } = await settleTown(db);
	const [{ id: lane }] = await rows<{ id: number }>(
		db,
		sql`insert into delivery_lanes (channel, name) values ('web_push', 'https://push.example') returning id`
	);
	await settlePeer(db);
	const [ours, theirs]: number[][] = [[], []];
	for (let no = 1; no <= 5; no++) {
		await settleOurs(db, municipalityId, no, lane, count);
		ours.push(
			await perSecond(count, () => append(db, { id: lane, channel: 'web_push', name }, no))
		);
		await db.execute(
			sql`insert into delivery (notice, subscriber) select ${no}, n from generate_series(1, ${count}::int) as n`
		);
		theirs.push(await perSecond(count, () => claimAndUpdate(db, no)));
	}
	const dead = await deadRows(db);
	say(
		`  ${name}: ${median(ours).toFixed(0)} outcomes a second, claimed and updated ${median(theirs).toFixed(0)}; dead rows: ours ${dead.ours}, theirs ${dead.theirs}`
	);
	return [
		{
			case: `${name}: outcomes written down`,
			value: median(ours),
			unit: 'a second',
			baseline: median(theirs),
			ratio: median(ours) / median(theirs),
			limit_ratio: 8
		},
		{
			case: `${name}: dead rows afterwards`,
			value: dead.ours,
			unit: 'rows',
			baseline: 0,
			ratio: null,
			limit_ratio: null
		}
	];
}

async function perSecond(count: number, deed: () => Promise<void>): Promise<number> {
	const began = performance.now();
	await deed();
	return count / ((performance.now() - began) / 1000);
}

async function settleOurs(db: Db, municipalityId: string, no: number, lane: number, count: number) {
	await db.execute(sql`select open_broadcast_ledger(${no}::int)`);
	await db.execute(sql`
		insert into broadcasts (id, no, municipality_id, subject, subject_id, version, deed, emergency, template, path, topic, state, audience, opened_at, expires_at)
		values (${newId()}, ${no}, ${municipalityId}, 'bench', ${newId()}, 1, ${newId()}, true, 'bench', '/', 'bench', 'sending', ${count}, now(), now() + interval '1 day')`);
	await db.execute(sql`
		insert into broadcast_audience (broadcast_no, n, ring, lane_id, ward, language)
		select ${no}, n, 0, ${lane}, 'KHA-' || n / 5000, 'en' from generate_series(0, ${count - 1}::int) as n`);
	await cut(db, no);
}

/** As a sender does it: lease, read who, write down in strokes, close; two chunks at a time. */
async function append(db: Db, lane: Lane, no: number) {
	const station = { db, id: newId() } as Station;
	await abreast(async () => {
		const chunk = await claimChunk(db, lane.id, station.id, new Date());
		if (!chunk) return false;
		const members = await keptRows<{ n: number; ward: string }>(
			db,
			sql`select n, ward from broadcast_audience where broadcast_no = ${no} and n between ${chunk.lo} and ${chunk.hi} order by n`
		);
		const book = openBook(station, { no, chunk, members: [] }, lane);
		for (const { n, ward } of members)
			book.add({ n, ward, status: 201, result: 'accepted', tries: 1 });
		await book.settled();
		await closeChunk(db, no, chunk.lo, station.id);
		return true;
	});
}

const abreast = (step: () => Promise<boolean>) =>
	Promise.all(
		[1, 2].map(async () => {
			while (await step());
		})
	);

/** What stays until the database is asked for it, as a ledger does: a temporary table would not be written to the log. */
async function settlePeer(db: Db) {
	await db.execute(sql`set role none`);
	await db.execute(sql`
		create table delivery (
			notice int, subscriber int, state smallint not null default 0, tries smallint not null default 0,
			due timestamptz not null default now(), code smallint, done timestamptz, primary key (notice, subscriber)
		) with (fillfactor = 70)`);
	await db.execute(sql`create index delivery_due on delivery (due) where state = 0`);
	await db.execute(sql.raw(`grant all on delivery to ${appRole}`));
	await db.execute(sql.raw(`set role ${appRole}`));
}

async function claimAndUpdate(db: Db, no: number) {
	await abreast(async () => {
		const taken = await keptRows<{ subscriber: number }>(
			db,
			sql`with next as (
					select notice, subscriber from delivery where state = 0 and due <= now()
					order by due limit ${batch} for update skip locked
				)
				update delivery d set state = 1, tries = tries + 1, due = now() + interval '2 min'
				from next where d.notice = next.notice and d.subscriber = next.subscriber
				returning d.subscriber`
		);
		if (!taken.length) return false;
		const ids = ints(taken.map(({ subscriber }) => subscriber));
		await keptRows(
			db,
			sql`update delivery set state = 2, code = 201, done = now() where notice = ${no} and subscriber = any(${ids}::int[])`
		);
		return true;
	});
}

async function deadRows(db: Db) {
	await new Promise((done) => setTimeout(done, 1500));
	const [found] = await rows<{ ours: number; theirs: number }>(
		db,
		sql`select coalesce(sum(n_dead_tup) filter (where relname ~ '^broadcast_(audience|outcomes|tallies)_'), 0)::int as ours,
				coalesce(sum(n_dead_tup) filter (where relname = 'delivery'), 0)::int as theirs
			from pg_stat_user_tables`
	);
	return found;
}
