import { inArray } from 'drizzle-orm';
import type { Db } from '../../../platform/server/db.ts';
import { broadcasts } from './schema.ts';

/** After a backup was put back: what was being sent when it was made is never sent again by itself. */
export const forgetBroadcasts = (db: Db, now = new Date()) =>
	db
		.update(broadcasts)
		.set({ state: 'interrupted', finishedAt: now, compactedAt: now, forgottenAt: now, counts: [] })
		.where(inArray(broadcasts.state, ['sending', 'superseded']));
