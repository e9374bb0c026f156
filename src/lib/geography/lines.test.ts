import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundsAround, drawMap, spotOn } from './drawing.ts';
import { onGrid, pathOf, sharedLines, thinTogether, trimmed, type Corner } from './lines.ts';

// Two fields side by side; the fence between them wobbles by less than anybody can see.
const fence: Corner[] = [
	[10, 0],
	[10, 3],
	[11, 5],
	[10, 7],
	[10, 10]
];
const left: Corner[] = [[0, 0], ...fence, [0, 10], [0, 0]];
const right: Corner[] = [[20, 0], [20, 10], ...fence.toReversed(), [20, 0]];

test('a line between neighbours is drawn once and the outside once', () => {
	const chains = sharedLines([left, right], 0);
	expect(chains.filter(({ areas }) => areas === 2)).toHaveLength(1);
	expect(chains.filter(({ areas }) => areas === 1)).toHaveLength(2);
});

test('neighbours thinned together still share every corner of their fence', () => {
	const [a, b] = thinTogether([left, right], 2).map((ring) => ring.map(String));
	expect(a.filter((corner) => b.includes(corner))).toEqual(['10,0', '10,10']);
	expect(a).not.toContain('11,5');
});

test('corners that fall together on the grid become one', () => {
	expect(
		onGrid([
			[0.2, 0.1],
			[0.4, 0.3],
			[5.6, 0]
		])
	).toEqual([
		[0, 0],
		[6, 0]
	]);
});

/** Whether a ray to the east leaves the ring an odd number of times. */
const holds = (ring: Corner[], [x, y]: Corner) =>
	ring.filter(([ax, ay], i) => {
		const [bx, by] = ring[(i + 1) % ring.length];
		return ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax);
	}).length %
		2 ===
	1;

test('corners far beyond the box are left out, and nothing inside of it changes', () => {
	const around: Corner[] = [
		[-50, -50],
		[-90, 5],
		[-50, 50],
		[5, 5]
	];
	expect(trimmed(around, [0, 0, 10, 10])).toEqual([around[0], around[2], around[3]]);

	const corner = fc.tuple(fc.integer({ min: -40, max: 50 }), fc.integer({ min: -40, max: 50 }));
	const within = fc.tuple(
		fc.double({ min: 0.01, max: 9.99, noNaN: true }),
		fc.double({ min: 0.01, max: 9.99, noNaN: true })
	);
	fc.assert(
		fc.property(fc.array(corner, { minLength: 4, maxLength: 30 }), within, (ring, point) => {
			expect(holds(trimmed(ring, [0, 0, 10, 10]), point)).toBe(holds(ring, point));
		})
	);
});

test.each<[Corner[], boolean, string]>([
	[
		[
			[58, 52],
			[40, 0],
			[41, 3]
		],
		false,
		'M58 52l-18-52 1 3'
	],
	[
		[
			[0, 0],
			[9, 0],
			[9, 9],
			[0, 0]
		],
		true,
		'M0 0l9 0 0 9z'
	],
	[[[1, 1]], false, '']
])('a path is short', (line, closed, path) => {
	expect(pathOf(line, closed)).toBe(path);
});

test('a kilometre is as long across as down, and what is asked for is on the map', () => {
	const clinic = { lon: 28.5, lat: -33.2 };
	const drawing = drawMap({ wards: [], features: [], bounds: boundsAround([clinic], 500) });
	expect(spotOn(drawing, clinic)).toEqual({ x: 50, y: 50 });
	const north = spotOn(drawing, { lon: 28.5, lat: -33.2 + 400 / 111_195 })!;
	const east = spotOn(drawing, {
		lon: 28.5 + 400 / (111_195 * Math.cos((33.2 * Math.PI) / 180)),
		lat: -33.2
	})!;
	expect(((50 - north.y) / 100) * drawing.height).toBeCloseTo(
		((east.x - 50) / 100) * drawing.width,
		0
	);
	expect(spotOn(drawing, { lon: 29, lat: -33.2 })).toBe(null);
});

test('a map inside one ward is land, on an island of the dam land too, and on the dam water', () => {
	const square = (half: number): Array<[number, number]> => [
		[28.5 - half, -33.2 - half],
		[28.5 + half, -33.2 - half],
		[28.5 + half, -33.2 + half],
		[28.5 - half, -33.2 + half],
		[28.5 - half, -33.2 - half]
	];
	const ward = { code: '1', number: 1, rings: [square(0.5)], inside: { lon: 28.5, lat: -33.2 } };
	const dam = { kind: 'lake' as const, name: 'Dam', lines: [square(0.2), square(0.1)] };
	const at = (lon: number) =>
		drawMap({ wards: [ward], features: [dam], bounds: boundsAround([{ lon, lat: -33.2 }], 100) });
	const box = 'M0 0h360v300h-360z';
	expect([at(28.5).land, at(28.5).lakes]).toEqual([box, '']);
	expect([at(28.65).land, at(28.65).lakes]).toEqual([box, box]);
	expect([at(29.5).land, at(29.5).lakes]).toEqual(['', '']);
	expect(at(28.6).lakes).not.toBe(box);
	expect(at(28.6).lakes.match(/M/g)).toHaveLength(2);
});
