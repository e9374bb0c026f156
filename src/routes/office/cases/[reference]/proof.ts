import { readPhotoToken, stagePhoto } from '#lib/photos/server/index.ts';
import type { Db } from '#lib/platform/server/db.ts';

/** A photo that waits beside the form, with what proves that the form was given it. */
export interface Held {
	id: string;
	token: string;
}

const most = 3;

/** The photos of a form: those kept from an earlier try, and those sent now. Throws a 400 for what is no photo. */
export async function photosOf(db: Db, municipalityId: string, form: FormData): Promise<Held[]> {
	const held = form
		.getAll('photo_token')
		.map(String)
		.flatMap((token) => {
			const id = readPhotoToken(token, municipalityId);
			return id ? [{ id, token }] : [];
		});
	const files = form.getAll('photo').filter((file) => file instanceof File && file.size > 0);
	for (const file of files.slice(0, most - held.length) as File[]) {
		const bytes = new Uint8Array(await file.arrayBuffer());
		held.push(await stagePhoto(db, municipalityId, { name: file.name, bytes }));
	}
	return held.slice(0, most);
}
