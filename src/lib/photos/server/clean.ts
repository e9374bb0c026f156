import sharp from 'sharp';
import { Refusal } from '../../platform/refusal.ts';
import {
	formatOf,
	isPhotoFormat,
	photoLimits,
	photoSentence,
	photoSizes,
	type PhotoObstacle
} from '../rules.ts';
import { inTurn } from './in-turn.ts';

sharp.cache(false);
sharp.concurrency(1);

/** A picture as it is kept: upright, at most 2048 pixels, JPEG, with nothing of where it was taken. */
export interface CleanPhoto {
	large: Buffer;
	small: Buffer;
	width: number;
	height: number;
}

const refuse = (name: string, obstacle: PhotoObstacle) =>
	new Refusal(400, photoSentence(name, obstacle), 'photo');

/**
 * Makes a photo small and nameless: one decode, handed over raw to both sizes. The format is known by
 * its first bytes before anything is decoded; two are decoded at a time, the rest wait.
 * @throws Refusal 400 naming the file and the reason
 */
export async function cleanPhoto(bytes: Uint8Array, name: string): Promise<CleanPhoto> {
	const format = formatOf(bytes);
	if (!isPhotoFormat(format)) throw refuse(name, format);
	return inTurn(async () => {
		const pixels = await pixelsOf(bytes, format, name);
		if (pixels > photoLimits.pixels) throw refuse(name, 'too_many_pixels');
		try {
			return await encode(bytes);
		} catch {
			throw refuse(name, 'damaged');
		}
	});
}

/** Only the header is read: a bomb shows its size there. */
async function pixelsOf(bytes: Uint8Array, format: string, name: string): Promise<number> {
	const header = await sharp(bytes, { limitInputPixels: false })
		.metadata()
		.catch(() => null);
	if (header?.format !== format || !header.width || !header.height) throw refuse(name, 'damaged');
	return header.width * header.height;
}

async function encode(bytes: Uint8Array): Promise<CleanPhoto> {
	const within = (side: number) => ({
		width: side,
		height: side,
		fit: 'inside' as const,
		withoutEnlargement: true
	});
	const { data, info } = await sharp(bytes, {
		limitInputPixels: photoLimits.pixels,
		failOn: 'error'
	})
		.autoOrient()
		.resize(within(photoSizes.large))
		.flatten({ background: '#fff' })
		.toColourspace('srgb')
		.timeout({ seconds: 20 })
		.raw()
		.toBuffer({ resolveWithObject: true });

	const raw = () =>
		sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
	const large = await raw().jpeg({ quality: 75 }).toBuffer();
	const small = await raw().resize(within(photoSizes.small)).jpeg({ quality: 70 }).toBuffer();
	return { large, small, width: info.width, height: info.height };
}
