import * as v from 'valibot';
import { atWallTime } from '../platform/time.ts';
import { line, neededLine, oneOf, tick, wholeNumber, words } from '../platform/fields.ts';
import { lossKinds, mostGoods, storeKinds } from './stock.ts';

const day = v.pipe(
	line('Past its date on', 10),
	v.check(
		(text) => text === '' || /^\d{4}-\d{2}-\d{2}$/.test(text),
		'Past its date on: a day, such as 2026-12-31'
	)
);
/** What was typed as a time of day here; nothing typed is now. */
const when = v.pipe(
	line('When', 16),
	v.check((text) => !text || atWallTime(text) !== null, 'When: there is no such day or time.'),
	v.transform((text) => (text ? atWallTime(text)! : undefined))
);

export const itemForm = v.object({
	itemName: neededLine('Item', 80, 'Name the item.'),
	unit: neededLine('Counted in', 30, 'Say what it is counted in: parcels, blankets, litres.')
});

export const storeForm = v.object({
	storeName: neededLine('Store', 80, 'Name the store, vehicle or table.'),
	kind: oneOf(storeKinds, 'Choose what it is.'),
	siteId: neededLine('Site', 40, 'Choose the site it belongs to.')
});

/** Goods that come in from a donor or supplier. */
export const receiptForm = v.object({
	itemId: neededLine('Item', 40, 'Choose the item.'),
	quantity: wholeNumber('How many', 1, mostGoods),
	donor: neededLine('From whom', 120, 'Say who gave or delivered it.'),
	reference: line('Their reference', 80),
	lot: line('Lot', 40),
	expires: day,
	when,
	late: tick
});

export const sendForm = v.object({
	lotId: neededLine('Goods', 40, 'Choose the goods.'),
	quantity: wholeNumber('How many', 1, mostGoods),
	vehicleId: neededLine('Vehicle', 40, 'Choose the vehicle.'),
	toId: neededLine('To', 40, 'Choose where it goes.'),
	carrier: neededLine('Who drives', 80, 'Say who drives.'),
	when,
	late: tick
});

export const lossForm = v.object({
	lotId: neededLine('Goods', 40, 'Choose the goods.'),
	quantity: wholeNumber('How many', 1, mostGoods),
	lossKind: oneOf(lossKinds, 'Choose what happened.'),
	reason: v.pipe(words('What happened', 500), v.minLength(3, 'Say what happened.'))
});

export const decisionForm = v.object({
	loss: line('Loss', 40),
	answer: oneOf(['yes', 'no'], 'Answer yes or no.')
});

/** A field for each lot, `counted_ID`; an empty one was not counted. Whoever counts says what is no number. */
export const countForm = v.pipe(
	v.looseObject({ when }),
	v.transform(({ when, ...sent }) => ({
		when,
		counted: Object.entries(sent).flatMap(([name, typed]) => {
			const lotId = /^counted_([0-9a-f-]{36})$/.exec(name)?.[1];
			const text = typeof typed === 'string' ? typed.trim() : '';
			if (!lotId || !text) return [];
			return [{ lotId, counted: /^\d{1,7}$/.test(text) ? Number(text) : NaN }];
		})
	}))
);

/** What arrived, at the other end of a waybill. */
export const signForm = v.object({
	quantity: wholeNumber('How many arrived', 0, mostGoods),
	when
});
