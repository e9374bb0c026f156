import { randomBytes } from 'node:crypto';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { newId } from '../../../platform/ids.ts';
import { lock, seal } from '../../../platform/server/keys.ts';
import type { Db } from '../../../platform/server/db.ts';
import { pushBlocks, pushGenerations, pushShelves, pushSubscriptions } from '../schema.ts';
import { openMembers, shelfName } from './blocks.ts';
import { prepareInto, recordBytes } from './ece.ts';
import type { Members } from './members.ts';

/** Blocks prepared for in one transaction, under one key. */
const together = 20;
/** Records made before others get a turn: some 10 ms. */
const turn = 80;

/** Prepares the missing shelves of some blocks, under a key of their own. Answers how many. */
export async function fillShelves(db: Db, shelves: number, now: Date): Promise<number> {
	const short = await shortBlocks(db, shelves);
	if (!short.length) return 0;
	const dataKey = randomBytes(32);
	const generationId = newId(now);
	const made: Array<typeof pushShelves.$inferInsert> = [];
	for (const block of short) {
		const slots = await livingSlots(db, block.id);
		for (const shelf of await missing(db, block.id, shelves)) {
			const records = await prepareRecords(openMembers(block), slots);
			const locked = lock(dataKey, records, shelfName(block.id, shelf));
			made.push({ blockId: block.id, shelf, generationId, records: locked });
		}
	}
	const keySealed = seal('push', dataKey.toString('base64'), generationId);
	await keep(db, { id: generationId, keySealed, createdAt: now }, made);
	return made.length;
}

const shortBlocks = (db: Db, shelves: number) =>
	db
		.select({ id: pushBlocks.id, origin: pushBlocks.origin, members: pushBlocks.members })
		.from(pushBlocks)
		.where(
			sql`(select count(*) from ${pushShelves} where ${pushShelves.blockId} = ${pushBlocks.id}) < ${shelves}`
		)
		.orderBy(asc(pushBlocks.id))
		.limit(together);

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
async function prepareRecords(members: Members, slots: number[]): Promise<Buffer> {
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

/** A block may have been given up meanwhile, or somebody else may have been faster. */
const keep = (
	db: Db,
	generation: typeof pushGenerations.$inferInsert,
	made: Array<typeof pushShelves.$inferInsert>
) =>
	db.transaction(async (tx) => {
		await tx.insert(pushGenerations).values(generation);
		const ids = made.map(({ blockId }) => blockId);
		const living = await tx
			.select({ id: pushBlocks.id })
			.from(pushBlocks)
			.where(inArray(pushBlocks.id, ids))
			.for('share');
		const still = made.filter(({ blockId }) => living.some(({ id }) => id === blockId));
		if (still.length) await tx.insert(pushShelves).values(still).onConflictDoNothing();
	});
