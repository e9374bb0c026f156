import * as v from 'valibot';
import { oneOf } from '#lib/platform/fields.ts';
import { cardPage, replaceCard } from '#lib/aid/server/index.ts';
import { ask } from '#lib/web/attempt.ts';
import { submit } from '#lib/web/submit.ts';

export async function load({ locals: { db, actor }, params, url }) {
	return {
		now: new Date(),
		card: await ask(() => cardPage(db, actor, params.household)),
		replaced: url.searchParams.has('replaced')
	};
}

const replacing = v.object({
	reason: oneOf(['lost', 'damaged', 'stolen'], 'Say what happened to the old card.')
});

export const actions = {
	replace: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			replacing,
			({ reason }) => replaceCard(db, actor, { householdId: params.household, reason }),
			`/office/aid/households/${params.household}/card?replaced`
		)
};
