/**
 * Draws the PNG icons phones want beside the vector ones: `node src/icons.ts` after changing a drawing.
 */
import { readFileSync } from 'node:fs';
import sharp from 'sharp';

const drawings = [
	{ from: 'favicon.svg', size: 192, to: 'icon-192.png' },
	{ from: 'favicon.svg', size: 512, to: 'icon-512.png' },
	{ from: 'maskable.svg', size: 512, to: 'maskable-512.png' },
	{ from: 'monochrome.svg', size: 96, to: 'badge-96.png' }
];

const at = (name: string) => new URL(`../static/${name}`, import.meta.url);

for (const { from, size, to } of drawings) {
	const drawing = sharp(readFileSync(at(from)), { density: 1200 }).resize(size, size);
	await drawing.png({ palette: true, compressionLevel: 9 }).toFile(at(to).pathname);
}
