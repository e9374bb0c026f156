import * as v from 'valibot';
import { lossForm, receiptForm, sendForm } from '#lib/stock/forms.ts';
import { mostGoods } from '#lib/stock/stock.ts';
import {
	countStore,
	receiveGoods,
	sayLost,
	sendGoods,
	storePage
} from '#lib/stock/server/index.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { atWallTime } from '#lib/platform/time.ts';
import { ask } from '#lib/web/attempt.ts';
import { submit } from '#lib/web/submit.ts';

export async function load({ locals: { db, actor }, params, url }) {
	const found = await ask(() => storePage(db, actor, params.event, params.store));
	return { now: new Date(), ...found, saved: url.searchParams.has('saved') };
}

/** What was typed as a time of day here; nothing typed is now. @throws 400 */
function read(typed: string): Date | undefined {
	const at = typed ? atWallTime(typed) : undefined;
	if (at === null) throw new Refusal(400, 'When: there is no such day or time.', 'when');
	return at;
}

const saved = ({ event, store }: { event: string; store: string }) =>
	`/office/aid/${event}/stock/${store}?saved`;
const at = ({ event, store }: { event: string; store: string }) => ({
	eventId: event,
	storeId: store
});

/** A field for each lot, `counted_ID`; an empty one was not counted. */
const countForm = v.pipe(
	v.record(v.string(), v.unknown()),
	v.transform((sent) => ({
		when: typeof sent.when === 'string' ? sent.when : '',
		counted: Object.entries(sent).flatMap(([name, typed]) => {
			const lotId = /^counted_([0-9a-f-]{36})$/.exec(name)?.[1];
			const text = typeof typed === 'string' ? typed.trim() : '';
			if (!lotId || !text) return [];
			return [{ lotId, counted: /^\d{1,7}$/.test(text) ? Number(text) : mostGoods + 1 }];
		})
	}))
);

export const actions = {
	receive: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			receiptForm,
			async ({ when, lot, expires, ...facts }) =>
				receiveGoods(db, actor, {
					...at(params),
					...facts,
					label: lot,
					expiresOn: expires,
					at: read(when)
				}),
			saved(params)
		),
	count: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			countForm,
			async ({ when, counted }) =>
				countStore(db, actor, { ...at(params), counted, at: read(when) }),
			saved(params)
		),
	send: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			sendForm,
			async ({ when, ...facts }) =>
				sendGoods(db, actor, { ...at(params), ...facts, at: read(when) }),
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
