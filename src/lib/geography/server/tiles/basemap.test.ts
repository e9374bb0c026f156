import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import {
	archive,
	directory,
	makeArchive,
	packed,
	type Entry,
	type Made
} from '../../../../../tests/support/pmtiles.ts';
import { inTurns } from './in-turns.ts';
import { basemapOf, describeTiles, layBasemap, liftBasemap, tileAt } from './basemap.ts';

const folder = mkdtempSync(join(tmpdir(), 'tiles-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(liftBasemap);

/** 20 kB that unpack to 20 MB. */
const zeros = gzipSync(Buffer.alloc(20_000_000));

let files = 0;
function put(bytes: Buffer) {
	const path = join(folder, `${files++}.pmtiles`);
	writeFileSync(path, bytes);
	return path;
}
const lay = async (bytes: Buffer) => {
	const path = put(bytes);
	await layBasemap({ TILES_FILE: path, TILE_MAX_ZOOM: 18 });
	return path;
};

const picture = (size = 256) =>
	sharp({ create: { width: size, height: size, channels: 3, background: '#cde' } });
const png = await picture().png({ compressionLevel: 9, palette: true }).toBuffer();
const everywhere = (z: number, bytes: Buffer) =>
	Array.from({ length: 4 ** z }, (_, i) => ({
		z,
		x: i % 2 ** z,
		y: Math.floor(i / 2 ** z),
		bytes
	}));

describe('a file of the operator', () => {
	test.each(['none', 'gzip', 'brotli', 'zstd'] as const)(
		'is read where its directories are packed by %s, one below another',
		async (packing) => {
			const attribution = '<a href="https://example.org">Surveyor &amp; sons</a> &copy;';
			const tiles = everywhere(4, png);
			const path = await lay(
				makeArchive({ packing, tiles, widest: 20, zooms: [4, 4], metadata: { attribution } })
			);
			expect(basemapOf()).toMatchObject({
				look: 'picture',
				credit: 'Surveyor & sons ©',
				minZoom: 4,
				maxZoom: 4,
				bounds: [28.4, -33.35, 28.75, -33.05]
			});
			expect(basemapOf()!.origin).toBeUndefined();
			for (const { z, x, y } of tiles)
				expect(await tileAt(z, x, y)).toEqual({ bytes: png, type: 'image/png' });
			expect((await describeTiles(path))[0]).toBe('Pictures (png), zooms 4 to 4');
		}
	);

	test.each([
		['jpeg', picture().jpeg(), 'image/jpeg'],
		['webp', picture().webp(), 'image/webp'],
		['avif', picture(64).avif(), 'image/avif']
	] as const)('may hold %s', async (type, made, mediaType) => {
		const bytes = await made.toBuffer();
		await lay(makeArchive({ type, tiles: [{ z: 0, x: 0, y: 0, bytes }] }));
		expect(await tileAt(0, 0, 0)).toEqual({ bytes, type: mediaType });
	});

	test('may hold vector tiles, which are unpacked for whoever asks', async () => {
		const bytes = Buffer.from([0x1a, 0]);
		const tiles = [{ z: 0, x: 0, y: 0, bytes }];
		await lay(makeArchive({ type: 'vector', tilePacking: 'gzip', tiles }));
		expect(basemapOf()!.look).toBe('vector');
		const type = 'application/vnd.mapbox-vector-tile';
		expect(await tileAt(0, 0, 0)).toEqual({ bytes, type });
	});

	test('has another address once it is another file', async () => {
		await lay(makeArchive({ tiles: everywhere(0, png) }));
		const before = basemapOf()!.url;
		await lay(makeArchive({ tiles: everywhere(1, png) }));
		expect(basemapOf()!.url).not.toBe(before);
	});
});

test.each([
	[3, 8, 0],
	[3, 0, -1],
	[-1, 0, 0],
	[5, 0, 0],
	[99, 0, 0],
	[NaN, NaN, NaN],
	[2 ** 40, 1, 1]
])('there is no tile %d/%d/%d', async (z, x, y) => {
	await lay(makeArchive({ tiles: everywhere(3, png), zooms: [0, 4] }));
	expect(await tileAt(z, x, y)).toBeNull();
});

describe('a file that cannot be used is left out, with the reason', () => {
	const nothing = Buffer.alloc(0);
	const one: Entry = { number: 0, run: 1, length: 4, offset: 0 };
	const parts = {
		root: packed(directory([one]), 'gzip'),
		metadata: packed(Buffer.from('{}'), 'gzip'),
		leaves: nothing,
		tiles: Buffer.from('tile')
	};

	test.each([
		['empty', nothing, 'no PMTiles'],
		['a web page', Buffer.from('<!doctype html><title>404</title>'), 'no PMTiles'],
		['cut off', archive(parts).subarray(0, -2), 'not copied whole'],
		[
			'a first directory that is no gzip',
			archive({ ...parts, root: Buffer.from('hello') }),
			'no gzip'
		],
		[
			'a first directory of 14 MB',
			archive({ ...parts, root: gzipSync(Buffer.alloc(14e6)) }),
			'unpacks to more'
		],
		['metadata of 20 MB', archive({ ...parts, metadata: zeros }), 'unpacks to more'],
		['metadata that is no JSON', archive({ ...parts, metadata: gzipSync('{"a":') }), 'no JSON']
	])(
		'%s',
		async (_, bytes, reason) => {
			const path = await lay(bytes);
			expect(basemapOf()).toBeNull();
			expect(await tileAt(0, 0, 0)).toBeNull();
			await expect(describeTiles(path)).rejects.toThrow(reason);
		},
		20_000
	);

	test('no file, a folder, a pipe', async () => {
		const pipe = join(folder, 'pipe');
		execFileSync('mkfifo', [pipe]);
		for (const [path, reason] of [
			[join(folder, 'nowhere.pmtiles'), 'no such file'],
			[folder, 'not a file'],
			[pipe, 'not a file']
		]) {
			await layBasemap({ TILES_FILE: path, TILE_MAX_ZOOM: 18 });
			expect(basemapOf()).toBeNull();
			await expect(describeTiles(path)).rejects.toThrow(reason);
		}
	});
});

describe('a file that is sound at first sight and broken further in costs a tile, not the server', () => {
	const nothing = Buffer.alloc(0);
	const laid = async (
		entry: Entry,
		more: { leaves?: Buffer; tiles?: Buffer } & Pick<Made, 'type' | 'tilePacking'> = {}
	) => {
		const { leaves = nothing, tiles = nothing, ...made } = more;
		const root = packed(directory([entry]), 'gzip');
		await lay(archive({ root, metadata: nothing, leaves, tiles }, made));
		expect(basemapOf()).not.toBeNull();
		return tileAt(0, 0, 0);
	};
	const tile = (length: number): Entry => ({ number: 0, run: 1, length, offset: 0 });

	test('a directory that leads to itself', async () => {
		let leaf = packed(directory([{ number: 0, run: 0, length: 40, offset: 0 }]), 'gzip');
		leaf = packed(directory([{ number: 0, run: 0, length: leaf.length, offset: 0 }]), 'gzip');
		expect(
			await laid({ number: 0, run: 0, length: leaf.length, offset: 0 }, { leaves: leaf })
		).toBeNull();
	});

	test.each([
		['a tile beyond the end', tile(1e9), {}],
		[
			'a tile of a terabyte at the end of the world',
			{ number: 0, run: 1, length: 2 ** 40, offset: 2 ** 50 },
			{}
		],
		[
			'a directory that is none',
			{ number: 0, run: 0, length: 9, offset: 0 },
			{ leaves: Buffer.from('directory') }
		],
		[
			'a directory that unpacks to 20 MB',
			{ number: 0, run: 0, length: zeros.length, offset: 0 },
			{ leaves: zeros }
		],
		[
			'a tile that unpacks to 20 MB',
			tile(zeros.length),
			{ tilePacking: 'gzip' as const, tiles: zeros }
		],
		['a tile larger than a map needs', tile(3_000_000), { tiles: Buffer.alloc(3_000_000) }],
		[
			'a script where a picture should be',
			tile(21),
			{ tiles: Buffer.from('<script>1;</script>  ') }
		],
		[
			'a drawing (SVG) where a picture should be',
			tile(46),
			{ tiles: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"></svg>') }
		],
		['a jpeg that says it is a png', tile(png.length), { type: 'jpeg' as const, tiles: png }]
	])(
		'%s',
		async (_, entry, more) => {
			expect(await laid(entry, more)).toBeNull();
		},
		20_000
	);

	test('a picture much larger than a tile', async () => {
		const bytes = await picture(3000).png({ palette: true }).toBuffer();
		expect(bytes.length).toBeLessThan(2_000_000);
		expect(await laid(tile(bytes.length), { tiles: bytes })).toBeNull();
	}, 30_000);

	test('a file that becomes shorter while it is served', async () => {
		const path = await lay(makeArchive({ tiles: everywhere(2, png), zooms: [2, 2] }));
		truncateSync(path, 400);
		expect(await tileAt(2, 3, 0)).toBeNull();
	});

	test('five hundred people who ask for such tiles at once keep little in memory', async () => {
		await laid(tile(zeros.length), { tilePacking: 'gzip', tiles: zeros });
		const before = process.memoryUsage().rss;
		await Promise.all(Array.from({ length: 500 }, () => tileAt(0, 0, 0)));
		expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
	}, 60_000);
});

describe('a tile server', () => {
	const TILE_CREDIT = '© OpenStreetMap contributors';
	test('is named to the page with its origin alone', async () => {
		const TILE_URL = 'https://tiles.example.org:8443/a/{z}/{x}/{y}.png?key=1';
		await layBasemap({ TILE_URL, TILE_CREDIT, TILE_MAX_ZOOM: 17 });
		expect(basemapOf()).toEqual({
			url: TILE_URL,
			look: 'picture',
			credit: TILE_CREDIT,
			minZoom: 0,
			maxZoom: 17,
			origin: 'https://tiles.example.org:8443'
		});
		expect(await tileAt(0, 0, 0)).toBeNull();
	});

	test('of this very server opens nothing', async () => {
		await layBasemap({ TILE_URL: '/streets/{z}/{x}/{y}', TILE_CREDIT, TILE_MAX_ZOOM: 17 });
		expect(basemapOf()!.origin).toBeUndefined();
	});
});

test('four at a time: nobody waits for ever, and one that fails holds nobody up', async () => {
	const turn = inTurns(4);
	let [running, most] = [0, 0];
	const done = await Promise.allSettled(
		Array.from({ length: 50 }, (_, i) =>
			turn(async () => {
				most = Math.max(most, ++running);
				await new Promise((soon) => setTimeout(soon, 1));
				running--;
				if (i % 3 === 0) throw new Error('broken');
				return i;
			})
		)
	);
	expect(most).toBe(4);
	expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(33);
});
