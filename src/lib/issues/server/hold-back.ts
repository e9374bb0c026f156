import type { Asker } from '../../identity/asker.ts';
import { spend } from '../../identity/server/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { dayAndTime } from '../../platform/time.ts';
import {
	contactLimitWords,
	flagsPerNetwork,
	followsPerContact,
	limits,
	limitWords,
	type Unnamed
} from '../limits.ts';

/**
 * Counts a deed done without an account, by phone and network. Within the deed's transaction, so that
 * only deeds which happen are counted; people who signed in answer for themselves.
 * @throws Refusal 429 with what to do instead
 */
export async function holdBack(tx: Db, asker: Asker, what: Unnamed, now: Date) {
	if (asker.actor) return;
	for (const { per, ...budget } of limits[what]) {
		const whose = asker[per];
		if (!whose) continue;
		const until = await spend(tx, `${what}/${per}/${whose}`, budget, now);
		if (until) throw new Refusal(429, limitWords(what, per, dayAndTime(until, now)));
	}
}

/** Whether a flag counts towards hiding: people with an account do, and the first of each network. */
export async function flagCounts(tx: Db, asker: Asker, issueId: string, now: Date) {
	if (asker.actor || !asker.network) return true;
	const name = `flag/issue/${issueId}/${asker.network}`;
	return (await spend(tx, name, flagsPerNetwork, now)) === null;
}

/** Nobody signs a stranger's phone up for everything. @throws Refusal 429 */
export async function holdBackContact(tx: Db, contactPointId: string, now: Date) {
	const until = await spend(tx, `follow/contact/${contactPointId}`, followsPerContact, now);
	if (until) throw new Refusal(429, contactLimitWords(dayAndTime(until, now)), 'contact');
}
