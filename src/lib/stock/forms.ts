import * as v from 'valibot';
import { line, neededLine, oneOf, tick, wholeNumber, words } from '../platform/fields.ts';
import { lossKinds, mostGoods, storeKinds } from './stock.ts';

const day = v.pipe(
	line('Past its date on', 10),
	v.check(
		(text) => text === '' || /^\d{4}-\d{2}-\d{2}$/.test(text),
		'Past its date on: a day, such as 2026-12-31'
	)
);
const when = line('When', 16);

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
