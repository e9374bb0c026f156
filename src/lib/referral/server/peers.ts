import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from '../../platform/server/db.ts';
import { referralPeers } from './schema.ts';

export type Peer = typeof referralPeers.$inferSelect;

/** The installation a body of our list is, if its key is pinned. */
export const openPeer = async (db: Db, departmentId: string): Promise<Peer | undefined> =>
	(
		await db
			.select()
			.from(referralPeers)
			.where(and(eq(referralPeers.departmentId, departmentId), isNull(referralPeers.until)))
	)[0];
