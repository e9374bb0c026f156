import { grantText } from '#lib/identity/grant-text.ts';
import { colleaguesOf } from '#lib/identity/server/index.ts';
import { ask } from '#lib/web/attempt.ts';
import { csvFile } from '#lib/web/csv.ts';

/** Everybody who works here, one line a role. */
export async function GET({ locals, url }) {
	const { db, actor, municipality } = locals;
	const q = (url.searchParams.get('q') ?? '').slice(0, 100);
	const people = await ask(() => colleaguesOf(db, actor, municipality, { q }));
	const rows = people.flatMap(({ name, secondFactor, grants }) =>
		grants.map((grant) => ({ name, secondFactor, grant }))
	);
	return csvFile(`${municipality.code}-people`, rows, {
		name: ({ name }) => name,
		role: ({ grant }) => grantText(grant),
		from: ({ grant }) => grant.startsAt,
		until: ({ grant }) => grant.endsAt,
		second_factor: ({ secondFactor }) => secondFactor
	});
}
