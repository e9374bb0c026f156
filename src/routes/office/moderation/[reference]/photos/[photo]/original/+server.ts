import { error } from '@sveltejs/kit';
import { originalPhoto } from '#lib/issues/server/index.ts';
import { isPhotoSize } from '#lib/photos/rules.ts';
import { isId } from '#lib/platform/ids.ts';
import { ask } from '#lib/web/attempt.ts';
import { referenceIn } from '#lib/web/issue-at.ts';

/** A photo as it came, for those who moderate. */
export async function GET({ params, locals: { db, actor, municipality }, url }) {
	const size = url.searchParams.get('size') ?? 'large';
	if (!isId(params.photo) || !isPhotoSize(size)) error(404, 'There is no such photo.');
	const bytes = await ask(() =>
		originalPhoto(db, actor, {
			municipalityId: municipality.id,
			reference: referenceIn(params),
			photoId: params.photo,
			size
		})
	);
	return new Response(new Uint8Array(bytes), {
		headers: {
			'content-type': 'image/jpeg',
			'content-security-policy': "default-src 'none'",
			'cache-control': 'private, no-store'
		}
	});
}
