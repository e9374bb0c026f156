import sharp from 'sharp';
import { cleanPhoto } from '#lib/photos/server/index.ts';
import { median, type Bench } from './figure.ts';

const rounds = 5;
const photosARound = 6;

/** What a resident waits for a 12-megapixel photo, against decoding it twice into WebP. */
export const photo: Bench = {
	name: 'photo',
	about: `12 MP photos, two at a time, ${rounds} interleaved rounds of ${photosARound}; and what is left of where they were taken`,
	async run({ say }) {
		const taken = await photoWithGps();
		say(`  the photo has ${(taken.length / 1e6).toFixed(1)} MB`);
		const ours = () => cleanPhoto(taken, 'photo.jpg');
		const [speeds, peers]: [number[], number[]] = [[], []];
		await Promise.all([ours(), naive(taken)]);
		for (let round = 0; round < rounds; round++) {
			speeds.push(await photosASecond(ours));
			peers.push(await photosASecond(() => naive(taken)));
		}
		const [value, baseline] = [median(speeds), median(peers)];
		return [
			{
				case: 'cleaned against two decodes into WebP',
				value,
				unit: 'photos/s',
				baseline,
				ratio: value / baseline,
				limit_ratio: 2.5
			},
			{
				case: 'bytes of EXIF and GPS left',
				value: await bytesLeft(await ours()),
				unit: 'bytes',
				baseline: 0,
				ratio: null,
				limit_ratio: null
			}
		];
	}
};

/** Noise like a camera's, so that neither decoder has an easy time. */
async function photoWithGps(): Promise<Buffer> {
	const [width, height] = [4032, 3024];
	const grain = sharp({
		create: {
			width: width / 4,
			height: height / 4,
			channels: 3,
			background: '#678',
			noise: { type: 'gaussian', mean: 120, sigma: 40 }
		}
	});
	return sharp(await grain.png().toBuffer())
		.resize(width, height, { kernel: 'cubic' })
		.blur(1)
		.jpeg({ quality: 88 })
		.withExif({
			IFD0: { Make: 'Telefoon' },
			IFD3: { GPSLatitude: '34/1 2/1 0/1', GPSLatitudeRef: 'S' }
		})
		.toBuffer();
}

/** The peer: each size decodes the photo again and goes to WebP as libvips comes. */
async function naive(taken: Buffer) {
	await sharp(taken)
		.rotate()
		.resize(2048, 2048, { fit: 'inside' })
		.webp({ quality: 75 })
		.toBuffer();
	await sharp(taken).rotate().resize(480, 480, { fit: 'inside' }).webp({ quality: 70 }).toBuffer();
}

async function photosASecond(make: () => Promise<unknown>): Promise<number> {
	let started = 0;
	const begun = performance.now();
	const worker = async () => {
		while (started++ < photosARound) await make();
	};
	await Promise.all([worker(), worker()]);
	return photosARound / ((performance.now() - begun) / 1000);
}

async function bytesLeft({ large, small }: { large: Buffer; small: Buffer }): Promise<number> {
	let bytes = 0;
	for (const size of [large, small]) {
		const { exif, xmp, iptc } = await sharp(size).metadata();
		bytes += [exif, xmp, iptc].reduce((sum, block) => sum + (block?.length ?? 0), 0);
		if (size.includes('Telefoon')) bytes += 8;
	}
	return bytes;
}
