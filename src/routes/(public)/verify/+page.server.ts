import { checkText, codeOfPicture, publicKeys } from '#lib/alerts/server/index.ts';
import { findCapsule } from '#lib/alerts/capsule.ts';
import { attempt } from '#lib/web/attempt.ts';
import { keepDevice } from '#lib/web/device.ts';

/** A message, link or code that somebody wants checked; without one, the page that does it, also without signal. */
export async function load({ locals: { db, municipality }, url }) {
	const text = url.searchParams.get('c')?.slice(0, 6000) ?? '';
	return {
		text,
		checked: text.trim() ? await checkText(db, municipality.id, text) : null,
		keys: await publicKeys(db)
	};
}

/** Where no script reads the picture on the phone, we do. It is looked at and not kept. */
export const actions = {
	picture: async (event) => {
		const { request, locals } = event;
		const form = await request.formData();
		const photo = form.get('photo');
		keepDevice(event);
		let found = '';
		return attempt(
			form,
			async () => {
				const bytes = photo instanceof File ? await photo.bytes() : new Uint8Array();
				const name = photo instanceof File ? photo.name : '';
				const text = await codeOfPicture(locals.db, locals, { bytes, name });
				found = findCapsule(text) ?? text.slice(0, 6000);
			},
			() => `/verify?c=${encodeURIComponent(found)}`
		);
	}
};
