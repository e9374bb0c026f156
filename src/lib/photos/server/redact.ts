import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { notFound, Refusal } from '../../platform/refusal.ts';
import { inPixels, isSound } from '../redaction.ts';
import { photoSizes, type PhotoSize } from '../rules.ts';
import { inTurn } from './in-turn.ts';
import type { Rectangle } from './schema.ts';
import type { Photo } from './show.ts';
import { sizeKey } from './stage.ts';
import { photoStore } from './store.ts';

const mostRectangles = 48;

/**
 * Burns black rectangles into a copy of a photo, in both sizes, and answers the key of the copy. The
 * original stays as it is. Every copy has a key of its own: nobody guesses an older one.
 * @throws Refusal 400 for rectangles outside the picture, 404 when the original is gone
 */
export async function burnRedactions(photo: Photo, rectangles: Rectangle[]): Promise<string> {
	if (!rectangles.length || rectangles.length > mostRectangles || !rectangles.every(isSound))
		throw new Refusal(400, 'Choose which parts of the picture to cover.', 'cells');
	const key = `${photo.storageKey}-r${randomBytes(8).toString('hex')}`;
	for (const size of Object.keys(photoSizes) as PhotoSize[]) {
		const bytes = await photoStore().get(sizeKey(photo.storageKey, size));
		if (!bytes) throw notFound();
		await photoStore().put(sizeKey(key, size), await inTurn(() => cover(bytes, rectangles)));
	}
	return key;
}

async function cover(bytes: Buffer, rectangles: Rectangle[]): Promise<Buffer> {
	const { width, height } = await sharp(bytes).metadata();
	const black = rectangles.map((each) => {
		const { left, top, ...size } = inPixels(each, { width, height });
		return { left, top, input: { create: { ...size, channels: 3 as const, background: '#000' } } };
	});
	return sharp(bytes).composite(black).jpeg({ quality: 75 }).toBuffer();
}

/** The bytes of the original, whatever moderation did to it: for those who moderate. */
export const originalBytes = (photo: Photo, size: PhotoSize): Promise<Buffer | null> =>
	photo.erasedAt ? Promise.resolve(null) : photoStore().get(sizeKey(photo.storageKey, size));
