import { and, eq, isNull, lte, sql } from 'drizzle-orm';
import { rows, type Db } from '../../../platform/server/db.ts';
import { log } from '../../../platform/server/log.ts';
import { later, minutes } from '../../../platform/time.ts';
import { pageOnCall } from '../on-call.ts';
import { progressOf } from './counts.ts';
import { broadcasts } from './schema.ts';

/** How long until nearly everybody should have been tried, and how many of a hundred that is. */
const patience = minutes(2);
const share = 0.99;

/**
 * A broadcast that is not tried for 99 in 100 of those it may reach by now, two minutes after it was
 * opened, pages whoever is on call: once. Those who sleep until their quiet hours end are not missed.
 */
export async function watchBroadcasts(db: Db, now = new Date()): Promise<void> {
	const slow = await db
		.select()
		.from(broadcasts)
		.where(
			and(
				eq(broadcasts.state, 'sending'),
				isNull(broadcasts.pagedAt),
				lte(broadcasts.openedAt, later(now, -patience))
			)
		);
	for (const broadcast of slow) {
		const progress = await progressOf(db, broadcast.id);
		const asleep = await sleeping(db, broadcast.no, now);
		if (!progress || progress.attempted >= share * (broadcast.audience - asleep)) continue;
		await db.transaction(async (tx) => {
			const [mine] = await tx
				.update(broadcasts)
				.set({ pagedAt: now })
				.where(and(eq(broadcasts.id, broadcast.id), isNull(broadcasts.pagedAt)))
				.returning({ id: broadcasts.id });
			if (!mine) return;
			await pageOnCall(
				tx,
				{
					municipalityId: broadcast.municipalityId,
					key: `${broadcast.id}/slow`,
					title: 'A broadcast is slow',
					text: `A broadcast (${broadcast.template}) was tried for ${progress.attempted} of ${broadcast.audience} people since it was opened. Look at the channels.`,
					path: '/office/channels'
				},
				now
			);
		});
	}
}

/** How many wait for the end of their quiet hours: asked of a broadcast that looks slow, not while it is sent. */
async function sleeping(db: Db, no: number, now: Date): Promise<number> {
	const [{ count }] = await rows<{ count: number }>(
		db,
		sql`select coalesce(sum(hi - lo + 1), 0)::int as count from broadcast_chunks
			where broadcast_no = ${no} and state = 'ready' and not_before > ${now.toISOString()}::timestamptz`
	);
	return Number(count);
}

/** A push service refuses our keys: whoever is on call is told, once an hour. */
export const pageRefused = (db: Db) => (lane: string) => {
	const now = new Date();
	const paged = db.transaction((tx) =>
		pageOnCall(
			tx,
			{
				municipalityId: null,
				key: `refused/${lane}/${now.toISOString().slice(0, 13)}`,
				title: 'A push service refuses our keys',
				text: `${new URL(lane).host} refuses our VAPID keys. Nobody who uses it is told anything until they are mended. It is asked again every ten minutes.`,
				path: '/office/channels',
				avoid: ['web_push']
			},
			now
		)
	);
	paged.catch((reason) => log.error({ err: reason }, 'nobody was paged'));
};
