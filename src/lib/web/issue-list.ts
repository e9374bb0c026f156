import { wardsOf } from '#lib/geography/server/index.ts';
import { listAddress, readFilters, showsAllWays, type Filters } from '#lib/issues/filters.ts';
import { countIssues, filterChoices, listIssues } from '#lib/issues/server/index.ts';
import { askerOf } from './asker.ts';

/** Whose list it is, and who reads it. */
export const listOf = (locals: App.Locals) => ({
	municipalityId: locals.municipality.id,
	timezone: locals.municipality.timezone,
	asker: askerOf(locals)
});

/** What a page with a list of issues shows: the filters it was asked for, one page of rows, the way on. */
export async function issueList(locals: App.Locals, url: URL, fixed: Partial<Filters> = {}) {
	const { db, municipality } = locals;
	const filters = { ...readFilters(url.searchParams), ...fixed };
	const list = listOf(locals);
	const { issues, next } = await listIssues(db, list, filters);
	return {
		filters,
		issues,
		total: await countIssues(db, list, filters),
		next: next && listAddress(url.pathname, filters, { after: next }),
		first: filters.after ? listAddress(url.pathname, filters) : null,
		csv: listAddress('/issues.csv', filters),
		choices: showsAllWays(filters)
			? await filterChoices(db, municipality.id)
			: { services: [], groups: [] },
		wards: (await wardsOf(db, municipality.id)).map(({ code, number }) => ({ code, number }))
	};
}
