import { error } from '@sveltejs/kit';
import { moderationOf, redactPhoto } from '#lib/issues/server/index.ts';
import { cellsToRectangles } from '#lib/photos/redaction.ts';
import { newId } from '#lib/platform/ids.ts';
import { ask, attempt } from '#lib/web/attempt.ts';
import { deedOf } from '#lib/web/deed.ts';
import { referenceIn } from '#lib/web/issue-at.ts';

export async function load({ locals: { db, actor, municipality }, params }) {
	const at = { municipalityId: municipality.id, reference: referenceIn(params) };
	const { photos, reference, title, version } = await ask(() => moderationOf(db, actor, at));
	const photo = photos.find(({ id }) => id === params.photo);
	if (!photo) error(404, 'There is no such photo.');
	return { reference, title, version, photo, deed: newId() };
}

export const actions = {
	default: async ({ locals: { db, actor, municipality }, params, request }) => {
		const form = await request.formData();
		const reference = referenceIn(params);
		return attempt(
			form,
			() =>
				redactPhoto(db, actor, {
					municipalityId: municipality.id,
					reference,
					photoId: params.photo,
					rectangles: cellsToRectangles(form.getAll('cells').map(Number)),
					reason: String(form.get('reason') ?? ''),
					words: String(form.get('words') ?? ''),
					deedId: deedOf(form),
					basedOn: Number(form.get('version')) || undefined
				}),
			`/office/moderation/${reference}?done#top`
		);
	}
};
