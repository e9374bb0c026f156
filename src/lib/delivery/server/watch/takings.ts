import { and, count, eq, gt, isNull, lte, ne, sql } from 'drizzle-orm';
import { newId } from '../../../platform/ids.ts';
import { days, hours, later } from '../../../platform/time.ts';
import type { Db } from '../../../platform/server/db.ts';
import { channelNames, type ChannelName } from '../../channel.ts';
import { rateOf, takesFewer, type Takings } from '../../watch.ts';
import { pageOnCall } from '../on-call.ts';
import { messages, outages } from '../schema.ts';
import { fewerWords, usualAgainWords } from './words.ts';

/** What became of the messages of each channel between two instants. */
export async function takings(db: Db, from: Date, to: Date): Promise<Map<ChannelName, Takings>> {
	const found = await db
		.select({
			channel: messages.channel,
			finished: count(),
			taken:
				sql<number>`count(*) filter (where ${messages.outcome} not in ('failed', 'gone'))`.mapWith(
					Number
				)
		})
		.from(messages)
		.where(
			and(ne(messages.channel, 'inbox'), gt(messages.outcomeAt, from), lte(messages.outcomeAt, to))
		)
		.groupBy(messages.channel);
	return new Map(found.map(({ channel, ...counts }) => [channel, counts]));
}

const none: Takings = { taken: 0, finished: 0 };

/** Tells whoever is on call when a channel takes fewer messages than in the seven days before, and when it is over. */
export async function watchTakings(db: Db, now = new Date()) {
	const hour = await takings(db, later(now, -hours(1)), now);
	if (!hour.size && !(await db.$count(outages, isNull(outages.endedAt)))) return;
	const usual = await takings(db, later(now, -days(7)), later(now, -hours(1)));
	await db.transaction(async (tx) => {
		for (const channel of channelNames)
			await judge(tx, channel, hour.get(channel) ?? none, usual.get(channel) ?? none, now);
	});
}

async function judge(tx: Db, channel: ChannelName, hour: Takings, usual: Takings, now: Date) {
	const open = and(eq(outages.way, channel), eq(outages.kind, 'fewer'), isNull(outages.endedAt));
	if (takesFewer(hour, usual)) {
		const [begun] = await tx
			.insert(outages)
			.values({ id: newId(now), way: channel, kind: 'fewer', since: now })
			.onConflictDoNothing()
			.returning({ id: outages.id });
		const words = fewerWords(channel, rateOf(hour) ?? 0, rateOf(usual) ?? 0);
		if (begun)
			await pageOnCall(tx, { municipalityId: null, key: `${begun.id}/begins`, ...words }, now);
		return;
	}
	const [ended] = await tx.update(outages).set({ endedAt: now }).where(open).returning();
	const words = usualAgainWords(channel);
	if (ended) await pageOnCall(tx, { municipalityId: null, key: `${ended.id}/ends`, ...words }, now);
}
