import { inArray, sql } from 'drizzle-orm';
import type { Db } from '../../../platform/server/db.ts';
import { pushBlocks, pushSubscriptions } from '../schema.ts';

/**
 * Phones leave their blocks: they are gone, or their keys changed, so that what was prepared is of no
 * use. Their slots stay empty. In the caller's transaction.
 */
export async function leaveBlocks(tx: Db, ids: string[]) {
	if (!ids.length) return;
	const chosen = sql.join(
		ids.map((id) => sql`${id}::uuid`),
		sql`, `
	);
	await tx.execute(sql`
		with leaving as (
			select id, block_id from push_subscriptions
			where id in (${chosen}) and block_id is not null order by id for update
		), left_now as (
			update push_subscriptions set block_id = null, slot = null
			where id in (select id from leaving)
		), counted as (
			select block_id, count(*)::int as n from leaving group by block_id
		)
		update push_blocks set living = living - n from counted where push_blocks.id = counted.block_id`);
}

/** The push service says they are gone (404 or 410): they are never used again. */
export async function forgetSubscriptions(tx: Db, ids: string[], now: Date) {
	if (!ids.length) return;
	await leaveBlocks(tx, ids);
	await tx.update(pushSubscriptions).set({ goneAt: now }).where(inArray(pushSubscriptions.id, ids));
}

/** Somebody is erased: the blocks that hold their phones' addresses are, too. The others find new ones. */
export async function eraseFromBlocks(tx: Db, personId: string) {
	const theirs = sql`select block_id from push_subscriptions where person_id = ${personId} and block_id is not null`;
	await tx.delete(pushBlocks).where(sql`${pushBlocks.id} in (${theirs})`);
}
