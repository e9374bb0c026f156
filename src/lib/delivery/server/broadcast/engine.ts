import { setTimeout as pause } from 'node:timers/promises';
import { withCanaries } from '../push/canary.ts';
import { newId } from '../../../platform/ids.ts';
import { log } from '../../../platform/server/log.ts';
import { busyLanes, claimChunk, giveBack, isSending, keepChunk, leaseSeconds } from './chunks.ts';
import { finishBroadcasts, isAnyOpen } from './finish.ts';
import { closeChunk } from './ledger.ts';
import { claimRetries, keepRetries, membersOf, type Needs, type RetryLease } from './members.ts';
import { phoneNeeds, type Phone } from './phone.ts';
import { postBatch, readerNeeds, type Reader } from './post-lane.ts';
import { pushBatch } from './push-lane.ts';
import type { Batch, Lane, Member, Station } from './station.ts';

/** How many chunks of one lane a process has in hand: while the answers to one come in, the next leaves. */
const abreast = 2;
/** How often we look whether there is something to do, and whether what is tried again still holds, in milliseconds. */
const lookEvery = 500;
const keepEvery = (leaseSeconds * 1000) / 4;

export type NewStation = Omit<Station, 'id' | 'stopping' | 'now'> & Partial<Pick<Station, 'now'>>;

const stationOf = (facts: NewStation): Station => ({
	now: () => new Date(),
	...facts,
	sender: withCanaries(facts.sender),
	id: newId(),
	stopping: false
});

interface Way<Each extends Member> {
	needs: Needs;
	send(
		station: Station,
		lane: Lane,
		batch: Batch<Each>,
		mayGoOn: () => boolean
	): Promise<Each | null>;
}

const byPush: Way<Phone> = { needs: phoneNeeds, send: pushBatch };
const byPost: Way<Reader> = { needs: readerNeeds, send: postBatch };

/** Sends whatever is due in one lane, until there is nothing more. */
async function workLane(station: Station, lane: Lane): Promise<void> {
	const task = lane.channel === 'web_push' ? through(byPush) : through(byPost);
	const tasks = lane.channel === 'web_push' ? abreast : 1;
	await Promise.all(
		Array.from({ length: tasks }, async () => {
			while (!station.stopping && (await task(station, lane)));
		})
	);
}

/** One step of a lane: a chunk, or what is due again. False when there was nothing, or the lane has to rest. */
const through =
	<Each extends Member>(way: Way<Each>) =>
	async (station: Station, lane: Lane): Promise<boolean> => {
		const { db, id } = station;
		const before = performance.now();
		const again = await claimRetries<Each>(db, lane, way.needs);
		if (again) return await tryAgain(station, lane, way, { ...again, before });

		const chunk = await claimChunk(db, lane.id, id, station.now());
		if (!chunk) return false;
		const lease = keeper(station, before, () => keepChunk(db, chunk, id));
		try {
			const batch = await membersOf<Each>(db, chunk, way.needs);
			const stoppedAt = await way.send(station, lane, batch, lease.holds);
			if (!stoppedAt) await closeChunk(db, chunk.no, chunk.lo, id);
			else await giveBack(db, chunk, stoppedAt.n, id);
			return !stoppedAt;
		} finally {
			lease.end();
		}
	};

/**
 * Messages that are tried again, as long as their lease is kept; no more of them from the moment
 * something newer takes their place.
 */
async function tryAgain<Each extends Member>(
	station: Station,
	lane: Lane,
	way: Way<Each>,
	{ batch, lease, before }: { batch: Batch<Each>; lease: RetryLease; before: number }
): Promise<boolean> {
	const { db } = station;
	const kept = keeper(station, before, () => keepRetries(db, lease));
	const newest = keeper(station, before, () => isSending(db, batch.no), lookEvery);
	try {
		return !(await way.send(station, lane, batch, () => kept.holds() && newest.holds()));
	} finally {
		kept.end();
		newest.end();
	}
}

/** Renews a lease, and says whether it still holds: a process that slept through it sends nothing more. */
function keeper(station: Station, since: number, renew: () => Promise<boolean>, every = keepEvery) {
	let until = since + leaseSeconds * 1000;
	let lost = false;
	const timer = setInterval(async () => {
		const before = performance.now();
		try {
			if (await renew()) until = before + leaseSeconds * 1000;
			else lost = true;
		} catch (reason) {
			log.warn({ err: reason }, 'lease not renewed');
		}
	}, every);
	return {
		holds: () => !lost && !station.stopping && performance.now() < until - 1000,
		end: () => clearInterval(timer)
	};
}

/** Sends everything that is due now, and returns when nothing is: for jobs, tests and the demo. */
export async function sendDue(facts: NewStation): Promise<void> {
	const station = stationOf(facts);
	for (;;) {
		const lanes = await busyLanes(station.db, station.now());
		if (!lanes.length) break;
		await Promise.all(lanes.map((lane) => workLane(station, lane)));
		if (await noProgress(station, lanes)) break;
	}
	await finishBroadcasts(station.db);
}

/** Something is due that this process cannot take: another one holds it. */
async function noProgress(station: Station, before: Lane[]): Promise<boolean> {
	const after = await busyLanes(station.db, station.now());
	return after.length > 0 && after.every(({ id }) => before.some((lane) => lane.id === id));
}

export interface Engine {
	/** Something may be due: look now. */
	poke(): void;
	/** Waits for the answers still to come; what was not handed over goes back. */
	stop(): Promise<void>;
}

/** Keeps sending, each lane by itself, so that none waits for another. */
export function startSending(facts: NewStation): Engine {
	const station = stationOf(facts);
	const busy = new Map<number, Promise<void>>();
	let poked = new AbortController();

	async function look() {
		if (!(await isAnyOpen(station.db))) return;
		const lanes = await busyLanes(station.db, station.now());
		for (const lane of lanes)
			if (!busy.has(lane.id))
				busy.set(
					lane.id,
					workLane(station, lane)
						.catch((reason) => log.error({ err: reason, lane: lane.name }, 'lane failed'))
						.finally(() => busy.delete(lane.id))
				);
		await finishBroadcasts(station.db);
	}

	const running = (async () => {
		while (!station.stopping) {
			await look().catch((reason) => log.warn({ err: reason }, 'broadcasts wait'));
			await pause(lookEvery, undefined, { signal: poked.signal }).catch(() => {
				poked = new AbortController();
			});
		}
		await Promise.all(busy.values());
	})();

	return {
		poke: () => poked.abort(),
		async stop() {
			station.stopping = true;
			poked.abort();
			await running;
		}
	};
}
