import { countForm, lossForm, receiptForm, sendForm } from '#lib/stock/forms.ts';
import {
	countStore,
	receiveGoods,
	sayLost,
	sendGoods,
	storePage
} from '#lib/stock/server/index.ts';
import { ask } from '#lib/web/attempt.ts';
import { submit } from '#lib/web/submit.ts';

export async function load({ locals: { db, actor }, params, url }) {
	const found = await ask(() => storePage(db, actor, params.event, params.store));
	return { now: new Date(), ...found, saved: url.searchParams.has('saved') };
}

const saved = ({ event, store }: { event: string; store: string }) =>
	`/office/aid/${event}/stock/${store}?saved`;
const at = ({ event, store }: { event: string; store: string }) => ({
	eventId: event,
	storeId: store
});

export const actions = {
	receive: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			receiptForm,
			({ when, lot, expires, ...facts }) =>
				receiveGoods(db, actor, {
					...at(params),
					...facts,
					label: lot,
					expiresOn: expires,
					at: when
				}),
			saved(params)
		),
	count: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			countForm,
			({ when, counted }) => countStore(db, actor, { ...at(params), counted, at: when }),
			saved(params)
		),
	send: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			sendForm,
			({ when, ...facts }) => sendGoods(db, actor, { ...at(params), ...facts, at: when }),
			(waybill) => `/office/aid/${params.event}/waybills/${waybill}`
		),
	lose: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			lossForm,
			({ lossKind, ...facts }) => sayLost(db, actor, { ...at(params), ...facts, kind: lossKind }),
			saved(params)
		)
};
