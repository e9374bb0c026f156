import { and, eq, isNull, lt, notExists, sql } from 'drizzle-orm';
import { newId } from '../../../platform/ids.ts';
import { hours, later } from '../../../platform/time.ts';
import { unseal } from '../../../platform/server/keys.ts';
import { rows, type Db } from '../../../platform/server/db.ts';
import type { PushSubscription } from '../../push.ts';
import { pushBlocks, pushShelves, pushSubscriptions } from '../schema.ts';
import { sealMembers } from './blocks.ts';
import { fillShelves } from './fill.ts';
import { packMembers } from './members.ts';

/** Phones in a block. */
const full = 1000;
/** A smaller block is made anew when others of its origin want a place. */
const small = full / 2;
const shelvesEach = 2;
/** Phones looked at in one go. */
const window = 20_000;
/** Fewer than a full block wait so long for company (milliseconds). */
const patience = hours(1);

export interface Idle {
	/** Stops after so many milliseconds, and goes on the next time. */
	budget?: number;
	/** Shelves for each block. */
	shelves?: number;
}

/**
 * At idle: finds blocks for phones that are in none, gives up blocks that are less than half alive, and
 * prepares the records that are missing. Does nothing while a broadcast is using them.
 */
export async function prepareAtIdle(
	db: Db,
	now = new Date(),
	{ budget = 20_000, shelves = shelvesEach }: Idle = {}
) {
	const until = performance.now() + budget;
	if (await isInUse(db, now)) return;
	await dissolve(db);
	await knowOrigins(db);
	for (const origin of await originsWaiting(db, now))
		while (performance.now() < until && (await place(db, origin, now)) === window);
	while (performance.now() < until && (await fillShelves(db, shelves, now)) > 0);
}

/** A broadcast that bound shelves in these minutes is still being sent. */
async function isInUse(db: Db, now: Date) {
	const [bound] = await db
		.select({ blockId: pushShelves.blockId })
		.from(pushShelves)
		.where(sql`${pushShelves.boundAt} > ${later(now, -10 * 60_000).toISOString()}::timestamptz`)
		.limit(1);
	return bound !== undefined;
}

const notBound = (db: Db) =>
	notExists(
		db
			.select({ one: sql`1` })
			.from(pushShelves)
			.where(
				and(eq(pushShelves.blockId, pushBlocks.id), sql`${pushShelves.broadcastId} is not null`)
			)
	);

const dissolve = (db: Db) => db.delete(pushBlocks).where(and(sql`2 * living < size`, notBound(db)));

/** Those from before origins were written down. */
async function knowOrigins(db: Db) {
	const unknown = await db
		.select()
		.from(pushSubscriptions)
		.where(and(eq(pushSubscriptions.origin, ''), isNull(pushSubscriptions.goneAt)))
		.limit(window);
	for (const row of unknown)
		await db
			.update(pushSubscriptions)
			.set({ origin: new URL(opened(row).endpoint).origin })
			.where(eq(pushSubscriptions.id, row.id));
}

const opened = (row: { sealed: Buffer; endpointIndex: string }): PushSubscription =>
	JSON.parse(unseal('push', row.sealed, row.endpointIndex));

const unplaced = and(
	isNull(pushSubscriptions.blockId),
	isNull(pushSubscriptions.goneAt),
	sql`${pushSubscriptions.origin} <> ''`
);

/** Origins where a block's worth of phones waits, or where some have waited long enough. */
async function originsWaiting(db: Db, now: Date): Promise<string[]> {
	const found = await db
		.select({ origin: pushSubscriptions.origin })
		.from(pushSubscriptions)
		.where(unplaced)
		.groupBy(pushSubscriptions.origin)
		.having(
			sql`count(*) >= ${full} or min(${pushSubscriptions.createdAt}) <= ${later(now, -patience).toISOString()}::timestamptz`
		);
	return found.map(({ origin }) => origin);
}

interface Waiting extends Record<string, unknown> {
	id: string;
	sealed: Buffer;
	endpointIndex: string;
}

/** Puts phones of one origin into blocks, those of one ward side by side. Answers how many it looked at. */
const place = (db: Db, origin: string, now: Date): Promise<number> =>
	db.transaction(async (tx) => {
		await tx
			.delete(pushBlocks)
			.where(and(eq(pushBlocks.origin, origin), lt(pushBlocks.size, small), notBound(tx)));
		// Without statistics (new tables, the embedded database) loops over an index would be chosen: a minute instead of a moment.
		await tx.execute(sql`set local enable_nestloop = off`);
		const waiting = await rows<Waiting>(
			tx,
			sql`
			with waiting as (
				select id, person_id, sealed, endpoint_index from push_subscriptions
				where origin = ${origin} and block_id is null and gone_at is null
				order by id limit ${window} for update skip locked
			), by_phone as (
				select push_subscription_id as id, min(subject_id) as ward from followings
				where push_subscription_id in (select id from waiting) and subject = 'ward' and ended_at is null
				group by 1
			), by_person as (
				select person_id as id, min(subject_id) as ward from followings
				where person_id in (select person_id from waiting) and subject = 'ward' and ended_at is null
				group by 1
			)
			select w.id, w.sealed, w.endpoint_index as "endpointIndex"
			from waiting w left join by_phone f on f.id = w.id left join by_person p on p.id = w.person_id
			order by coalesce(f.ward, p.ward) nulls last, w.id`
		);
		for (let from = 0; from < waiting.length; from += full)
			await makeBlock(tx, origin, waiting.slice(from, from + full), now);
		return waiting.length;
	});

async function makeBlock(tx: Db, origin: string, phones: Waiting[], now: Date) {
	const id = newId(now);
	const subscriptions = phones.map((row) => opened({ ...row, sealed: Buffer.from(row.sealed) }));
	const members = sealMembers(id, packMembers(origin, subscriptions));
	const size = phones.length;
	await tx.insert(pushBlocks).values({ id, origin, size, living: size, members, createdAt: now });
	const places = JSON.stringify(phones.map((row, slot) => ({ id: row.id, slot })));
	await tx.execute(sql`
		update push_subscriptions set block_id = ${id}::uuid, slot = p.slot
		from jsonb_to_recordset(${places}::text::jsonb) as p(id uuid, slot int)
		where push_subscriptions.id = p.id`);
}
