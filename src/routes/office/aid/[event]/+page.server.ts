import { can } from '#lib/identity/permissions.ts';
import { findHouseholds, openPairs, overview, placesOf } from '#lib/aid/server/index.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { ask } from '#lib/web/attempt.ts';

const opening = ['registrar', 'adjudicator', 'approver', 'verifier', 'auditor'];

export async function load({ locals: { db, actor }, params, url }) {
	const found = await ask(() => overview(db, actor, params.event));
	const places = (await placesOf(db, actor)).filter(({ eventId }) => eventId === found.event.id);
	const searches = places.some(({ role }) => opening.includes(role));
	const q = url.searchParams.get('q') ?? '';
	return {
		now: new Date(),
		...found,
		manages: can(actor, 'aid.manage', found.event),
		registers: places.some(({ role, siteId }) => role === 'registrar' && siteId !== null),
		adjudicates: can(actor, 'aid.adjudicate', found.event),
		waiting: can(actor, 'aid.adjudicate', found.event)
			? (await openPairs(db, actor, found.event.id)).length
			: 0,
		searches,
		q,
		...(searches && q ? await search(q) : { households: [], refused: null }),
		moved: url.searchParams.has('moved')
	};

	async function search(typed: string) {
		try {
			return {
				households: await findHouseholds(db, actor, found.event.id, typed),
				refused: null
			};
		} catch (reason) {
			// A card that was replaced is told in words, where it was typed.
			if (reason instanceof Refusal && reason.status === 409)
				return { households: [], refused: reason.message };
			throw reason;
		}
	}
}
