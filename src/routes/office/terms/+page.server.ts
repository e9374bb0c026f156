import { councillorTerms } from '#lib/identity/server/index.ts';
import { vacancies } from '#lib/identity/vacancy.ts';
import { wardsOf } from '#lib/geography/server/index.ts';
import { ask } from '#lib/web/attempt.ts';

export async function load({ locals: { db, actor, municipality }, url }) {
	const terms = await ask(() => councillorTerms(db, actor, municipality));
	const now = new Date();
	return {
		terms,
		now,
		vacant: vacancies(await wardsOf(db, municipality.id), terms, now),
		appointed: url.searchParams.has('acting')
	};
}
