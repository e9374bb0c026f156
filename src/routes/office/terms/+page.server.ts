import { councillorTerms } from '#lib/identity/server/index.ts';
import { wardsOf } from '#lib/geography/server/index.ts';
import { ask } from '#lib/web/attempt.ts';

export async function load({ locals: { db, actor, municipality } }) {
	const terms = await ask(() => councillorTerms(db, actor, municipality));
	const now = new Date();
	const seated = new Set(
		terms
			.filter(({ term, endsAt }) => term !== 'pr' && (!endsAt || endsAt > now))
			.map(({ wardCode }) => wardCode)
	);
	const wards = await wardsOf(db, municipality.id);
	return {
		terms,
		now,
		vacant: wards.filter(({ code }) => !seated.has(code)).map(({ number }) => number)
	};
}
