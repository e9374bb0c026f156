import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { tileNumber, type Packing, type TileType } from '../../src/lib/geography/pmtiles.ts';

/** A line of a directory, as it is written. */
export interface Entry {
	number: number;
	run: number;
	length: number;
	offset: number;
}

export interface Made {
	type?: TileType;
	packing?: Packing;
	tilePacking?: Packing;
	tiles: Array<{ z: number; x: number; y: number; bytes: Buffer }>;
	/** How many lines a directory holds before there is one below it. */
	widest?: number;
	metadata?: unknown;
	zooms?: [min: number, max: number];
}

export const packed = (bytes: Buffer, packing: Packing): Buffer =>
	packing === 'gzip'
		? gzipSync(bytes)
		: packing === 'brotli'
			? brotliCompressSync(bytes)
			: packing === 'zstd'
				? zstdCompressSync(bytes)
				: bytes;

function varint(number: number): number[] {
	const bytes = [];
	for (; number > 127; number = Math.floor(number / 128)) bytes.push((number % 128) + 128);
	return [...bytes, number];
}

/** A directory as PMTiles 3 writes it. */
export const directory = (entries: Entry[]) =>
	Buffer.from([
		...varint(entries.length),
		...entries.flatMap(({ number }, i) => varint(number - (i ? entries[i - 1].number : 0))),
		...entries.flatMap(({ run }) => varint(run)),
		...entries.flatMap(({ length }) => varint(length)),
		...entries.flatMap(({ offset }) => varint(offset + 1))
	]);

const packings = ['', 'none', 'gzip', 'brotli', 'zstd'];
const types = ['', 'vector', 'png', 'jpeg', 'webp', 'avif'];

/** The 127 bytes before everything, and the parts one after the other. */
export function archive(
	parts: { root: Buffer; metadata: Buffer; leaves: Buffer; tiles: Buffer },
	{ type = 'png', packing = 'gzip', tilePacking = 'none', zooms = [0, 14] }: Partial<Made> = {}
): Buffer {
	const header = Buffer.alloc(127);
	header.write('PMTiles');
	header[7] = 3;
	let offset = 127;
	[parts.root, parts.metadata, parts.leaves, parts.tiles].forEach(({ length }, i) => {
		header.writeBigUInt64LE(BigInt(offset), 8 + i * 16);
		header.writeBigUInt64LE(BigInt(length), 16 + i * 16);
		offset += length;
	});
	header[97] = packings.indexOf(packing);
	header[98] = packings.indexOf(tilePacking);
	header[99] = types.indexOf(type);
	[header[100], header[101]] = zooms;
	[28.4, -33.35, 28.75, -33.05].forEach((each, i) =>
		header.writeInt32LE(Math.round(each * 1e7), 102 + i * 4)
	);
	return Buffer.concat([header, parts.root, parts.metadata, parts.leaves, parts.tiles]);
}

/** A sound archive of these tiles. */
export function makeArchive(made: Made): Buffer {
	const { tiles, packing = 'gzip', tilePacking = 'none', widest = Infinity } = made;
	let offset = 0;
	const bodies = tiles
		.map(({ z, x, y, bytes }) => ({
			number: tileNumber(z, x, y),
			bytes: packed(bytes, tilePacking)
		}))
		.sort((a, b) => a.number - b.number);
	const entries = bodies.map(({ number, bytes }): Entry => {
		const entry = { number, run: 1, length: bytes.length, offset };
		offset += bytes.length;
		return entry;
	});

	const leaves: Buffer[] = [];
	let leavesBytes = 0;
	let top = entries;
	if (entries.length > widest) {
		top = [];
		for (let i = 0; i < entries.length; i += widest) {
			const leaf = packed(directory(entries.slice(i, i + widest)), packing);
			top.push({ number: entries[i].number, run: 0, length: leaf.length, offset: leavesBytes });
			leaves.push(leaf);
			leavesBytes += leaf.length;
		}
	}
	return archive(
		{
			root: packed(directory(top), packing),
			metadata: packed(Buffer.from(JSON.stringify(made.metadata ?? {})), packing),
			leaves: Buffer.concat(leaves),
			tiles: Buffer.concat(bodies.map(({ bytes }) => bytes))
		},
		made
	);
}
