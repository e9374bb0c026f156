import type { LossKind, StoreKind } from './stock.ts';

export const storeKindWords: Record<StoreKind, string> = {
	store: 'Store',
	vehicle: 'Vehicle',
	site: 'Table at a site'
};

export const lossKindWords: Record<LossKind, string> = {
	loss: 'It is gone',
	damage: 'It is damaged',
	expiry: 'It is past its date'
};

/** What stands outside all stores, as the ledger names it. */
export const outsideWords = {
	supplier: 'from a donor or supplier',
	recipient: 'handed out',
	loss: 'lost',
	damage: 'damaged',
	expiry: 'past its date',
	returned: 'given back',
	count: 'difference of a count',
	short: 'missing on the road'
} as const;
