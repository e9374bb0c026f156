import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Handle } from '@sveltejs/kit';
import { choose } from './encoding.ts';

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);
const worthIt = /^(text\/html|text\/plain|text\/csv|application\/(json|geo\+json|xml|atom\+xml))/;

/**
 * Every page leaves compressed: data costs our readers money. Streams never are, nor answers marked
 * `no-transform`: a page that shows a receipt must not tell its length byte by byte (BREACH).
 */
export const compress: Handle = async ({ event, resolve }) => {
	const response = await resolve(event);
	const encoding = choose(event.request.headers.get('accept-encoding') ?? '');
	if (!worthIt.test(response.headers.get('content-type') ?? '') || !response.body) return response;

	if (!response.headers.get('vary')?.includes('accept-encoding'))
		response.headers.append('vary', 'accept-encoding');
	if (
		!encoding ||
		response.headers.has('content-encoding') ||
		response.headers.get('cache-control')?.includes('no-transform') ||
		event.request.method === 'HEAD'
	)
		return response;

	const body = Buffer.from(await response.arrayBuffer());
	const headers = new Headers(response.headers);
	if (body.length < 400) return new Response(body, { status: response.status, headers });

	const packed =
		encoding === 'br'
			? await brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } })
			: await deflate(body);
	headers.set('content-encoding', encoding);
	headers.set('content-length', String(packed.length));
	return new Response(new Uint8Array(packed), { status: response.status, headers });
};
