import { eventOf, openPairs } from '#lib/aid/server/index.ts';
import { ask } from '#lib/web/attempt.ts';

export async function load({ locals: { db, actor }, params, url }) {
	const event = await ask(() => eventOf(db, actor, params.event));
	return {
		now: new Date(),
		event: { id: event.id, name: event.name },
		pairs: await openPairs(db, actor, event.id),
		decided: url.searchParams.has('decided')
	};
}
