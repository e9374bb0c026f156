import { and, asc, eq, inArray, notExists, or, sql } from 'drizzle-orm';
import { sealBytes, unlock, unseal, unsealBytes } from '../../../platform/server/keys.ts';
import type { Db } from '../../../platform/server/db.ts';
import type { PushSubscription } from '../../push.ts';
import { pushBlocks, pushGenerations, pushShelves } from '../schema.ts';
import { isPrepared, prepare, recordBytes, sealWith } from './ece.ts';
import { Members } from './members.ts';

export { sealFresh } from './ece.ts';

/** A shelf of prepared records that belongs to one broadcast and no other. */
export interface BoundBlock {
	blockId: string;
	shelf: number;
	broadcastId: string;
}

/** One block, opened: phones by their slots, and where a shelf was bound their records. */
export interface OpenBlock {
	endpoint(slot: number): string;
	keys(slot: number): PushSubscription['keys'];
	/**
	 * Seals the one text this broadcast has for this phone: asked again it gives the same bytes. Null
	 * where no record was prepared, for a second text (a shorter one after 413), and for one too long:
	 * those take a fresh key.
	 */
	seal(slot: number, text: Buffer): Buffer | null;
	/** Seals with a key pair made for this message alone. @throws when the text is too long */
	sealFresh(slot: number, text: Buffer): Buffer;
}

/**
 * In the caller's (claiming) transaction: binds one shelf of each block to this broadcast, or finds it
 * bound to it already. Null means fresh keys: no shelf is left, or fewer than half of the block's
 * phones are asked for, so that most of a shelf would be thrown away.
 * @param asked how many phones of each block this broadcast is for
 */
export async function bindBlocks(
	tx: Db,
	asked: ReadonlyMap<string, number>,
	broadcastId: string,
	now: Date
): Promise<Map<string, BoundBlock | null>> {
	const answer = new Map<string, BoundBlock | null>(Array.from(asked.keys(), (id) => [id, null]));
	const ids = [...asked.keys()];
	if (!ids.length) return answer;
	// The lock on its block lets two claims of one broadcast find the same shelf.
	const blocks = await tx
		.select({ id: pushBlocks.id, living: pushBlocks.living })
		.from(pushBlocks)
		.where(inArray(pushBlocks.id, ids))
		.orderBy(asc(pushBlocks.id))
		.for('update');
	const { blockId, shelf, broadcastId: boundTo } = pushShelves;
	const shelves = await tx
		.select({ blockId, shelf, boundTo })
		.from(pushShelves)
		.where(inArray(blockId, ids))
		.orderBy(asc(shelf));
	const taken: BoundBlock[] = [];
	for (const { id, living } of blocks) {
		const here = shelves.filter((each) => each.blockId === id);
		const bound = here.find((each) => each.boundTo === broadcastId);
		const free = here.find((each) => each.boundTo === null);
		if (bound) answer.set(id, { blockId: id, shelf: bound.shelf, broadcastId });
		else if (free && 2 * asked.get(id)! >= living) {
			const own = { blockId: id, shelf: free.shelf, broadcastId };
			answer.set(id, own);
			taken.push(own);
		}
	}
	for (const number of new Set(taken.map((each) => each.shelf))) {
		const of = taken.filter((each) => each.shelf === number).map((each) => each.blockId);
		await tx
			.update(pushShelves)
			.set({ broadcastId, boundAt: now })
			.where(and(inArray(blockId, of), eq(shelf, number)));
	}
	return answer;
}

/**
 * Blocks as `bindBlocks` answered them, opened: two questions to the database, one decryption a block
 * and shelf. A block that was given up meanwhile is missing: read its phones with `readSubscriptions`.
 */
export async function openBlocks(
	db: Db,
	bound: ReadonlyMap<string, BoundBlock | null>
): Promise<Map<string, OpenBlock>> {
	const ids = [...bound.keys()];
	if (!ids.length) return new Map();
	const found = await db
		.select({ id: pushBlocks.id, origin: pushBlocks.origin, members: pushBlocks.members })
		.from(pushBlocks)
		.where(inArray(pushBlocks.id, ids));
	// A shelf that was released and filled anew belongs to somebody else, whatever its number.
	const exactly = [...bound.values()].flatMap((each) =>
		each
			? and(
					eq(pushShelves.blockId, each.blockId),
					eq(pushShelves.shelf, each.shelf),
					eq(pushShelves.broadcastId, each.broadcastId)
				)
			: []
	);
	const shelves = exactly.length
		? await db
				.select({
					blockId: pushShelves.blockId,
					shelf: pushShelves.shelf,
					records: pushShelves.records,
					generationId: pushGenerations.id,
					key: pushGenerations.keySealed
				})
				.from(pushShelves)
				.innerJoin(pushGenerations, eq(pushGenerations.id, pushShelves.generationId))
				.where(or(...exactly))
		: [];
	return new Map(
		found.map((block) => {
			const shelf = shelves.find(({ blockId }) => blockId === block.id);
			return [block.id, openBlock(block, shelf)];
		})
	);
}

interface SealedBlock {
	id: string;
	origin: string;
	members: Buffer;
}

interface SealedShelf {
	blockId: string;
	shelf: number;
	records: Buffer;
	generationId: string;
	key: Buffer;
}

export const sealMembers = (blockId: string, packed: Buffer) => sealBytes('push', packed, blockId);
export const openMembers = ({ id, origin, members }: SealedBlock) =>
	new Members(origin, unsealBytes('push', members, id));
export const shelfName = (blockId: string, shelf: number) => `${blockId}/${shelf}`;

/** Decrypts the endpoints of one block, and its records where there is a shelf. Once per chunk. */
export function openBlock(block: SealedBlock, sealedShelf?: SealedShelf): OpenBlock {
	const members = openMembers(block);
	const records = sealedShelf ? openShelf(sealedShelf) : null;
	const said: Array<Buffer | undefined> = [];
	const freshly = (slot: number, text: Buffer) => {
		const body = sealWith(prepare(members.point(slot), members.secret(slot)), text);
		if (!body) throw new Error('This text is too long for a push');
		return body;
	};
	return {
		endpoint: (slot) => members.endpoint(slot),
		keys: (slot) => ({
			p256dh: members.point(slot).toString('base64url'),
			auth: members.secret(slot).toString('base64url')
		}),
		seal(slot, text) {
			const at = slot * recordBytes;
			if (!records || !isPrepared(records, at)) return null;
			const before = said[slot];
			if (before && before !== text && !before.equals(text)) return null;
			said[slot] = text;
			return sealWith(records.subarray(at, at + recordBytes), text);
		},
		sealFresh: freshly
	};
}

function openShelf({ blockId, shelf, records, generationId, key }: SealedShelf): Buffer {
	const dataKey = Buffer.from(unseal('push', key, generationId), 'base64');
	return unlock(dataKey, records, shelfName(blockId, shelf));
}

/** The broadcast has ended: the records it used are deleted, and with the last of them their key. */
export async function releaseBlocks(tx: Db, broadcastId: string) {
	await tx.delete(pushShelves).where(eq(pushShelves.broadcastId, broadcastId));
	await dropSpentGenerations(tx);
}

const dropSpentGenerations = (tx: Db) =>
	tx.delete(pushGenerations).where(
		notExists(
			tx
				.select({ one: sql`1` })
				.from(pushShelves)
				.where(eq(pushShelves.generationId, pushGenerations.id))
		)
	);

/**
 * After a backup was put back: what it holds may have been used since, and a record seals one text
 * only. With their keys every record is gone.
 */
export const forgetPrepared = (db: Db) => db.delete(pushGenerations);
