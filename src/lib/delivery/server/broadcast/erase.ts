import { eq } from 'drizzle-orm';
import type { Db } from '../../../platform/server/db.ts';
import { audiences } from './schema.ts';

/** Somebody is erased: no audience names them any more, and what they were not told yet they never are. */
export const eraseFromAudiences = (tx: Db, personId: string) =>
	tx
		.update(audiences)
		.set({ personId: null, contactPointId: null, pushSubscriptionId: null })
		.where(eq(audiences.personId, personId));
