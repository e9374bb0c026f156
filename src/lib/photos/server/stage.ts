import { createHash, timingSafeEqual } from 'node:crypto';
import { and, eq, isNull, lte } from 'drizzle-orm';
import * as v from 'valibot';
import { isId, newId } from '../../platform/ids.ts';
import type { Db } from '../../platform/server/db.ts';
import { job } from '../../platform/server/jobs.ts';
import { fingerprint } from '../../platform/server/keys.ts';
import { hours, later } from '../../platform/time.ts';
import { photoSizes, type PhotoSize } from '../rules.ts';
import { cleanPhoto, type CleanPhoto } from './clean.ts';
import { photos } from './schema.ts';
import { photoStore } from './store.ts';

/** A photo beside an unfinished form. */
export interface StagedPhoto {
	id: string;
	/** What the form carries in a hidden field: it works for 24 hours, for whoever holds it. */
	token: string;
}

const kept = hours(24);

/** Under which key a size of a photo lies. */
export const sizeKey = (storageKey: string, size: PhotoSize) => `${storageKey}-${size}.jpg`;

/**
 * Cleans a photo and keeps it for 24 hours, until a report takes it.
 * @throws Refusal 400 naming the file and the reason
 */
export async function stagePhoto(
	db: Db,
	municipalityId: string,
	file: { name: string; bytes: Uint8Array },
	now = new Date()
): Promise<StagedPhoto> {
	const clean = await cleanPhoto(file.bytes, file.name);
	return keepPhoto(db, municipalityId, clean, now);
}

/** Writes the bytes first and the row after them: a row without its picture would show a hole. */
async function keepPhoto(
	db: Db,
	municipalityId: string,
	clean: CleanPhoto,
	now: Date
): Promise<StagedPhoto> {
	const id = newId(now);
	const storageKey = `${id.slice(-2)}/${id}`;
	for (const size of Object.keys(photoSizes) as PhotoSize[])
		await photoStore().put(sizeKey(storageKey, size), clean[size]);
	await db.insert(photos).values({
		id,
		municipalityId,
		storageKey,
		width: clean.width,
		height: clean.height,
		bytes: clean.large.length,
		sha256: createHash('sha256').update(clean.large).digest('hex'),
		createdAt: now,
		expiresAt: later(now, kept)
	});
	return { id, token: photoToken(id, municipalityId) };
}

const signatureOf = (id: string, municipalityId: string) =>
	fingerprint('photo-token', `${municipalityId} ${id}`).slice(0, 32);

/** `ID.SIGNATURE`: proves that this form was given this photo. */
export const photoToken = (id: string, municipalityId: string) =>
	`${id}.${signatureOf(id, municipalityId)}`;

/** The id a form's token stands for, or null when we did not make it for this municipality. */
export function readPhotoToken(token: string, municipalityId: string): string | null {
	const [id, signature] = token.split('.');
	if (!isId(id) || signature?.length !== 32) return null;
	const right = Buffer.from(signatureOf(id, municipalityId));
	return timingSafeEqual(Buffer.from(signature.padEnd(32).slice(0, 32), 'latin1'), right)
		? id
		: null;
}

/** Takes the bytes away, every size and copy. Doing it twice is doing it once. */
export async function removePhotoFiles(keys: Array<string | null>) {
	for (const key of keys)
		for (const size of Object.keys(photoSizes) as PhotoSize[])
			if (key) await photoStore().remove(sizeKey(key, size));
}

/** Forgets photos whose form was never finished. */
export const forgetStagedPhotos = job({
	name: 'forget-staged-photos',
	payload: v.object({}),
	async run({ db, now }) {
		const stale = await db
			.select({ id: photos.id, storageKey: photos.storageKey })
			.from(photos)
			.where(and(isNull(photos.issueId), lte(photos.expiresAt, now)))
			.limit(500);
		for (const { id, storageKey } of stale) {
			const [gone] = await db
				.delete(photos)
				.where(and(eq(photos.id, id), isNull(photos.issueId)))
				.returning({ id: photos.id });
			if (gone) await removePhotoFiles([storageKey]);
		}
	}
});
