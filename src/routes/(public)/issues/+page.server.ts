import { redirect } from '@sveltejs/kit';
import { mapOf } from '#lib/geography/server/index.ts';
import { readReference } from '#lib/issues/reference.ts';
import { issueList } from '#lib/web/issue-list.ts';

/** The list, and its places on a map. A number typed into the search leads straight to the issue. */
export async function load({ locals, url }) {
	const reference = readReference(url.searchParams.get('q') ?? '');
	if (reference) redirect(303, `/issues/${reference}`);
	const list = await issueList(locals, url);
	const places = list.issues.flatMap(({ point }) => point ?? []);
	const { db, municipality } = locals;
	const wish = { ward: list.filters.ward || null, around: places };
	return { ...list, drawing: places.length ? await mapOf(db, municipality.id, wish) : null };
}
