import { m } from '#lib/i18n/index.ts';
import type { Problem } from '#lib/issues/rules.ts';
import { photoLimits, photoSentence } from '#lib/photos/rules.ts';
import { photoToken, readPhotoToken, stagePhoto } from '#lib/photos/server/index.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import type { Db } from '#lib/platform/server/db.ts';

/** A photo the form already holds: shown by `/photos/ID/small?t=TOKEN`. */
export interface Held {
	id: string;
	token: string;
}

/** Keeps every sound photo of a form, whatever else is wrong with it; says what is wrong with the others. */
export async function stagePhotos(
	db: Db,
	municipalityId: string,
	tokens: string[],
	files: File[]
): Promise<{ held: Held[]; problems: Problem[] }> {
	const ids = tokens
		.map((token) => readPhotoToken(token, municipalityId))
		.filter((id) => id !== null);
	const held: Held[] = [...new Set(ids)]
		.slice(0, photoLimits.count)
		.map((id) => ({ id, token: photoToken(id, municipalityId) }));
	const problems: Problem[] = [];

	for (const file of files) {
		if (held.length >= photoLimits.count) {
			problems.push({
				field: 'photo',
				message: m.report_photo_most({ n: photoLimits.count, name: file.name.slice(0, 60) })
			});
			continue;
		}
		try {
			// Too large a file is refused by its size, without being read into memory again.
			if (file.size > photoLimits.bytes)
				throw new Refusal(400, photoSentence(file.name, 'too_big'), 'photo');
			const bytes = new Uint8Array(await file.arrayBuffer());
			held.push(await stagePhoto(db, municipalityId, { name: file.name, bytes }));
		} catch (reason) {
			if (!(reason instanceof Refusal)) throw reason;
			problems.push({ field: 'photo', message: reason.message });
		}
	}
	return { held, problems };
}
