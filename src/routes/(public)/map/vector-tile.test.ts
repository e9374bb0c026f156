import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { vectorTile, type Drawn } from '../../../../tests/support/vector-tile.ts';
import { readTile } from './vector-tile.ts';

const dam: Drawn = {
	layer: 'water',
	type: 'area',
	tags: { kind: 'lake', name: 'Khanyisa Dam' },
	parts: [
		[
			[0, 0],
			[2048, 0],
			[2048, 4096]
		]
	]
};
const road: Drawn = {
	layer: 'roads',
	type: 'line',
	tags: { kind: 'major_road', kind_detail: 'primary', name: '<b>School Street</b>' },
	parts: [
		[
			[-64, 100],
			[4160, 100]
		],
		[
			[10, 10],
			[5, 5]
		]
	]
};

test('shapes are read with what they are, what they are called and where their corners lie', () => {
	const [water, street] = readTile(vectorTile([dam, road]));
	expect(water).toMatchObject({ layer: 'water', type: 'area', name: 'Khanyisa Dam' });
	expect(water.kind).toContain('lake');
	expect(water.parts).toEqual([
		[
			[0, 0],
			[0.5, 0],
			[0.5, 1],
			[0, 0]
		]
	]);
	expect(street).toMatchObject({ layer: 'roads', type: 'line', name: '<b>School Street</b>' });
	expect(street.kind).toMatch(/major_road.*primary/);
	expect(street.parts).toHaveLength(2);
	expect(street.parts[0][0]).toEqual([-64 / 4096, 100 / 4096]);
});

test('a tile with nothing in it is one', () => expect(readTile(new Uint8Array())).toEqual([]));

describe('what is no tile is refused, and what is too much is left out', () => {
	const feature = (geometry: number[]) => [0x22, geometry.length, ...geometry];
	const layer = (geometry: number[]) => {
		const body = feature(geometry);
		return Uint8Array.from([0x1a, body.length + 2, 0x12, body.length, ...body]);
	};
	test.each([
		['a tile that was cut off', vectorTile([dam, road]).subarray(0, -9)],
		['a billion corners in five bytes', layer([0xf9, 0xff, 0xff, 0xff, 0x0f])],
		['a command nobody knows', layer([0x0b, 0, 0])],
		['a length without an end', Uint8Array.from([0x1a, 0xff, 0xff, 0xff, 0xff, 0xff])],
		['a web page', Buffer.from('<!doctype html><title>404</title>')]
	])('%s', (_, bytes) => expect(() => readTile(bytes)).toThrow(/^A tile/));

	test('lines and ends before anything began draw nothing', () => {
		expect(readTile(layer([0x0a, 2, 2]))[0].parts).toEqual([]);
		expect(readTile(layer([0x0f]))[0].parts).toEqual([]);
	});

	test('a hundred thousand shapes are twenty thousand', () => {
		const many = Array<number>(100_000)
			.fill(0)
			.flatMap(() => [0x12, 0]);
		const length = [0xc0, 0x9a, 0x0c];
		expect(readTile(Uint8Array.from([0x1a, ...length, ...many]))).toHaveLength(20_000);
	});

	test('whatever the bytes are, they are read or refused', () => {
		fc.assert(
			fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(60), (noise, at) => {
				const tile = vectorTile([dam, road]);
				tile.set(noise.subarray(0, tile.length - at), at);
				for (const bytes of [noise, tile])
					try {
						readTile(bytes);
					} catch (reason) {
						expect((reason as Error).message).toMatch(/^A tile/);
					}
			})
		);
	});
});
