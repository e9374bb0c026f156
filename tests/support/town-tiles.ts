/** `node tests/support/town-tiles.ts FILE`: streets for the closest zooms of the middle of Khanyisa, as an operator lays them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeArchive } from './pmtiles.ts';
import { vectorTile } from './vector-tile.ts';

const middle = { lon: 28.5136, lat: -33.229 };
const around = 6;

const bytes = vectorTile([
	{
		layer: 'landuse',
		type: 'area',
		tags: { kind: 'park' },
		parts: [
			[
				[300, 300],
				[1700, 300],
				[1700, 1700],
				[300, 1700]
			]
		]
	},
	{
		layer: 'roads',
		type: 'line',
		tags: { kind: 'major_road', name: 'School Street' },
		parts: [
			[
				[0, 2048],
				[4096, 2048]
			]
		]
	},
	{
		layer: 'roads',
		type: 'line',
		tags: { kind: 'minor_road', name: 'Lamp Lane' },
		parts: [
			[
				[2900, 0],
				[2900, 4096]
			]
		]
	}
]);

const squares = (z: number) => {
	const across = 2 ** z;
	const sine = Math.sin((middle.lat * Math.PI) / 180);
	const x = Math.floor(((middle.lon + 180) / 360) * across);
	const y = Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * across);
	const steps = Array.from({ length: 2 * around + 1 }, (_, i) => i - around);
	return steps.flatMap((dx) => steps.map((dy) => ({ z, x: x + dx, y: y + dy, bytes })));
};

const file = process.argv[2];
mkdirSync(dirname(file), { recursive: true });
writeFileSync(
	file,
	makeArchive({
		type: 'vector',
		tilePacking: 'gzip',
		tiles: squares(17),
		widest: 50,
		zooms: [17, 17],
		metadata: { attribution: '<a href="https://example.org">The surveyor of Khanyisa</a>' }
	})
);
