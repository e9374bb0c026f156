import { expect, test } from 'vitest';
import { partsOf } from './parts.ts';

const square = (x: number, y: number) => [
	[
		[x, y],
		[x + 1, y],
		[x + 1, y + 1],
		[x, y + 1],
		[x, y]
	]
];
const area = (...squares: number[][][][]) => ({
	type: 'MultiPolygon' as const,
	coordinates: squares
});

test.each([
	['one square', area(square(0, 0)), [1]],
	['two that do not touch', area(square(0, 0), square(3, 3)), [1, 1]],
	['two that touch at a corner', area(square(0, 0), square(1, 1)), [2]],
	['a third that joins the two before it', area(square(0, 0), square(2, 2), square(1, 1)), [3]],
	['two pairs', area(square(0, 0), square(5, 5), square(1, 1), square(6, 6)), [2, 2]]
])('%s', (_, whole, polygons) => {
	const parts = partsOf(whole);
	expect(parts.map(({ coordinates }) => coordinates.length)).toEqual(polygons);
	expect(new Set(parts.flatMap(({ coordinates }) => coordinates))).toEqual(
		new Set(whole.coordinates)
	);
});
