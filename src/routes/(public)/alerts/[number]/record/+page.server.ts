import { recordOf } from '#lib/alerts/server/index.ts';
import { sayDeed } from '#lib/audit/wording.ts';
import { ask } from '#lib/web/attempt.ts';

/** Who decided on a warning, and how long it took. */
export async function load({ locals: { db, municipality }, params }) {
	const { newest, deeds, waits, facts } = await ask(() =>
		recordOf(db, municipality.id, params.number.toUpperCase())
	);
	return {
		newest,
		waits,
		facts,
		deeds: deeds.map((each) => ({ ...each, said: sayDeed(each.deed) }))
	};
}
