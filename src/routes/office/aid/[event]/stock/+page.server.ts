import { decisionForm, itemForm, storeForm } from '#lib/stock/forms.ts';
import { addItem, addStore, decideLoss, stockOf } from '#lib/stock/server/index.ts';
import { ask } from '#lib/web/attempt.ts';
import { submit } from '#lib/web/submit.ts';

export async function load({ locals: { db, actor }, params, url }) {
	const found = await ask(() => stockOf(db, actor, params.event));
	return { now: new Date(), ...found, saved: url.searchParams.has('saved') };
}

const saved = ({ event }: { event: string }) => `/office/aid/${event}/stock?saved`;

export const actions = {
	item: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			itemForm,
			({ itemName, unit }) => addItem(db, actor, { eventId: params.event, name: itemName, unit }),
			saved(params)
		),
	store: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			storeForm,
			({ storeName, kind, siteId }) =>
				addStore(db, actor, { eventId: params.event, name: storeName, kind, siteId }),
			saved(params)
		),
	decide: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			decisionForm,
			({ loss, answer }) =>
				decideLoss(db, actor, { eventId: params.event, lossId: loss, agreed: answer === 'yes' }),
			saved(params)
		)
};
