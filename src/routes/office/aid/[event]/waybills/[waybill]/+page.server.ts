import { signForm } from '#lib/stock/forms.ts';
import { receiveWaybill, waybillPage } from '#lib/stock/server/index.ts';
import { ask } from '#lib/web/attempt.ts';
import { submit } from '#lib/web/submit.ts';

export async function load({ locals: { db, actor }, params }) {
	const found = await ask(() => waybillPage(db, actor, params.event, params.waybill));
	return { now: new Date(), ...found };
}

export const actions = {
	default: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			signForm,
			({ quantity, when }) =>
				receiveWaybill(db, actor, {
					eventId: params.event,
					waybillId: params.waybill,
					quantity,
					at: when
				}),
			`/office/aid/${params.event}/waybills/${params.waybill}`
		)
};
