import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { archive, directory, makeArchive } from '../../../tests/support/pmtiles.ts';
import {
	findIn,
	isTile,
	readDirectory,
	readHeader,
	tileNumber,
	TilesFault,
	type ArchiveHeader
} from './pmtiles.ts';

const street = makeArchive({ tiles: [{ z: 3, x: 4, y: 4, bytes: Buffer.from('street') }] });
const changed = (change: (bytes: Buffer) => void) => {
	const bytes = Buffer.from(street);
	change(bytes);
	return bytes;
};
const header = (bytes: Buffer, size = bytes.length) => readHeader(bytes, size);

describe('the header', () => {
	test('says what the archive holds', () => {
		expect(header(street)).toMatchObject({
			packing: 'gzip',
			tilePacking: 'none',
			type: 'png',
			minZoom: 0,
			maxZoom: 14,
			bounds: [28.4, -33.35, 28.75, -33.05]
		} satisfies Partial<ArchiveHeader>);
	});

	const huge = 2n ** 64n - 1n;
	test.each([
		['nothing', Buffer.alloc(0), 'no PMTiles'],
		['a page that was saved by mistake', Buffer.from('<!doctype html>'), 'no PMTiles'],
		['an MBTiles file', Buffer.from('SQLite format 3\0'), 'MBTiles'],
		['its first half', street.subarray(0, 60), 'ends after 60 bytes'],
		['version 2', changed((bytes) => (bytes[7] = 2)), 'PMTiles 2'],
		['a copy that was cut off', street.subarray(0, street.length - 1), 'not copied whole'],
		['tiles beyond the end', changed((b) => b.writeBigUInt64LE(huge, 56)), 'not copied whole'],
		[
			'a first directory as large as can be said',
			changed((b) => b.writeBigUInt64LE(huge, 16)),
			'first directory'
		],
		['no first directory', changed((bytes) => bytes.fill(0, 16, 24)), 'first directory'],
		['a packing nobody knows', changed((bytes) => (bytes[97] = 9)), 'packed'],
		['tiles packed as nobody knows', changed((bytes) => (bytes[98] = 0)), 'packed'],
		['tiles of a kind nobody knows', changed((bytes) => (bytes[99] = 77)), 'kind 77'],
		['zooms the wrong way round', changed((bytes) => (bytes[100] = 20)), 'from 20 to 14'],
		['a zoom of 255', changed((bytes) => (bytes[101] = 255)), 'to 255']
	])('%s is refused', (_, bytes, reason) => {
		expect(() => header(bytes)).toThrow(TilesFault);
		expect(() => header(bytes)).toThrow(reason);
	});

	test('bounds that cannot be are the whole world', () => {
		const { bounds } = header(changed((bytes) => bytes.writeInt32LE(2 ** 31 - 1, 102)));
		expect(bounds).toEqual([-180, -85, 180, 85]);
	});

	test('whatever the bytes are, it is read or refused with a reason', () => {
		fc.assert(
			fc.property(fc.uint8Array({ minLength: 100, maxLength: 140 }), fc.nat(30), (noise, at) => {
				const bytes = changed((each) => each.set(noise.subarray(0, 120), Math.min(at, 7)));
				for (const each of [bytes, Buffer.from(noise)])
					try {
						header(each);
					} catch (reason) {
						expect(reason).toBeInstanceOf(TilesFault);
					}
			})
		);
	});
});

describe('a directory', () => {
	const two = directory([
		{ number: 5, run: 3, length: 10, offset: 0 },
		{ number: 20, run: 1, length: 7, offset: 10 },
		{ number: 30, run: 0, length: 99, offset: 4 }
	]);

	test('finds a tile, a run of the same, a directory below, and nothing in between', () => {
		const read = readDirectory(two);
		expect(findIn(read, 4)).toBeNull();
		expect(findIn(read, 5)).toEqual({ what: 'tile', offset: 0, length: 10 });
		expect(findIn(read, 7)).toEqual({ what: 'tile', offset: 0, length: 10 });
		expect(findIn(read, 8)).toBeNull();
		expect(findIn(read, 20)).toEqual({ what: 'tile', offset: 10, length: 7 });
		expect(findIn(read, 31_000)).toEqual({ what: 'directory', offset: 4, length: 99 });
	});

	test('an offset of 0 follows on from the one before', () => {
		const bytes = Buffer.from([2, 1, 1, 1, 1, 8, 9, 1, 0]);
		expect(findIn(readDirectory(bytes), 2)).toEqual({ what: 'tile', offset: 8, length: 9 });
	});

	test.each([
		['nothing in it', Buffer.from([0]), 'says it has 0'],
		['a billion entries in six bytes', Buffer.from([0xff, 0xff, 0xff, 0xff, 3, 1]), 'says it has'],
		['no end', two.subarray(0, two.length - 1), 'ends in the middle'],
		[
			'a number without an end',
			Buffer.from([1, ...Array<number>(12).fill(0x80)]),
			'without an end'
		],
		[
			'a number too large to count with',
			Buffer.from([1, ...Array<number>(7).fill(0xff), 0x7f, 1, 1, 1]),
			'too large'
		],
		['the same tile twice', Buffer.from([2, 1, 0, 1, 1, 8, 9, 1, 0]), 'twice'],
		['a tile of no bytes', Buffer.from([1, 1, 1, 0, 1]), 'no bytes'],
		['a first entry after nothing', Buffer.from([1, 1, 1, 4, 0]), 'begins nowhere']
	])('with %s is refused', (_, bytes, reason) => {
		expect(() => readDirectory(bytes)).toThrow(TilesFault);
		expect(() => readDirectory(bytes)).toThrow(reason);
	});

	test('whatever the bytes are, it is read or refused with a reason', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
				try {
					readDirectory(bytes);
				} catch (reason) {
					expect(reason).toBeInstanceOf(TilesFault);
				}
			})
		);
	});
});

describe('the numbers of tiles', () => {
	// The examples of the specification.
	test.each([
		[0, 0, 0, 0],
		[1, 0, 0, 1],
		[1, 0, 1, 2],
		[1, 1, 1, 3],
		[1, 1, 0, 4],
		[2, 0, 0, 5],
		[12, 3423, 1763, 19_078_479]
	])('%i/%i/%i is %i', (z, x, y, number) => expect(tileNumber(z, x, y)).toBe(number));

	test.each([1, 2, 3, 4])('at zoom %i each number is that of one tile', (z) => {
		const numbers = new Set<number>();
		for (let x = 0; x < 2 ** z; x++)
			for (let y = 0; y < 2 ** z; y++) numbers.add(tileNumber(z, x, y));
		expect(numbers.size).toBe(4 ** z);
		expect(Math.min(...numbers)).toBe((4 ** z - 1) / 3);
		expect(Math.max(...numbers)).toBe((4 ** (z + 1) - 1) / 3 - 1);
	});

	test('at the closest zoom they are still exact', () => {
		const last = (4 ** 23 - 1) / 3;
		const { x, y } = { x: 2 ** 22 - 1, y: 0 };
		expect(tileNumber(22, x, y)).toBe(last - 1);
	});

	test.each([
		[0, 0, 1, false],
		[22, 2 ** 22 - 1, 0, true],
		[22, 2 ** 22, 0, false],
		[23, 0, 0, false],
		[-1, 0, 0, false],
		[3, -1, 0, false],
		[3, 1.5, 0, false],
		[NaN, 0, 0, false],
		[3, Infinity, 0, false]
	])('%d/%d/%d is a tile: %s', (z, x, y, is) => expect(isTile(z, x, y)).toBe(is));
});

test('an archive with nothing but a header and a directory is one', () => {
	const none = Buffer.alloc(0);
	const root = directory([{ number: 0, run: 1, length: 1, offset: 0 }]);
	expect(
		header(archive({ root, metadata: none, leaves: none, tiles: none }, { packing: 'none' }))
			.packing
	).toBe('none');
});
