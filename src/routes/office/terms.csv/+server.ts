import { councillorTerms } from '#lib/identity/server/index.ts';
import { ask } from '#lib/web/attempt.ts';
import { csvFile } from '#lib/web/csv.ts';

/** Councillors' terms, one line each. */
export async function GET({ locals: { db, actor, municipality } }) {
	const terms = await ask(() => councillorTerms(db, actor, municipality));
	return csvFile(`${municipality.code}-councillors`, terms, {
		councillor: ({ name }) => name,
		ward: ({ wardCode }) => wardCode,
		seat: ({ term }) => term,
		from: ({ startsAt }) => startsAt,
		until: ({ endsAt }) => endsAt
	});
}
