import { redirect } from '@sveltejs/kit';
import { readReference } from '#lib/issues/reference.ts';
import { issueList } from '#lib/web/issue-list.ts';

/** A number typed into the search leads straight to the issue. */
export function load({ locals, url }) {
	const reference = readReference(url.searchParams.get('q') ?? '');
	if (reference) redirect(303, `/issues/${reference}`);
	return issueList(locals, url);
}
