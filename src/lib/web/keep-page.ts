import { building } from '$app/environment';
import type { Handle } from '@sveltejs/kit';
import { pages } from './front.ts';
import { cacheKey, isHeld, tagOf } from './page-cache.ts';

const ofThisAnswerOnly = new Set(['etag', 'set-cookie', 'content-length', 'link', 'date']);

/**
 * Keeps a page that is the same for everybody, for the front desk to hand out. What is somebody's
 * own is marked as such, so that no cache on the way keeps it either.
 */
export const keepPage: Handle = async ({ event, resolve }) => {
	if (building) return resolve(event);
	const { drops } = pages;
	const response = await resolve(event);
	const { headers, status } = response;
	if (!headers.get('content-type')?.startsWith('text/html') || headers.has('cache-control'))
		return response;

	const key = cacheKey({
		method: event.request.method,
		url: event.url.pathname + event.url.search,
		header: (name) => event.request.headers.get(name)
	});
	if (!key || status !== 200 || headers.has('set-cookie') || event.locals.visitor) {
		headers.set('cache-control', 'private, no-cache');
		return response;
	}

	headers.set('cache-control', 'no-cache');
	headers.set('vary', 'cookie, accept-language, accept-encoding');
	const plain = Buffer.from(await response.arrayBuffer());
	pages.keep(key, {
		headers: [...headers].filter(([name]) => !ofThisAnswerOnly.has(name)),
		municipalityId: event.locals.municipality.id,
		plain,
		drops
	});
	const etag = tagOf(plain);
	headers.set('etag', etag);
	if (isHeld(etag, event.request.headers.get('if-none-match')))
		return new Response(null, { status: 304, headers });
	return new Response(plain, { status, headers });
};
