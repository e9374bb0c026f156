import { and, desc, eq, isNull, lte, sql } from 'drizzle-orm';
import type { Municipality } from '../../../identity/server/index.ts';
import { newId } from '../../../platform/ids.ts';
import { isoDay } from '../../../platform/time.ts';
import type { Db } from '../../../platform/server/db.ts';
import {
	costOf,
	isBeyond,
	monthOf,
	passesWarning,
	spent,
	type Budget,
	type Spend
} from '../../budget.ts';
import type { Urgency } from '../../channel.ts';
import { smsBudgets, smsPrices, smsSpend } from '../schema.ts';
import { tellKeepers } from './tell-keepers.ts';

type Account = { id: string; departmentId: string | null; spend: Spend; budget: Budget | null };

/** Messages to be paid for, and by whom. */
export interface Bill {
	municipalityId: string;
	departmentId: string | null;
	month: string;
	/** One a message, in their order. */
	messages: Array<{ urgency: Urgency; segments: number }>;
}

/** The month a message counts in, on the municipality's calendar. */
export const monthNow = ({ timezone }: Municipality, now: Date) => monthOf(isoDay(now, timezone));

/**
 * Takes segments out of the budgets they belong to, in the caller's transaction: the municipality's and
 * the department's, locked in this order, so that two messages never share the last cent. Answers for
 * each message whether it may be sent. A budget tells its keepers once a month that it is nearly, and
 * once that it is all used up.
 */
export async function pay(tx: Db, place: Municipality, bill: Bill, now: Date): Promise<boolean[]> {
	const accounts = await lockAccounts(tx, bill, now);
	const perThousand = await priceOf(tx, place.id, now);
	const tallies = accounts.map((account) => ({ ...account, warn: false, refused: 0 }));

	const answers = bill.messages.map(({ urgency, segments }) => {
		const cost = costOf(segments, perThousand);
		const empty = tallies.find(({ budget, spend }) => isBeyond(budget, spend, cost, urgency));
		if (empty) {
			empty.refused += 1;
			return false;
		}
		for (const tally of tallies) {
			const after = spent(tally.spend, cost, urgency);
			tally.warn ||= passesWarning(tally.budget, tally.spend, after);
			tally.spend = after;
		}
		return true;
	});
	for (const tally of tallies) await write(tx, place, bill.month, tally, now);
	return answers;
}

/** What a thousand segments cost now, in cents; nothing where nobody said. */
export async function priceOf(db: Db, municipalityId: string, now: Date): Promise<number> {
	const [price] = await db
		.select({ perThousand: smsPrices.perThousand })
		.from(smsPrices)
		.where(and(eq(smsPrices.municipalityId, municipalityId), lte(smsPrices.startsAt, now)))
		.orderBy(desc(smsPrices.startsAt))
		.limit(1);
	return price?.perThousand ?? 0;
}

/** The municipality's account of the month, and the department's where there is one. */
async function lockAccounts(tx: Db, bill: Bill, now: Date): Promise<Account[]> {
	const { municipalityId, departmentId, month } = bill;
	const budgets = await tx
		.select()
		.from(smsBudgets)
		.where(eq(smsBudgets.municipalityId, municipalityId));
	const accounts: Account[] = [];
	for (const whose of departmentId ? [null, departmentId] : [null]) {
		await tx
			.insert(smsSpend)
			.values({ id: newId(now), municipalityId, departmentId: whose, month })
			.onConflictDoNothing();
		const [{ id, ...spend }] = await tx
			.select()
			.from(smsSpend)
			.where(
				and(
					eq(smsSpend.municipalityId, municipalityId),
					eq(smsSpend.month, month),
					whose === null ? isNull(smsSpend.departmentId) : eq(smsSpend.departmentId, whose)
				)
			)
			.for('update');
		const budget = budgets.find((each) => each.departmentId === whose) ?? null;
		accounts.push({ id, departmentId: whose, spend, budget });
	}
	return accounts;
}

async function write(
	tx: Db,
	place: Municipality,
	month: string,
	{ id, departmentId, spend, warn, refused }: Account & { warn: boolean; refused: number },
	now: Date
) {
	const { segments, millicents, exemptSegments, exemptMillicents } = spend;
	await tx
		.update(smsSpend)
		.set({
			segments,
			millicents,
			exemptSegments,
			exemptMillicents,
			refused: sql`${smsSpend.refused} + ${refused}`
		})
		.where(eq(smsSpend.id, id));
	const tell = (kind: 'warned' | 'refused') =>
		tellKeepers(tx, place, { departmentId, month, kind }, now);
	if (warn) await tell('warned');
	if (refused) await tell('refused');
}
