import type { Db } from '../../../platform/server/db.ts';
import { bindBlocks, openBlocks, sealFresh } from '../push/blocks.ts';
import { subscriptionOf, type Phone } from './phone.ts';

/** Where a phone is reached, and how what it is told is sealed. */
export interface Address {
	endpoint: string;
	/** The broadcast's own text for this phone: with its prepared record, where it has one, and then the same bytes each time. */
	seal(text: Buffer): Buffer;
	/** Any other text: with a fresh key. */
	fresh(text: Buffer): Buffer;
}

type AddressOf = (phone: Phone) => Address | null;

/** How many of an audience are in each block: as they are opened together. */
function byBlock(phones: Array<Pick<Phone, 'blockId'>>): Map<string, number> {
	const counted = new Map<string, number>();
	for (const { blockId } of phones)
		if (blockId) counted.set(blockId, (counted.get(blockId) ?? 0) + 1);
	return counted;
}

/** Opens the addresses of a batch, a block at a time. Null for a phone that left its block this moment. */
export async function addressesOf(
	db: Db,
	broadcastId: string,
	phones: Phone[],
	now: Date
): Promise<AddressOf> {
	const asked = byBlock(phones);
	const bound = await db.transaction((tx) => bindBlocks(tx, asked, broadcastId, now));
	const blocks = await openBlocks(db, bound);
	return (phone) => {
		if (phone.blockId === null || phone.slot === null) return single(phone);
		const { slot } = phone;
		const block = blocks.get(phone.blockId);
		if (!block) return null;
		const fresh = (text: Buffer) => block.sealFresh(slot, text);
		return {
			endpoint: block.endpoint(slot),
			seal: (text) => block.seal(slot, text) ?? fresh(text),
			fresh
		};
	};
}

function single(phone: Phone): Address {
	const { endpoint, keys } = subscriptionOf(phone);
	const fresh = (text: Buffer) => sealFresh(keys, text);
	return { endpoint, seal: fresh, fresh };
}
