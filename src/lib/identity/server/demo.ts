import { eq } from 'drizzle-orm';
import type { Db } from '../../platform/server/db.ts';
import { people } from './schema.ts';

/** The person behind a handle of the demonstration. */
export const demoPersonId = async (db: Db, handle: string): Promise<string | undefined> =>
	(await db.select({ id: people.id }).from(people).where(eq(people.demoHandle, handle)))[0]?.id;
