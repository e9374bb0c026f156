/** PMTiles 3 as bytes: what an archive of map tiles says about itself, and where in it a tile lies. */
import type { Bounds } from './drawing.ts';

/** A file of tiles that cannot be used, in a sentence for the operator. */
export class TilesFault extends Error {}

/** So many bytes at most hold the header and the first directory (PMTiles 3, 3 and 4). */
export const firstBytes = 16_384;
const headerBytes = 127;

const packings = ['', 'none', 'gzip', 'brotli', 'zstd'] as const;
export type Packing = Exclude<(typeof packings)[number], ''>;
const types = ['', 'vector', 'png', 'jpeg', 'webp', 'avif'] as const;
export type TileType = Exclude<(typeof types)[number], ''>;

export interface Part {
	offset: number;
	length: number;
}

export interface ArchiveHeader {
	root: Part;
	metadata: Part;
	leaves: Part;
	tiles: Part;
	/** How directories and metadata are packed. */
	packing: Packing;
	tilePacking: Packing;
	type: TileType;
	minZoom: number;
	maxZoom: number;
	/** WGS 84, west, south, east, north. */
	bounds: Bounds;
}

const parts = ['root', 'metadata', 'leaves', 'tiles'] as const;
const partNames = {
	root: 'first directory',
	metadata: 'metadata',
	leaves: 'directories',
	tiles: 'tiles'
};

/** The header of an archive of `size` bytes, from its first bytes. @throws TilesFault saying what is wrong */
export function readHeader(bytes: Uint8Array, size: number): ArchiveHeader {
	const said = new TextDecoder('latin1').decode(bytes.subarray(0, 7));
	if (said === 'SQLite ')
		throw new TilesFault('it is an MBTiles file; make a .pmtiles of it with “pmtiles convert”');
	if (said !== 'PMTiles') throw new TilesFault('it is no PMTiles archive');
	if (bytes.length < headerBytes) throw new TilesFault(`it ends after ${bytes.length} bytes`);
	if (bytes[7] !== 3)
		throw new TilesFault(`it is PMTiles ${bytes[7]}, not 3; “pmtiles convert” makes one of it`);

	const view = new DataView(bytes.buffer, bytes.byteOffset, headerBytes);
	const [root, metadata, leaves, tiles] = parts.map((part, i) =>
		readPart(view, 8 + i * 16, part, size)
	);
	if (!root.length || root.offset + root.length > firstBytes)
		throw new TilesFault(`its first directory is not within the first ${firstBytes} bytes`);
	const [packing, tilePacking] = [packings[bytes[97]], packings[bytes[98]]];
	if (!packing || !tilePacking)
		throw new TilesFault(
			'it is packed in a way that is not known here (gzip, brotli and zstd are)'
		);
	const type = types[bytes[99]];
	if (!type)
		throw new TilesFault(
			`its tiles are of kind ${bytes[99]}, which is none of vector (MVT), png, jpeg, webp, avif`
		);
	const [minZoom, maxZoom] = [bytes[100], bytes[101]];
	if (minZoom > maxZoom || maxZoom > 30)
		throw new TilesFault(`its zooms cannot be: from ${minZoom} to ${maxZoom}`);
	const bounds = boundsOf([102, 106, 110, 114].map((at) => view.getInt32(at, true) / 1e7));
	return { root, metadata, leaves, tiles, packing, tilePacking, type, minZoom, maxZoom, bounds };
}

function readPart(view: DataView, at: number, part: (typeof parts)[number], size: number): Part {
	const [offset, length] = [at, at + 8].map((each) => Number(view.getBigUint64(each, true)));
	if (offset + length > size)
		throw new TilesFault(
			`it ends after ${size} bytes, but its ${partNames[part]} should reach to ${offset + length}; it was not copied whole`
		);
	return { offset, length };
}

const boundsOf = ([west, south, east, north]: number[]): Bounds =>
	west < east && south < north && west >= -180 && east <= 180 && south >= -90 && north <= 90
		? [west, south, east, north]
		: [-180, -85, 180, 85];

/** Entries of a directory, in columns: a large one stays a few megabytes. */
export interface Directory {
	numbers: Float64Array;
	/** 0: a directory below this one. */
	runs: Float64Array;
	lengths: Float64Array;
	offsets: Float64Array;
}

/** A directory, unpacked. @throws TilesFault for anything but whole, ascending entries */
export function readDirectory(bytes: Uint8Array): Directory {
	const next = numbersOf(bytes);
	const count = next();
	// Every entry takes at least four bytes: who promises more wants memory, not a map.
	if (count < 1 || count > bytes.length / 4)
		throw new TilesFault(`a directory of ${bytes.length} bytes says it has ${count} entries`);
	const column = () => Float64Array.from({ length: count }, next);
	const [steps, runs, lengths, marks] = [column(), column(), column(), column()];

	const [numbers, offsets] = [new Float64Array(count), new Float64Array(count)];
	for (let i = 0; i < count; i++) {
		numbers[i] = steps[i] + (i ? numbers[i - 1] : 0);
		if (i && !steps[i]) throw new TilesFault('a directory names a tile twice');
		if (!lengths[i]) throw new TilesFault('a directory names a tile of no bytes');
		if (!marks[i] && !i) throw new TilesFault('a directory begins nowhere');
		offsets[i] = marks[i] ? marks[i] - 1 : offsets[i - 1] + lengths[i - 1];
	}
	return { numbers, runs, lengths, offsets };
}

/** Varints (as protocol buffers write them), one after the other. */
function numbersOf(bytes: Uint8Array): () => number {
	let at = 0;
	return () => {
		let [number, scale] = [0, 1];
		for (;;) {
			if (at >= bytes.length) throw new TilesFault('a directory ends in the middle');
			const byte = bytes[at++];
			number += (byte & 127) * scale;
			if (number > Number.MAX_SAFE_INTEGER)
				throw new TilesFault('a directory holds a number that is too large');
			if (byte < 128) return number;
			scale *= 128;
			if (scale > 2 ** 56) throw new TilesFault('a directory holds a number without an end');
		}
	};
}

export type Found = ({ what: 'tile' } & Part) | ({ what: 'directory' } & Part) | null;

/** Where a tile lies by this directory, or which directory knows. */
export function findIn({ numbers, runs, lengths, offsets }: Directory, tile: number): Found {
	let [low, high] = [0, numbers.length - 1];
	while (low <= high) {
		const middle = (low + high) >> 1;
		if (numbers[middle] <= tile) low = middle + 1;
		else high = middle - 1;
	}
	if (high < 0) return null;
	const part = { offset: offsets[high], length: lengths[high] };
	if (runs[high] === 0) return { what: 'directory', ...part };
	return tile - numbers[high] < runs[high] ? { what: 'tile', ...part } : null;
}

/** The furthest in that tiles are asked for. */
export const lastTileZoom = 22;

/** Whether there is such a square: whole numbers, within the world at that zoom. */
export const isTile = (z: number, x: number, y: number) =>
	[z, x, y].every((each) => Number.isInteger(each) && each >= 0) &&
	z <= lastTileZoom &&
	Math.max(x, y) < 2 ** z;

/** The number of a tile: zoom by zoom, along a Hilbert curve (PMTiles 3, 4.1). */
export function tileNumber(z: number, x: number, y: number): number {
	let number = (4 ** z - 1) / 3;
	for (let half = 2 ** (z - 1); half >= 1; half /= 2) {
		const [right, lower] = [x & half ? 1 : 0, y & half ? 1 : 0];
		number += half * half * ((3 * right) ^ lower);
		[x, y] = [x & (half - 1), y & (half - 1)];
		if (!lower) [x, y] = right ? [half - 1 - y, half - 1 - x] : [y, x];
	}
	return number;
}
