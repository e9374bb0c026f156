import * as v from 'valibot';
import { declareLink, householdPage } from '#lib/aid/server/index.ts';
import { ask } from '#lib/web/attempt.ts';
import { submit } from '#lib/web/submit.ts';

export async function load({ locals: { db, actor }, params, url }) {
	return {
		now: new Date(),
		...(await ask(() => householdPage(db, actor, params.household))),
		registered: url.searchParams.has('registered'),
		saved: url.searchParams.has('saved')
	};
}

export const actions = {
	/** From now on this person does nothing more here. */
	link: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			v.object({}),
			async () => {
				await householdPage(db, actor, params.household);
				await declareLink(db, actor, params.household);
			},
			`/office/aid/households/${params.household}?saved`
		)
};
