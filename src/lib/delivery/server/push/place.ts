import { randomBytes } from 'node:crypto';
import { and, asc, eq, inArray, isNull, lt, notExists, sql } from 'drizzle-orm';
import { newId } from '../../../platform/ids.ts';
import { hours, later } from '../../../platform/time.ts';
import { lock, seal, unseal } from '../../../platform/server/keys.ts';
import { rows, type Db } from '../../../platform/server/db.ts';
import type { PushSubscription } from '../../push.ts';
import { pushBlocks, pushGenerations, pushShelves, pushSubscriptions } from '../schema.ts';
import { openMembers, sealMembers, shelfName } from './blocks.ts';
import { prepareInto, recordBytes } from './ece.ts';
import { packMembers } from './members.ts';

/** Phones in a block. */
const full = 1000;
/** A smaller block is made anew when others of its origin want a place. */
const small = full / 2;
const shelvesEach = 2;
/** Blocks prepared for in one transaction, under one key. */
const together = 20;
/** Phones looked at in one go. */
const window = 20_000;
/** Records made before others get a turn: some 10 ms. */
const turn = 80;
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
	while (performance.now() < until && (await fill(db, shelves, now)) > 0);
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
		const waiting = await rows<Waiting>(
			tx,
			sql`
			with waiting as (
				select id, person_id, sealed, endpoint_index from push_subscriptions
				where origin = ${origin} and block_id is null and gone_at is null
				order by id limit ${window} for update skip locked
			)
			select id, sealed, endpoint_index as "endpointIndex" from waiting
			order by coalesce(
				(select min(subject_id) from followings f
					where f.push_subscription_id = waiting.id and f.subject = 'ward' and f.ended_at is null),
				(select min(subject_id) from followings f
					where f.person_id = waiting.person_id and f.subject = 'ward' and f.ended_at is null)
			) nulls last, id`
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

/** Prepares missing shelves for some blocks, under a key of their own. Answers how many. */
async function fill(db: Db, shelves: number, now: Date): Promise<number> {
	const short = await db
		.select({ id: pushBlocks.id, origin: pushBlocks.origin, members: pushBlocks.members })
		.from(pushBlocks)
		.where(
			sql`(select count(*) from ${pushShelves} where ${pushShelves.blockId} = ${pushBlocks.id}) < ${shelves}`
		)
		.orderBy(asc(pushBlocks.id))
		.limit(together);
	if (!short.length) return 0;
	const dataKey = randomBytes(32);
	const generationId = newId(now);
	const made = [];
	for (const block of short) {
		const slots = await livingSlots(db, block.id);
		for (const shelf of await missing(db, block.id, shelves)) {
			const records = await prepareRecords(openMembers(block), slots);
			made.push({
				blockId: block.id,
				shelf,
				generationId,
				records: lock(dataKey, records, shelfName(block.id, shelf))
			});
		}
	}
	await db.transaction(async (tx) => {
		const keySealed = seal('push', dataKey.toString('base64'), generationId);
		await tx.insert(pushGenerations).values({ id: generationId, keySealed, createdAt: now });
		// A block may have been given up meanwhile, or somebody else may have been faster.
		const living = await tx
			.select({ id: pushBlocks.id })
			.from(pushBlocks)
			.where(
				inArray(
					pushBlocks.id,
					made.map(({ blockId }) => blockId)
				)
			)
			.for('share');
		const still = made.filter(({ blockId }) => living.some(({ id }) => id === blockId));
		if (still.length) await tx.insert(pushShelves).values(still).onConflictDoNothing();
	});
	return made.length;
}

async function missing(db: Db, blockId: string, shelves: number): Promise<number[]> {
	const there = await db
		.select({ shelf: pushShelves.shelf })
		.from(pushShelves)
		.where(eq(pushShelves.blockId, blockId));
	return Array.from({ length: shelves }, (_, shelf) => shelf).filter(
		(shelf) => !there.some((each) => each.shelf === shelf)
	);
}

async function livingSlots(db: Db, blockId: string): Promise<number[]> {
	const found = await db
		.select({ slot: pushSubscriptions.slot })
		.from(pushSubscriptions)
		.where(and(eq(pushSubscriptions.blockId, blockId), isNull(pushSubscriptions.goneAt)));
	return found.flatMap(({ slot }) => (slot === null ? [] : [slot]));
}

/** A record for each of these slots, and nothing for the others. Lets others work in between. */
async function prepareRecords(members: ReturnType<typeof openMembers>, slots: number[]) {
	const records = Buffer.alloc(members.size * recordBytes);
	for (const [n, slot] of slots.entries()) {
		if (n % turn === turn - 1) await new Promise<void>((done) => setImmediate(done));
		try {
			prepareInto(records, slot * recordBytes, members.point(slot), members.secret(slot));
		} catch {
			// A key that is no point of the curve: nothing can be sealed for that phone at all.
		}
	}
	return records;
}
