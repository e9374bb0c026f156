import { postOutward } from '../../../delivery/server/index.ts';
import { municipalityById } from '../../../identity/server/index.ts';
import type { Db } from '../../../platform/server/db.ts';
import { readConfig } from '../../../platform/server/config.ts';
import { enqueue, job } from '../../../platform/server/jobs.ts';
import { hubQueue } from '../queues.ts';
import { atomAt } from './feed.ts';
import { houseOf } from './house.ts';

/**
 * Tells a WebSub hub that a feed has changed (W3C WebSub, 5.1: publishers and hubs agree how; this is the
 * form that public hubs take). @throws when the hub does not take it: it is told again
 */
export async function tellOf(hub: string, topic: string): Promise<void> {
	const body = new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': topic }).toString();
	const type = { 'content-type': 'application/x-www-form-urlencoded' };
	const { status } = await postOutward(new URL(hub), body, type);
	if (status < 200 || status >= 300) throw new Error(`The hub answered ${status}`);
}

/** Where the operator named a hub, it is told of a change in the transaction's own time. */
export async function feedChanged(tx: Db, municipalityId: string) {
	if (readConfig().WEBSUB_HUB) await enqueue(tx, hubQueue, { municipalityId });
}

/** Tells the hub that the feed of a municipality has changed. Twice does no harm. */
export const tellHub = job({
	...hubQueue,
	async run({ db }, { municipalityId }) {
		const { WEBSUB_HUB: hub } = readConfig();
		const municipality = await municipalityById(db, municipalityId);
		if (hub && municipality) await tellOf(hub, atomAt(houseOf(municipality).origin));
	}
});
