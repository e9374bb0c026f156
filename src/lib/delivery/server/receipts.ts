import { and, eq, isNull, or } from 'drizzle-orm';
import * as v from 'valibot';
import { enqueue, job } from '../../platform/server/jobs.ts';
import { isId } from '../../platform/ids.ts';
import { fingerprint } from '../../platform/server/keys.ts';
import { later } from '../../platform/time.ts';
import type { Db } from '../../platform/server/db.ts';
import { at } from './channels/sms/bytes.ts';
import type { HttpGateway } from './channels/sms/index.ts';
import { moveOn } from './move-on.ts';
import { messages } from './schema.ts';

const outcomes = ['accepted', 'delivered', 'failed', 'gone'] as const;

/** What a gateway reports of a message: their id or ours, and what became of it in our words. */
export interface Report {
	gateway: string;
	ref: string;
	outcome: (typeof outcomes)[number];
}

/** moved: news. known: late, repeated, or said before. unknown: no message of ours went over that gateway under this id. */
export type Heard = 'moved' | 'known' | 'unknown';

/** The last part of the address a gateway reports to: only who was told it can call it. */
export const hookSecret = (gateway: string) => fingerprint('hook', `sms/${gateway}`).slice(0, 32);

/** What a report says in the words of its gateway's settings; null when it is none. */
export function reportIn(gateway: HttpGateway, fields: unknown): Report | null {
	const { id, status, outcomes: meanings } = gateway.receipt;
	const [ref, word] = [at(fields, id), at(fields, status)];
	if (!ref || !word || !Object.hasOwn(meanings, word)) return null;
	return { gateway: gateway.name, ref: ref.slice(0, 100), outcome: meanings[word] };
}

/**
 * Notes what a gateway reports, however late and however often: a message moves forward or stays. A
 * report that is quicker than our own note of what the gateway answered is looked at once more.
 */
export async function noteReport(
	db: Db,
	report: Report,
	now = new Date(),
	lookAgain = true
): Promise<Heard> {
	return await db.transaction(async (tx) => {
		const found = await messageOf(tx, report);
		if (found) return (await moveOn(tx, found.id, report.outcome, now)) ? 'moved' : 'known';
		if (lookAgain) await enqueue(tx, reportAgain, { ...report }, { runAt: later(now, 30_000) });
		return 'unknown';
	});
}

/** By their id, or by ours where the gateway was told it. Another gateway's reports count for nothing. */
async function messageOf(tx: Db, { gateway, ref }: Report) {
	const way = `sms/${gateway}`;
	const theirs = and(eq(messages.gatewayRef, ref), eq(messages.way, way));
	const ours = isId(ref)
		? and(eq(messages.id, ref), or(eq(messages.way, way), isNull(messages.way)))
		: undefined;
	const [found] = await tx
		.select({ id: messages.id })
		.from(messages)
		.where(and(eq(messages.channel, 'sms'), or(theirs, ours)))
		.limit(1);
	return found;
}

/** A report nobody knew what to do with, half a minute later. */
export const reportAgain = job({
	name: 'sms-report-again',
	payload: v.object({ gateway: v.string(), ref: v.string(), outcome: v.picklist(outcomes) }),
	async run({ db, now }, report) {
		await noteReport(db, report, now, false);
	}
});
