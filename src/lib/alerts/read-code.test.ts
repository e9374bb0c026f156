import sharp, { type Sharp } from 'sharp';
import { encode, type QrCodeGenerateOptions } from 'uqr';
import { describe, expect, test } from 'vitest';
import { readCode } from './read-code.ts';

const link = `https://khanyisa.imbizo.example/verify?c=IMB1.${'kB3xQ-_9'.repeat(74)}`;

/** A code on white paper, each square so many pixels wide. */
function paper(text: string, scale: number, options: QrCodeGenerateOptions = { ecc: 'L' }) {
	const { data } = encode(text, { border: 4, ...options });
	const side = data.length;
	const squares = data.flatMap((row, y) =>
		row.flatMap((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : []))
	);
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side * scale}" height="${side * scale}"><path fill="#fff" d="M0 0h${side}v${side}h-${side}z"/><path d="${squares.join('')}" fill="#1b1930" shape-rendering="crispEdges"/></svg>`;
	return sharp(Buffer.from(svg));
}

async function read(picture: Sharp) {
	const { data, info } = await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true });
	return readCode({ data, width: info.width, height: info.height });
}

describe('a code is read', () => {
	test.each<[string, string, number]>([
		['a word', 'HELLO', 6],
		['digits', '0123456789012345', 5],
		['words of isiZulu and Tshivenda', 'Phuma manje! ḓo ṱuwa, môre', 4],
		['a capsule as a poster has it', link, 3]
	])('%s', async (_, text, scale) => {
		expect(await read(paper(text, scale))).toBe(text);
	});

	test.each(['L', 'M', 'Q', 'H'] as const)('at level %s, in every size', async (ecc) => {
		for (const count of [5, 40, 120, 300, 700]) {
			const text = 'aB3-'.repeat(count / 4 + 1);
			expect(await read(paper(text, 4, { ecc })), `${count}`).toBe(text);
		}
	});

	test.each([7, 30, 90, 120, 180, 261])('turned by %d degrees', async (degrees) => {
		const turned = paper(link, 5).rotate(degrees, { background: '#fff' });
		expect(await read(turned)).toBe(link);
	});

	test('tilted, as a phone sees a poster from below', async () => {
		const flat = await paper(link, 8).png().toBuffer();
		const { data, info } = await sharp(flat)
			.ensureAlpha()
			.raw()
			.toBuffer({ resolveWithObject: true });
		const { width, height } = info;
		const out = Buffer.alloc(width * height * 4, 255);
		// What is farther up is farther away: the upper edge is a fifth shorter than the lower one.
		for (let y = 0; y < height; y++)
			for (let x = 0; x < width; x++) {
				const depth = 1 + 0.25 * (1 - y / height);
				const from = Math.floor((x - width / 2) * depth + width / 2);
				const row = Math.floor(height - (height - y) * depth);
				if (from < 0 || from >= width || row < 0) continue;
				const at = (row * width + from) * 4;
				data.copy(out, (y * width + x) * 4, at, at + 4);
			}
		expect(await read(sharp(out, { raw: { width, height, channels: 4 } }))).toBe(link);
	});

	test('blurred, small, with a shadow over half of it, and as a JPEG of poor quality', async () => {
		const flat = await paper(link, 7).png().toBuffer();
		const { width, height } = await sharp(flat).metadata();
		const shade = Buffer.from(
			`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><linearGradient id="g"><stop offset=".3" stop-opacity="0"/><stop offset=".7" stop-opacity=".55"/></linearGradient><rect width="100%" height="100%" fill="url(#g)"/></svg>`
		);
		const shaded = await sharp(flat)
			.composite([{ input: shade }])
			.png()
			.toBuffer();
		const photo = await sharp(shaded)
			.rotate(4, { background: '#ddd' })
			.blur(2)
			.jpeg({ quality: 40 })
			.toBuffer();
		expect(await read(sharp(photo))).toBe(link);
	});

	test('with a coffee stain on it', async () => {
		const flat = paper('https://khanyisa.imbizo.example/verify?c=K7F-2QD', 8, { ecc: 'H' });
		const stain = Buffer.from(
			'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><circle cx="30" cy="30" r="26" fill="#5a3a1a"/></svg>'
		);
		const dirty = sharp(await flat.png().toBuffer()).composite([
			{ input: stain, left: 150, top: 150 }
		]);
		expect(await read(sharp(await dirty.png().toBuffer()))).toBe(
			'https://khanyisa.imbizo.example/verify?c=K7F-2QD'
		);
	});
});

test.each<[string, () => Sharp]>([
	[
		'white paper',
		() => sharp({ create: { width: 300, height: 300, channels: 3, background: '#fff' } })
	],
	[
		'noise',
		() =>
			sharp({
				create: {
					...{ width: 300, height: 300, channels: 3, background: '#888' },
					noise: { type: 'gaussian', mean: 128, sigma: 60 }
				}
			})
	],
	['half a code', () => paper(link, 4).extract({ left: 0, top: 0, width: 220, height: 220 })]
])('%s is no code', async (_, picture) => {
	expect(await read(picture())).toBeNull();
});

test('a code of which too much is gone is not guessed', async () => {
	const dirty = sharp(await paper(link, 5).png().toBuffer()).composite([
		{
			input: {
				create: { width: 200, height: 200, channels: 4, background: '#fff' }
			},
			left: 200,
			top: 200
		}
	]);
	expect(await read(sharp(await dirty.png().toBuffer()))).toBeNull();
});
