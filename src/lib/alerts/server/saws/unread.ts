import { asc, notInArray, sql } from 'drizzle-orm';
import { can, type Actor } from '../../../identity/permissions.ts';
import { notFound } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import { log } from '../../../platform/server/log.ts';
import { weatherUnread } from '../genuine/schema.ts';

/** A document of the feed that could not be read, or the feed itself. */
export interface Unread {
	link: string;
	why: string;
}

const longestLink = 500;
const longestWhy = 300;

/** What could not be read in this round; what was mended or is gone is forgotten. Each is logged when it is new. */
export const keepUnread = (db: Db, feed: string, bad: Unread[], now: Date): Promise<void> =>
	db.transaction(async (tx) => {
		const links = bad.map(({ link }) => link.slice(0, longestLink));
		// While the feed itself is down nobody knows what became of its documents.
		if (!links.includes(feed))
			await tx
				.delete(weatherUnread)
				.where(links.length ? notInArray(weatherUnread.link, links) : sql`true`);
		for (const [i, link] of links.entries()) {
			const why = bad[i].why.slice(0, longestWhy);
			const made = await tx
				.insert(weatherUnread)
				.values({ link, why, since: now, seenAt: now })
				.onConflictDoUpdate({ target: weatherUnread.link, set: { why, seenAt: now } })
				.returning({ since: weatherUnread.since });
			if (made[0].since.getTime() === now.getTime())
				log.warn({ link, why }, 'weather warning not read');
		}
	});

/** For whoever may warn people: what the feed holds that we cannot read, the oldest first. @throws Refusal 404 */
export function weatherNotRead(db: Db, actor: Actor, municipalityId: string) {
	if (!can(actor, 'alert.read', { municipalityId })) throw notFound();
	return db.select().from(weatherUnread).orderBy(asc(weatherUnread.since)).limit(20);
}
