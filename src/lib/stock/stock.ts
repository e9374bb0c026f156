/**
 * The rules of the stock ledger. Rows are immutable; balances are derived. A physical count is a fact
 * with a time of its own: it appends the difference to what the rows up to then said, and whatever is
 * written down late, but happened before it, never moves what was counted.
 */
export const storeKinds = ['store', 'vehicle', 'site'] as const;
export type StoreKind = (typeof storeKinds)[number];

export const lossKinds = ['loss', 'damage', 'expiry'] as const;
export type LossKind = (typeof lossKinds)[number];

/** Where goods come from and go to besides our own stores. */
export const outsides = [
	'supplier',
	'recipient',
	'loss',
	'damage',
	'expiry',
	'returned',
	'count',
	'short'
] as const;
export type Outside = (typeof outsides)[number];

/** What is counted of one lot at one store at most, and moved at once. */
export const mostGoods = 1_000_000;

/** A physical count of one lot at one store. */
export interface CountFact {
	id: string;
	at: Date;
	counted: number;
}

/** A change of one lot at one store: above zero what came, below what went. */
export interface Delta {
	at: Date;
	quantity: number;
	/** The count whose difference it is. */
	countId?: string;
}

/**
 * What a change appends: itself, and, where a count has seen its time already, the same the other way,
 * dated at that count and pointing to it. So the counted figure stays, and the sum of all rows is still
 * the balance.
 */
export function appended(delta: Delta, seenBy: CountFact | undefined): Delta[] {
	return seenBy
		? [delta, { at: seenBy.at, quantity: -delta.quantity, countId: seenBy.id }]
		: [delta];
}

/**
 * What a count appends: the difference to the rows up to its time, which is a change like any other for
 * a count that was made later and written down before it.
 * @param before sum of all rows dated up to the count
 */
export const appendedByCount = (
	count: CountFact,
	before: number,
	seenBy: CountFact | undefined
): Delta[] => {
	const quantity = count.counted - before;
	return quantity ? appended({ at: count.at, quantity, countId: count.id }, seenBy) : [];
};
