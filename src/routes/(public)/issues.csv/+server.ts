import { stateWords } from '#lib/cases/wording.ts';
import { readFilters } from '#lib/issues/filters.ts';
import { allListed } from '#lib/issues/server/index.ts';
import { isoDay } from '#lib/platform/time.ts';
import { csvFile } from '#lib/web/csv.ts';
import { listOf } from '#lib/web/issue-list.ts';

/** The list as a file, with the same filters and the same eyes. Columns keep their names and places. */
export async function GET({ locals, url }) {
	const { db, municipality } = locals;
	const rows = await allListed(db, listOf(locals), readFilters(url.searchParams));
	return csvFile(`${municipality.code}-issues-${isoDay(new Date())}`, rows, {
		reference: ({ reference }) => reference,
		kind: ({ kind }) => kind,
		title: ({ title }) => title,
		service: ({ service }) => service,
		service_code: ({ serviceCode }) => serviceCode,
		department: ({ department }) => department,
		ward: ({ wardCode }) => wardCode,
		place: ({ place }) => place,
		latitude: ({ point }) => point?.lat,
		longitude: ({ point }) => point?.lon,
		state: ({ state }) => state,
		state_words: ({ state }) => stateWords[state].label,
		since: ({ stateSince }) => stateSince,
		reported: ({ createdAt }) => createdAt,
		said_fixed: ({ claimedAt }) => claimedAt,
		closed: ({ closedAt }) => closedAt,
		people_affected: ({ supportCount }) => supportCount,
		households: ({ householdCount }) => householdCount
	});
}
