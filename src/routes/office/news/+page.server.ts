import { newsStates } from '#lib/noticeboard/rules.ts';
import { newsForOffice } from '#lib/noticeboard/server/index.ts';
import { ask } from '#lib/web/attempt.ts';

export async function load({ locals, url }) {
	const { db, actor, municipality } = locals;
	const state = newsStates.find((each) => each === url.searchParams.get('state')) ?? null;
	return {
		state,
		list: await ask(() => newsForOffice(db, actor, municipality.id, state)),
		thrown: url.searchParams.has('thrown'),
		now: new Date()
	};
}
