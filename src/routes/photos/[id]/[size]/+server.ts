import { error } from '@sveltejs/kit';
import { issuePhoto } from '#lib/issues/server/index.ts';
import { readPhotoToken } from '#lib/photos/server/index.ts';
import { isPhotoSize } from '#lib/photos/rules.ts';
import { isId } from '#lib/platform/ids.ts';
import { askerOf } from '#lib/web/asker.ts';
import { ask } from '#lib/web/attempt.ts';

/** A photo, checked against what it belongs to on each request. */
export async function GET({ params: { id, size }, locals, url }) {
	if (!isId(id) || !isPhotoSize(size)) error(404, 'There is no such photo.');
	const staged = readPhotoToken(url.searchParams.get('t') ?? '', locals.municipality.id) === id;
	const photo = await ask(() => issuePhoto(locals.db, askerOf(locals), { id, size, staged }));
	return new Response(new Uint8Array(photo.bytes), {
		headers: {
			'content-type': 'image/jpeg',
			'content-length': String(photo.bytes.length),
			'content-security-policy': "default-src 'none'",
			// Moderation can take a photo down at any time: browsers ask again after five minutes.
			'cache-control': photo.public ? 'public, max-age=300' : 'private, no-store'
		}
	});
}
