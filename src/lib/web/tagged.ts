import { isHeld, tagOf } from './page-cache.ts';

/** An answer that carries an ETag, or 304 for whoever holds it already (RFC 9110, 13.1.2). */
export function tagged(body: string, type: string, request: Request): Response {
	const etag = tagOf(Buffer.from(body));
	const headers = { etag, 'cache-control': 'no-cache', 'access-control-allow-origin': '*' };
	if (isHeld(etag, request.headers.get('if-none-match')))
		return new Response(null, { status: 304, headers });
	return new Response(body, { headers: { ...headers, 'content-type': `${type}; charset=utf-8` } });
}

interface Served {
	bytes: Buffer;
	mediaType: string;
	/** Names these bytes: for the ETag. */
	digest: string;
	/** Under which it is saved; without one it is shown in place. */
	name?: string;
	/** It never changes: nobody needs to ask again. */
	forEver?: boolean;
}

/** A file that was made or brought in before, whole or one stretch of it (RFC 9110, 14: players ask so). */
export function file(served: Served, request: Request): Response {
	const { bytes, mediaType, digest, name, forEver } = served;
	const etag = `"${digest}"`;
	const headers = {
		etag,
		'cache-control': forEver ? 'public, max-age=31536000, immutable' : 'no-cache',
		'accept-ranges': 'bytes',
		'x-content-type-options': 'nosniff'
	};
	if (isHeld(etag, request.headers.get('if-none-match')))
		return new Response(null, { status: 304, headers });
	const whole = {
		...headers,
		'content-type': mediaType,
		...(name && { 'content-disposition': `inline; filename="${name}"` })
	};
	const range = rangeOf(request.headers.get('range'), bytes.length);
	if (range === 'unsatisfiable')
		return new Response(null, {
			status: 416,
			headers: { ...headers, 'content-range': `bytes */${bytes.length}` }
		});
	if (!range) return new Response(new Uint8Array(bytes), { headers: whole });
	const [from, to] = range;
	return new Response(new Uint8Array(bytes.subarray(from, to + 1)), {
		status: 206,
		headers: { ...whole, 'content-range': `bytes ${from}-${to}/${bytes.length}` }
	});
}

/** `bytes=0-499`, `bytes=500-`, `bytes=-500`; anything else is answered whole. */
function rangeOf(header: string | null, length: number): [number, number] | 'unsatisfiable' | null {
	const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
	if (first === undefined || (!first && !last)) return null;
	const from = first ? Number(first) : Math.max(0, length - Number(last));
	const to = first && last ? Math.min(Number(last), length - 1) : length - 1;
	return from > to || from >= length ? 'unsatisfiable' : [from, to];
}
