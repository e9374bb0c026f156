import { and, desc, eq, gt, inArray, isNull, lt, lte } from 'drizzle-orm';
import { newId } from '../../../platform/ids.ts';
import { days, hours, later } from '../../../platform/time.ts';
import type { Db } from '../../../platform/server/db.ts';
import type { ChannelName, Channels, Way } from '../../channel.ts';
import { standing, type Standing } from '../../watch.ts';
import { pageOnCall } from '../on-call.ts';
import { linkTests, outages } from '../schema.ts';
import { pushWays } from './push-ways.ts';
import { backWords, channelOf, silentWords } from './words.ts';

/** Longer than any channel's own patience; a road that does not even give up is given up. */
const patience = 25_000;
const keptFor = days(14);

/**
 * Tries every road of every channel at once, each on its own, writes down what it found, and tells
 * whoever is on call when one fell silent or is back.
 */
export async function testLinks(db: Db, channels: Channels, now = new Date()) {
	const ways = [
		...Object.values(channels).flatMap((channel) => channel.ways?.() ?? []),
		...(await pushWays(db))
	];
	const found = await Promise.all(ways.map((way) => tryWay(way)));
	await db.transaction(async (tx) => {
		if (found.length)
			await tx
				.insert(linkTests)
				.values(found.map((each) => ({ id: newId(now), at: now, ...each })));
		const stands = await standings(
			tx,
			ways.map(({ name }) => name),
			now
		);
		await judge(tx, stands, now);
		await tx.delete(linkTests).where(lt(linkTests.at, later(now, -keptFor)));
	});
	return found;
}

async function tryWay({ name, probe }: Way) {
	const started = performance.now();
	const fault = await Promise.race([
		probe().then(() => null, codeOf),
		new Promise<string>((late) => setTimeout(late, patience, 'no_answer').unref())
	]);
	return { way: name, took: Math.round(performance.now() - started), fault };
}

/** A code for operators: never an address, nor what a server wrote. */
const codeOf = (reason: unknown): string => {
	const { code, name, message } = reason as { code?: unknown; name?: string; message?: string };
	if (name === 'TryLater' && message) return message;
	return typeof code === 'string' && /^\w{1,40}$/.test(code) ? code : 'fault';
};

/** How each road stands by its tests of the last hour. */
export async function standings(db: Db, ways: string[], now: Date): Promise<Map<string, Standing>> {
	if (!ways.length) return new Map();
	const tests = await db
		.select()
		.from(linkTests)
		.where(
			and(
				inArray(linkTests.way, ways),
				gt(linkTests.at, later(now, -hours(1))),
				lte(linkTests.at, now)
			)
		)
		.orderBy(desc(linkTests.at), desc(linkTests.id));
	return new Map(
		ways.map((way) => [
			way,
			standing(
				tests.filter((each) => each.way === way),
				now
			)
		])
	);
}

async function judge(tx: Db, stands: Map<string, Standing>, now: Date) {
	const down = channelsDown(stands);
	for (const [way, stand] of stands) {
		if (stand.state === 'silent') await begin(tx, way, stand, down, now);
		else if (stand.state !== 'untried' && stand.fault === null) await end(tx, way, down, now);
	}
}

/** Channels none of whose roads answers. */
function channelsDown(stands: Map<string, Standing>): ChannelName[] {
	const all = [...stands].map(([way, { state }]) => ({ channel: channelOf(way), state }));
	return [...new Set(all.map(({ channel }) => channel))].filter((channel) =>
		all.every((each) => each.channel !== channel || each.state === 'silent')
	);
}

async function begin(tx: Db, way: string, stand: Standing, avoid: ChannelName[], now: Date) {
	const since = stand.since ?? now;
	const [outage] = await tx
		.insert(outages)
		.values({ id: newId(now), way, kind: 'silent', since })
		.onConflictDoNothing()
		.returning({ id: outages.id });
	if (!outage) return;
	const words = silentWords(way, since, stand.fault);
	await pageOnCall(tx, { municipalityId: null, key: `${outage.id}/begins`, avoid, ...words }, now);
}

async function end(tx: Db, way: string, avoid: ChannelName[], now: Date) {
	const [outage] = await tx
		.update(outages)
		.set({ endedAt: now })
		.where(and(eq(outages.way, way), eq(outages.kind, 'silent'), isNull(outages.endedAt)))
		.returning();
	if (!outage) return;
	const words = backWords(way, outage.since, now);
	await pageOnCall(tx, { municipalityId: null, key: `${outage.id}/ends`, avoid, ...words }, now);
}
