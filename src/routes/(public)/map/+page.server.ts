import { basemapOf, wardsOf } from '#lib/geography/server/index.ts';
import { listAddress, readFilters, showsAllWays } from '#lib/issues/filters.ts';
import { readSpot } from '#lib/issues/spot.ts';
import { drawnMap, filterChoices, listIssues } from '#lib/issues/server/index.ts';
import { listOf } from '#lib/web/issue-list.ts';

const listed = 6;

/** The map as a drawing whose circles are links, and the list that says the same without it. */
export async function load({ locals, url }) {
	const { db, municipality } = locals;
	const filters = {
		...readFilters(url.searchParams),
		kind: 'issue' as const,
		mine: false,
		after: ''
	};
	const list = listOf(locals);
	const at = readSpot(url.searchParams.get('at'));
	const [map, { issues }, wards] = [
		await drawnMap(db, list, filters, at),
		await listIssues(db, list, filters, listed),
		await wardsOf(db, municipality.id)
	];
	return {
		filters,
		at,
		map,
		basemap: basemapOf(),
		issues,
		list: listAddress('/issues', filters),
		wards: wards.map(({ code, number }) => ({ code, number })),
		choices: showsAllWays(filters)
			? await filterChoices(db, municipality.id)
			: { services: [], groups: [] }
	};
}
