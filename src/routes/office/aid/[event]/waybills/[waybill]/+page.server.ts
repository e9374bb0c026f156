import * as v from 'valibot';
import { line, wholeNumber } from '#lib/platform/fields.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { atWallTime } from '#lib/platform/time.ts';
import { mostGoods } from '#lib/stock/stock.ts';
import { receiveWaybill, waybillPage } from '#lib/stock/server/index.ts';
import { ask } from '#lib/web/attempt.ts';
import { submit } from '#lib/web/submit.ts';

export async function load({ locals: { db, actor }, params }) {
	const found = await ask(() => waybillPage(db, actor, params.event, params.waybill));
	return { now: new Date(), ...found };
}

const signForm = v.object({
	quantity: wholeNumber('How many arrived', 0, mostGoods),
	when: line('When', 16)
});

export const actions = {
	default: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			signForm,
			async ({ quantity, when }) => {
				const at = when ? atWallTime(when) : undefined;
				if (at === null) throw new Refusal(400, 'When: there is no such day or time.', 'when');
				await receiveWaybill(db, actor, {
					eventId: params.event,
					waybillId: params.waybill,
					quantity,
					at
				});
			},
			`/office/aid/${params.event}/waybills/${params.waybill}`
		)
};
