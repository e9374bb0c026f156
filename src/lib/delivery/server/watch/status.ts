import { desc, gt } from 'drizzle-orm';
import { hours, days, later } from '../../../platform/time.ts';
import type { Db } from '../../../platform/server/db.ts';
import { channelNames, type ChannelName } from '../../channel.ts';
import { rateOf, type Standing } from '../../watch.ts';
import { currentChannels } from '../channels/index.ts';
import { linkTests, outages } from '../schema.ts';
import { takings } from './takings.ts';
import { standings } from './test-links.ts';
import { channelOf, channelWords, wayWords } from './words.ts';

export interface WayStatus extends Standing {
	way: string;
	name: string;
}

export interface ChannelStatus {
	channel: ChannelName;
	name: string;
	/** No gateway is set up: messages stay in the outbox. */
	outbox: boolean;
	ways: WayStatus[];
	/** Of the last hour's messages with an outcome, how many were taken: 0 to 1; null when there were none. */
	hour: { rate: number | null; finished: number };
	usual: { rate: number | null; finished: number };
}

/** How every channel stands, for the office and for `/metrics`. */
export async function channelStatus(db: Db, now = new Date()): Promise<ChannelStatus[]> {
	const recent = await db
		.selectDistinct({ way: linkTests.way })
		.from(linkTests)
		.where(gt(linkTests.at, later(now, -hours(1))))
		.orderBy(linkTests.way);
	const stands = await standings(
		db,
		recent.map(({ way }) => way),
		now
	);
	const hour = await takings(db, later(now, -hours(1)), now);
	const usual = await takings(db, later(now, -days(7)), later(now, -hours(1)));
	const channels = currentChannels();
	const share = (of: typeof hour, channel: ChannelName) => {
		const found = of.get(channel) ?? { taken: 0, finished: 0 };
		return { rate: rateOf(found), finished: found.finished };
	};
	return channelNames
		.filter((channel) => channel !== 'inbox')
		.map((channel) => ({
			channel,
			name: channelWords[channel],
			outbox: channel !== 'web_push' && !channels[channel].ways,
			ways: [...stands]
				.filter(([way]) => channelOf(way) === channel)
				.map(([way, stand]) => ({ way, name: wayWords(way), ...stand })),
			hour: share(hour, channel),
			usual: share(usual, channel)
		}));
}

/** What fell silent or took less, newest first. */
export const recentOutages = (db: Db, limit = 20) =>
	db
		.select({
			way: outages.way,
			kind: outages.kind,
			since: outages.since,
			endedAt: outages.endedAt
		})
		.from(outages)
		.orderBy(desc(outages.since))
		.limit(limit);
