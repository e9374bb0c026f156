import { open, stat, type FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, zstdDecompress } from 'node:zlib';
import {
	findIn,
	firstBytes,
	isTile,
	readDirectory,
	readHeader,
	tileNumber,
	TilesFault,
	type ArchiveHeader,
	type Directory,
	type Packing,
	type Part
} from '../../pmtiles.ts';
import { inTurns } from './in-turns.ts';

const mostOfDirectory = 2_000_000;
const mostOfMetadata = 2_000_000;
/** A tile of streets is a tenth of this. */
const mostOfTile = 2_000_000;
/** Kept of the directories: 32 bytes an entry. */
const mostKept = 32_000_000;
/** Directories stand at most three below the first (PMTiles 3, 4). */
const deepest = 3;

const unpackers = {
	gzip: promisify(gunzip),
	brotli: promisify(brotliDecompress),
	zstd: promisify(zstdDecompress)
};

/** Unpacks no further than allowed. @throws TilesFault when it would be more, or is not packed so */
async function unpack(bytes: Buffer, packing: Packing, most: number): Promise<Buffer> {
	if (packing === 'none') return bytes;
	try {
		return await unpackers[packing](bytes, { maxOutputLength: most });
	} catch (reason) {
		const bomb = (reason as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
		throw new TilesFault(
			bomb ? `a part of it unpacks to more than ${most / 1e6} MB` : `a part of it is no ${packing}`
		);
	}
}

/** A PMTiles 3 archive on disk, read in bounded pieces. */
export class TileArchive {
	readonly header: ArchiveHeader;
	/** Of the metadata; '' where it says nothing. */
	readonly credit: string;
	/** Changes when the file does. */
	readonly version: string;
	#file: FileHandle;
	#root: Directory;
	#kept = new Map<number, Directory>();
	#keptBytes = 0;
	#coming = new Map<number, Promise<Directory>>();
	// However many ask at once, so many pieces are in memory.
	#turn = inTurns(4);

	private constructor(
		file: FileHandle,
		facts: { header: ArchiveHeader; root: Directory; credit: string; version: string }
	) {
		this.#file = file;
		this.#root = facts.root;
		this.header = facts.header;
		this.credit = facts.credit;
		this.version = facts.version;
	}

	/** Opens a file and reads what it says of itself. @throws TilesFault with the reason, for the operator */
	static async open(path: string): Promise<TileArchive> {
		const cannot = ({ code }: NodeJS.ErrnoException) => {
			throw new TilesFault(
				code === 'ENOENT' ? 'there is no such file' : `it cannot be opened (${code})`
			);
		};
		// Asked before it is opened: a pipe would wait for ever for somebody to write into it.
		if (!(await stat(path).catch(cannot)).isFile()) throw new TilesFault('it is not a file');
		const file = await open(path).catch(cannot);
		try {
			const { size, mtimeMs } = await file.stat();
			const first = await read(file, { offset: 0, length: Math.min(firstBytes, size) });
			const header = readHeader(first, size);
			const { root, packing } = header;
			const directory = first.subarray(root.offset, root.offset + root.length);
			return new TileArchive(file, {
				header,
				root: readDirectory(await unpack(directory, packing, mostOfDirectory)),
				credit: creditIn(await metadataOf(file, header)),
				version: `${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}`
			});
		} catch (reason) {
			await file.close();
			throw reason;
		}
	}

	/** The bytes of a tile, unpacked; null where there is none. @throws TilesFault where the file is broken */
	tile(z: number, x: number, y: number): Promise<Buffer | null> {
		const { minZoom, maxZoom, tiles, tilePacking } = this.header;
		if (!isTile(z, x, y) || z < minZoom || z > maxZoom) return Promise.resolve(null);
		return this.#turn(async () => {
			const at = await this.#find(tileNumber(z, x, y));
			if (!at) return null;
			const bytes = await read(this.#file, within(tiles, at, mostOfTile));
			return unpack(bytes, tilePacking, mostOfTile);
		});
	}

	close = () => this.#file.close();

	async #find(number: number): Promise<Part | null> {
		let directory = this.#root;
		for (let depth = 0; depth <= deepest; depth++) {
			const found = findIn(directory, number);
			if (found?.what !== 'directory') return found;
			directory = await this.#leaf(found);
		}
		throw new TilesFault('its directories lead into one another and never to a tile');
	}

	/** A directory below the first: kept, and read once however many wait for it. */
	async #leaf(part: Part): Promise<Directory> {
		const kept = this.#kept.get(part.offset);
		if (kept) {
			this.#kept.delete(part.offset);
			this.#kept.set(part.offset, kept);
			return kept;
		}
		const coming = this.#coming.get(part.offset) ?? this.#fetch(part);
		this.#coming.set(part.offset, coming);
		return coming;
	}

	async #fetch(part: Part): Promise<Directory> {
		try {
			const { leaves, packing } = this.header;
			const bytes = await read(this.#file, within(leaves, part, mostOfDirectory));
			const directory = readDirectory(await unpack(bytes, packing, mostOfDirectory));
			this.#keep(part.offset, directory);
			return directory;
		} finally {
			this.#coming.delete(part.offset);
		}
	}

	#keep(offset: number, directory: Directory) {
		this.#kept.set(offset, directory);
		this.#keptBytes += weight(directory);
		for (const [oldest, each] of this.#kept) {
			if (this.#keptBytes <= mostKept) break;
			this.#kept.delete(oldest);
			this.#keptBytes -= weight(each);
		}
	}
}

const weight = ({ numbers }: Directory) => numbers.length * 32;

/** A part of a section, as a place in the file. */
function within(section: Part, { offset, length }: Part, most: number): Part {
	if (offset + length > section.length) throw new TilesFault('it points beyond its own end');
	if (length > most) throw new TilesFault(`a part of it is larger than ${most / 1e6} MB`);
	return { offset: section.offset + offset, length };
}

async function read(file: FileHandle, { offset, length }: Part): Promise<Buffer> {
	const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, offset);
	if (bytesRead < length) throw new TilesFault('it became shorter while it was read');
	return buffer;
}

async function metadataOf(file: FileHandle, { metadata, packing }: ArchiveHeader) {
	if (!metadata.length) return {};
	const bytes = await read(file, within({ offset: 0, length: Infinity }, metadata, mostOfMetadata));
	try {
		return JSON.parse((await unpack(bytes, packing, mostOfMetadata)).toString()) as unknown;
	} catch (reason) {
		if (reason instanceof TilesFault) throw reason;
		throw new TilesFault('its metadata is no JSON');
	}
}

/** Who made the map, as text: some write HTML here. */
function creditIn(metadata: unknown): string {
	const credit = (metadata as { attribution?: unknown } | null)?.attribution;
	if (typeof credit !== 'string') return '';
	return credit
		.slice(0, 1000)
		.replace(/<[^>]*>/g, ' ')
		.replaceAll('&copy;', '©')
		.replaceAll('&amp;', '&')
		.replace(/\s+/g, ' ')
		.trim()
		.slice(0, 200);
}
