import { m } from '../i18n/index.ts';

/** Bytes and pixels a photo may have, and how many go with one report. */
export const photoLimits = { bytes: 15_000_000, pixels: 40_000_000, count: 5 } as const;

/** The longer side of what is kept, in pixels. */
export const photoSizes = { large: 2048, small: 480 } as const;
export type PhotoSize = keyof typeof photoSizes;

export const isPhotoSize = (text: string): text is PhotoSize => Object.hasOwn(photoSizes, text);

export type PhotoFormat = 'jpeg' | 'png' | 'webp';
export type PhotoObstacle =
	| 'empty'
	| 'too_big'
	| 'heic'
	| 'svg'
	| 'pdf'
	| 'video'
	| 'not_a_photo'
	| 'too_many_pixels'
	| 'damaged';

const ascii = (bytes: Uint8Array, from: number, to: number) =>
	String.fromCharCode(...bytes.subarray(from, to));

/**
 * What a file is by its first bytes, whatever it is called: decoders accept far more than we want to
 * give them.
 */
export function formatOf(bytes: Uint8Array): PhotoFormat | PhotoObstacle {
	if (bytes.length === 0) return 'empty';
	if (bytes.length > photoLimits.bytes) return 'too_big';
	if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg';
	if (ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'png';
	if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'webp';
	if (ascii(bytes, 4, 8) === 'ftyp')
		return /^(hei[cxms]|hev[cxms]|mif1|msf1|avif|avis)/.test(ascii(bytes, 8, 12))
			? 'heic'
			: 'video';
	if (ascii(bytes, 0, 4) === '%PDF') return 'pdf';
	return /^[\s\ufeff\u00ef\u00bb\u00bf]*<(\?xml|svg|!doctype svg)/i.test(ascii(bytes, 0, 200))
		? 'svg'
		: 'not_a_photo';
}

export const isPhotoFormat = (found: PhotoFormat | PhotoObstacle): found is PhotoFormat =>
	found === 'jpeg' || found === 'png' || found === 'webp';

const sentences: Record<PhotoObstacle, (photo: { name: string }) => string> = {
	empty: m.report_photo_empty,
	too_big: m.report_photo_too_big,
	heic: m.report_photo_heic,
	svg: m.report_photo_svg,
	pdf: m.report_photo_pdf,
	video: m.report_photo_video,
	not_a_photo: m.report_photo_not_a_photo,
	too_many_pixels: m.report_photo_too_many_pixels,
	damaged: m.report_photo_damaged
};

/** Which photo, and what to do about it. */
export const photoSentence = (name: string, obstacle: PhotoObstacle) => {
	const shown = name.replace(/[\u0000-\u001f\u202a-\u202e\u2066-\u2069]/g, '').slice(0, 60);
	return sentences[obstacle]({ name: shown || m.report_photo_unnamed() });
};
