import { error } from '@sveltejs/kit';
import * as v from 'valibot';
import { neededLine, oneOf } from '#lib/platform/fields.ts';
import { decidePair, pairPage } from '#lib/aid/server/index.ts';
import { ask } from '#lib/web/attempt.ts';
import { submit } from '#lib/web/submit.ts';

export async function load({ locals: { db, actor }, params }) {
	const found = await ask(() => pairPage(db, actor, params.pair));
	if (found.pair.eventId !== params.event)
		error(404, 'This page does not exist, or it is not yours to see.');
	return { now: new Date(), ...found };
}

const deciding = v.object({
	decision: oneOf(['same', 'different'], 'Choose whether they are one household or two.'),
	words: neededLine('Why', 500, 'Say why: whoever asks later reads it.')
});

export const actions = {
	default: ({ request, params, locals: { db, actor } }) =>
		submit(
			request,
			deciding,
			(facts) => decidePair(db, actor, { ...facts, pairId: params.pair }),
			`/office/aid/${params.event}/alike?decided`
		)
};
