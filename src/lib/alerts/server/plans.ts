import { and, asc, desc, eq, gt, isNull, lte } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import type { Actor } from '../../identity/permissions.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { cleanLine } from '../../platform/text.ts';
import { days, hours, later } from '../../platform/time.ts';
import { must } from './find.ts';
import { alertPlans } from './schema.ts';

export type PlannedTest = typeof alertPlans.$inferSelect;

/** In characters. */
export const longestPlan = 200;
const shortestPlan = 10;
const longestTest = hours(24);

export interface NewPlan {
	/** Made where it is written: sending it twice makes one. */
	id: string;
	municipalityId: string;
	words: string;
	startsAt: Date | null;
	endsAt: Date | null;
}

/**
 * Announces a test or an exercise, so that nobody is frightened by it.
 * @throws Refusal 404, 400 naming what is wrong
 */
export const planTest = (db: Db, actor: Actor, plan: NewPlan, now = new Date()): Promise<void> =>
	db.transaction(async (tx) => {
		const { id, municipalityId, startsAt, endsAt } = plan;
		must(actor, 'alert.compose', municipalityId);
		const words = cleanLine(plan.words);
		if (words.length < shortestPlan || words.length > longestPlan)
			throw new Refusal(
				400,
				`Say what will happen and where, in ${shortestPlan} to ${longestPlan} characters.`,
				'words'
			);
		if (!startsAt || startsAt <= now || startsAt > later(now, days(400)))
			throw new Refusal(400, 'Choose a time in the coming year.', 'starts');
		if (!endsAt || endsAt <= startsAt || endsAt > later(startsAt, longestTest))
			throw new Refusal(400, 'Let it end after it begins, within a day.', 'ends');
		const made = await tx
			.insert(alertPlans)
			.values({ id, municipalityId, words, startsAt, endsAt, plannedBy: actor.id, plannedAt: now })
			.onConflictDoNothing()
			.returning({ id: alertPlans.id });
		if (!made.length) return;
		await record(
			tx,
			actor,
			{ municipalityId, deed: 'alert_plan.made', thing: 'alert_plan', thingId: id },
			now
		);
	});

/** It will not take place. @throws Refusal 404 */
export const cancelPlan = (
	db: Db,
	actor: Actor,
	{ municipalityId, id }: { municipalityId: string; id: string },
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		must(actor, 'alert.compose', municipalityId);
		const changed = await tx
			.update(alertPlans)
			.set({ cancelledAt: now })
			.where(
				and(
					eq(alertPlans.id, id),
					eq(alertPlans.municipalityId, municipalityId),
					isNull(alertPlans.cancelledAt)
				)
			)
			.returning({ id: alertPlans.id });
		if (!changed.length) throw notFound();
		await record(
			tx,
			actor,
			{ municipalityId, deed: 'alert_plan.cancelled', thing: 'alert_plan', thingId: id },
			now
		);
	});

/** What is planned, the next first, and the last ten that took place or were called off. */
export async function plansOf(db: Db, municipalityId: string, now = new Date()) {
	const of = eq(alertPlans.municipalityId, municipalityId);
	const coming = await db
		.select()
		.from(alertPlans)
		.where(and(of, gt(alertPlans.endsAt, now), isNull(alertPlans.cancelledAt)))
		.orderBy(asc(alertPlans.startsAt))
		.limit(50);
	const past = await db
		.select()
		.from(alertPlans)
		.where(and(of, lte(alertPlans.endsAt, now), isNull(alertPlans.cancelledAt)))
		.orderBy(desc(alertPlans.startsAt))
		.limit(10);
	return { coming, past };
}
