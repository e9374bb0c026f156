import { municipalityById } from '../../../identity/server/index.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import type { Urgency } from '../../channel.ts';
import { monthNow, pay } from './charge.ts';
import { whoseBudget } from './tell-keepers.ts';
import { refusedSentence } from './words.ts';

/** Many SMS at once, as a broadcast sends them. */
export interface Order {
	municipalityId: string;
	departmentId: string | null;
	urgency: Urgency;
	/** Of all messages together. */
	segments: number;
}

/**
 * Takes what many messages cost out of the budgets, all of it or nothing, in the caller's transaction.
 * Emergencies are counted and never refused.
 * @throws Refusal 409 with a sentence that names the budget and the day it renews
 */
export async function payForAll(tx: Db, order: Order, now = new Date()) {
	const { municipalityId, departmentId, urgency, segments } = order;
	const place = await municipalityById(tx, municipalityId);
	if (!place) throw notFound();
	const month = monthNow(place, now);
	const bill = { municipalityId, departmentId, month, messages: [{ urgency, segments }] };
	const [paid] = await pay(tx, place, bill, now);
	if (paid) return;
	const whose = await whoseBudget(tx, place, departmentId);
	throw new Refusal(409, refusedSentence(whose, month, now, place.timezone));
}
