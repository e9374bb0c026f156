import { error } from '@sveltejs/kit';
import { renderSVG } from 'uqr';
import { readShared } from '#lib/sharing/paths.ts';

/** A code that a camera reads, leading to a page: it says nothing of what stands there. */
export function GET({ url }) {
	const shared = readShared(url.searchParams.get('of') ?? '');
	if (!shared) error(404, 'There is no such page.');
	return new Response(renderSVG(url.origin + shared.path, { ecc: 'M', border: 4 }), {
		headers: {
			'content-type': 'image/svg+xml',
			'content-security-policy': "default-src 'none'",
			'cache-control': 'public, max-age=86400'
		}
	});
}
