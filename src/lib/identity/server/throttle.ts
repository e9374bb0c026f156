import { eq, lte, sql } from 'drizzle-orm';
import { later } from '../../platform/time.ts';
import type { Db } from '../../platform/server/db.ts';
import { fingerprint } from '../../platform/server/keys.ts';
import { throttles } from './schema.ts';

/** So many tries in so many milliseconds. */
export interface Budget {
	points: number;
	window: number;
}

/** Where a try came from: the device's own cookie, and the network it is in. */
export interface From {
	device: string;
	/** The first part of the address, or the empty text when it is not known. */
	network: string;
}

const keyOf = (name: string) => fingerprint('throttle', name);

/**
 * Spends one try of a budget, in the database, so that the count holds across processes. Call it
 * outside the transaction of the deed: a refusal must not give the try back.
 * Answers when the window opens again if the budget was spent before, otherwise null.
 */
export async function spend(
	db: Db,
	name: string,
	{ points, window }: Budget,
	now = new Date()
): Promise<Date | null> {
	const fresh = sql`${throttles.expiresAt} <= ${now.toISOString()}::timestamptz`;
	const [spent] = await db
		.insert(throttles)
		.values({ key: keyOf(name), points: 1, expiresAt: later(now, window) })
		.onConflictDoUpdate({
			target: throttles.key,
			set: {
				points: sql`case when ${fresh} then 1 else ${throttles.points} + 1 end`,
				expiresAt: sql`case when ${fresh} then excluded.expires_at else ${throttles.expiresAt} end`
			}
		})
		.returning({ points: throttles.points, expiresAt: throttles.expiresAt });
	return spent.points > points ? spent.expiresAt : null;
}

/** Gives one try back: what succeeded was no guess. */
export const giveBack = (db: Db, name: string) =>
	db
		.update(throttles)
		.set({ points: sql`greatest(${throttles.points} - 1, 0)` })
		.where(eq(throttles.key, keyOf(name)));

export const forgetSpent = (db: Db, now = new Date()) =>
	db.delete(throttles).where(lte(throttles.expiresAt, now));
