import { and, eq, isNull } from 'drizzle-orm';
import { record } from '../../../audit/server/index.ts';
import { can, type Actor } from '../../../identity/permissions.ts';
import { departmentsOf, municipalityById } from '../../../identity/server/index.ts';
import { newId } from '../../../platform/ids.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import { nothingSpent, share, type Budget, type Spend } from '../../budget.ts';
import { smsBudgets, smsPrices, smsSpend } from '../schema.ts';
import { monthNow, priceOf } from './charge.ts';
import { renewsOn } from './words.ts';

export interface BudgetLine {
	/** Null: the whole municipality. */
	departmentId: string | null;
	name: string;
	budget: Budget;
	spend: Spend;
	/** The larger share used of either limit; 1 is all of it. */
	share: number;
	refused: number;
}

export interface BudgetBook {
	/** Cents a thousand segments; 0 where nobody said. */
	perThousand: number;
	month: string;
	renews: string;
	lines: BudgetLine[];
}

const unlimited: Budget = { cents: null, segments: null };

/** Prices, limits and what was spent this month: the municipality first, then its departments. */
export async function budgetBook(
	db: Db,
	municipalityId: string,
	now = new Date()
): Promise<BudgetBook> {
	const place = await municipalityById(db, municipalityId);
	if (!place) throw notFound();
	const month = monthNow(place, now);
	const budgets = await db
		.select()
		.from(smsBudgets)
		.where(eq(smsBudgets.municipalityId, municipalityId));
	const spends = await db
		.select()
		.from(smsSpend)
		.where(and(eq(smsSpend.municipalityId, municipalityId), eq(smsSpend.month, month)));
	const departments = (await departmentsOf(db, municipalityId)).filter(
		({ active, kind }) => active && kind === 'department'
	);
	const line = (departmentId: string | null, name: string): BudgetLine => {
		const budget = budgets.find((each) => each.departmentId === departmentId) ?? unlimited;
		const spend = spends.find((each) => each.departmentId === departmentId);
		return {
			departmentId,
			name,
			budget: { cents: budget.cents, segments: budget.segments },
			spend: spend ?? nothingSpent,
			share: share(budget, spend ?? nothingSpent),
			refused: spend?.refused ?? 0
		};
	};
	return {
		perThousand: await priceOf(db, municipalityId, now),
		month,
		renews: renewsOn(month, now, place.timezone),
		lines: [
			line(null, 'The whole municipality'),
			...departments.map(({ id, name }) => line(id, name))
		]
	};
}

export interface BudgetPlan {
	municipalityId: string;
	perThousand: number;
	limits: Array<Budget & { departmentId: string | null }>;
	/** What the page showed, so that nobody undoes what a colleague just decided. */
	seen: string;
}

/** What a page shows of a book, in a line that changes when the book does. */
export const markOf = ({ perThousand, lines }: BudgetBook) =>
	[
		perThousand,
		...lines.map(({ budget }) => `${budget.cents ?? ''}/${budget.segments ?? ''}`)
	].join(' ');

/**
 * Decides the price and the limits of the month, from now on.
 * @throws Refusal 404 out of reach, 409 when somebody else decided meanwhile
 */
export async function decideBudgets(db: Db, actor: Actor, plan: BudgetPlan, now = new Date()) {
	const { municipalityId, perThousand, limits } = plan;
	if (!can(actor, 'budget.manage', { municipalityId })) throw notFound();
	await db.transaction(async (tx) => {
		const book = await budgetBook(tx, municipalityId, now);
		if (markOf(book) !== plan.seen)
			throw new Refusal(409, 'Somebody else has just changed these budgets. Look at them again.');

		const newPrice = perThousand !== book.perThousand;
		if (newPrice)
			await tx
				.insert(smsPrices)
				.values({ id: newId(now), municipalityId, perThousand, startsAt: now });
		const changed = book.lines.flatMap(({ departmentId, budget }) => {
			const wanted = limits.find((each) => each.departmentId === departmentId);
			const same =
				!wanted || (wanted.cents === budget.cents && wanted.segments === budget.segments);
			return same ? [] : [{ ...wanted, from: budget }];
		});
		for (const { departmentId, cents, segments } of changed)
			await setLimit(tx, { municipalityId, departmentId, cents, segments, changedAt: now });
		if (!newPrice && !changed.length) return;
		await record(
			tx,
			actor,
			{
				municipalityId,
				deed: 'sms.budgets_changed',
				thing: 'municipality',
				thingId: municipalityId,
				details: {
					price: newPrice ? { from: book.perThousand, to: perThousand } : undefined,
					limits: changed.map(({ departmentId, cents, segments, from }) => ({
						departmentId,
						from,
						to: { cents, segments }
					}))
				}
			},
			now
		);
	});
}

async function setLimit(tx: Db, limit: Omit<typeof smsBudgets.$inferInsert, 'id'>) {
	const { municipalityId, departmentId, ...set } = limit;
	const updated = await tx
		.update(smsBudgets)
		.set(set)
		.where(
			and(
				eq(smsBudgets.municipalityId, municipalityId),
				departmentId ? eq(smsBudgets.departmentId, departmentId) : isNull(smsBudgets.departmentId)
			)
		)
		.returning({ id: smsBudgets.id });
	if (!updated.length) await tx.insert(smsBudgets).values({ id: newId(limit.changedAt), ...limit });
}
