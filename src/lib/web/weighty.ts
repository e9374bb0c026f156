import type { RouteId } from '$app/types';
import { parameter } from './origin-proof.ts';

/**
 * Deeds that need a second factor shown in the last 15 minutes, by route and form action; `GET` is a
 * file that takes private data out. An open desk alone gives nobody a role and erases nobody.
 */
const weighty: Partial<Record<RouteId, string[]>> = {
	'/office/people/[person]': ['give', 'lost', 'decide'],
	'/office/people/invitation': ['default'],
	'/office/people': ['decide'],
	'/office/aid/[event]/people': ['give', 'end'],
	'/office/alerts/keys': ['decide'],
	'/office/alerts/[alert]': ['approve', 'breakGlass', 'retry'],
	'/office/alerts/templates': ['name'],
	'/office/people.csv': ['GET'],
	'/office/leave': ['handOver'],
	'/office/privacy': ['default'],
	'/office/audit/list.csv': ['GET'],
	'/office/setup/retention': ['default']
};

/** Which form of a page is sent: `give` in `?/give`, `default` without a name. */
const actionOf = ({ searchParams }: URL) =>
	[...searchParams.keys()].find((key) => key.startsWith('/'))?.slice(1) ?? 'default';

/** Whether what is asked for is such a deed. */
export const isWeighty = (routeId: string | null, method: string, url: URL) =>
	(weighty as Record<string, string[]>)[routeId ?? '']?.includes(
		method === 'POST' ? actionOf(url) : method
	) ?? false;

/** Where the code is asked for, and where it leads back to. */
export const factorFirst = (method: string, { pathname, search, searchParams }: URL) => {
	const back = encodeURIComponent(pathname + search);
	// A form that proved where it came from proves it on the way as well.
	const proof = searchParams.get(parameter);
	const from = proof ? `&${parameter}=${encodeURIComponent(proof)}` : '';
	return method === 'POST'
		? ({ status: 307, to: `/account/second-factor/deed?/ask&to=${back}${from}` } as const)
		: ({ status: 303, to: `/account/second-factor?next=${back}` } as const);
};
