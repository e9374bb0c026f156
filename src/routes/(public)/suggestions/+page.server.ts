import { issueList } from '#lib/web/issue-list.ts';

/** What residents propose: the most supported first, unless asked otherwise. */
export async function load({ locals, url }) {
	const asked = url.searchParams;
	return issueList(locals, url, {
		kind: 'suggestion',
		state: asked.get('state') === 'answered' ? 'answered' : 'all',
		sort: asked.get('sort') === 'newest' ? 'newest' : 'supported'
	});
}
