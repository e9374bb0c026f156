import { pictureOfPage } from '#lib/sharing/server/index.ts';
import { ask } from '#lib/web/attempt.ts';
import { isHeld } from '#lib/web/page-cache.ts';

/** The picture a link to a public page is shown with. */
export async function GET({ locals: { db, municipality }, url, request }) {
	const { etag, png } = await ask(() =>
		pictureOfPage(db, municipality, url.searchParams.get('of') ?? '')
	);
	// Moderation can hide a page at any time: whoever keeps it asks again after five minutes.
	const headers = { etag, 'cache-control': 'public, max-age=300' };
	if (isHeld(etag, request.headers.get('if-none-match')))
		return new Response(null, { status: 304, headers });
	const bytes = await png();
	return new Response(new Uint8Array(bytes), {
		headers: { ...headers, 'content-type': 'image/png', 'content-length': String(bytes.length) }
	});
}
