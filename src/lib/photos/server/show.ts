import { eq } from 'drizzle-orm';
import type { Db } from '../../platform/server/db.ts';
import type { PhotoSize } from '../rules.ts';
import { photos } from './schema.ts';
import { sizeKey } from './stage.ts';
import { photoStore } from './store.ts';

export type Photo = typeof photos.$inferSelect;

export const photoById = async (db: Db, id: string): Promise<Photo | undefined> =>
	(await db.select().from(photos).where(eq(photos.id, id)))[0];

/**
 * The bytes people see: the redacted copy where there is one. Null when the photo was taken down or
 * erased, or its file is gone.
 */
export async function photoBytes(photo: Photo, size: PhotoSize): Promise<Buffer | null> {
	if (photo.removed || photo.erasedAt) return null;
	return photoStore().get(sizeKey(photo.redactedKey ?? photo.storageKey, size));
}
