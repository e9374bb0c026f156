import type { Urgency } from './channel.ts';

/** What may be spent in a month; null is no limit of that kind. */
export interface Budget {
	cents: number | null;
	segments: number | null;
}

/** What was spent. Thousandths of a cent. */
export interface Spend {
	segments: number;
	millicents: number;
	/** Of those, what no budget refuses. */
	exemptSegments: number;
	exemptMillicents: number;
}

export const nothingSpent: Spend = {
	segments: 0,
	millicents: 0,
	exemptSegments: 0,
	exemptMillicents: 0
};

/** From this share on people are warned. */
export const warnFrom = 0.8;

/** Emergencies and codes are counted, and never refused. */
export const isExempt = (urgency: Urgency) => urgency !== 'normal';

/** What one message costs: segments times the price in cents of a thousand, in thousandths of a cent. */
export const costOf = (segments: number, perThousand: number): Spend => ({
	...nothingSpent,
	segments,
	millicents: segments * perThousand
});

/** Spend after one more message. */
export function spent(before: Spend, cost: Spend, urgency: Urgency): Spend {
	const exempt = isExempt(urgency);
	return {
		segments: before.segments + cost.segments,
		millicents: before.millicents + cost.millicents,
		exemptSegments: before.exemptSegments + (exempt ? cost.segments : 0),
		exemptMillicents: before.exemptMillicents + (exempt ? cost.millicents : 0)
	};
}

/** The largest share of a budget that is used, exempt messages left out; 0 without a limit, more than 1 when a limit was lowered. */
export function share(budget: Budget | null, spend: Spend): number {
	if (!budget) return 0;
	const of = (used: number, limit: number | null) =>
		limit === null ? 0 : limit === 0 ? (used > 0 ? 2 : 0) : used / limit;
	return Math.max(
		of(
			spend.millicents - spend.exemptMillicents,
			budget.cents === null ? null : budget.cents * 1000
		),
		of(spend.segments - spend.exemptSegments, budget.segments)
	);
}

/** Whether one more message would go beyond a budget. */
export const isBeyond = (budget: Budget | null, before: Spend, cost: Spend, urgency: Urgency) =>
	!isExempt(urgency) && share(budget, spent(before, cost, urgency)) > 1;

/** Whether this message is the one that passes the point from which people are warned. */
export const passesWarning = (budget: Budget | null, before: Spend, after: Spend) =>
	budget !== null && share(budget, before) < warnFrom && share(budget, after) >= warnFrom;

/** The month of a day, `2026-11`. */
export const monthOf = (day: string) => day.slice(0, 7);

/** The first day of the month after, `2026-12-01`. */
export function renewal(month: string): string {
	const [year, number] = month.split('-').map(Number);
	return number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`;
}
