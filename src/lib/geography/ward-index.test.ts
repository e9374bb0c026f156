import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexWards, type WardShape } from './ward-index.ts';

const ring = (...pairs: Array<[number, number]>) => new Float64Array([...pairs, pairs[0]].flat());
const box = (w: number, s: number, e: number, n: number) => ring([w, s], [e, s], [e, n], [w, n]);
const ward = (code: string, ...rings: Float64Array[]): WardShape => ({
	code,
	municipalityId: 'khanyisa',
	boundarySetId: 'set',
	simplified: false,
	rings
});

// Ward 1 is a ring around ward 2; ward 3 has an island of its own; 4 leans against 1.
const index = indexWards([
	ward('4', ring([10, 0], [20, 0], [10, 10])),
	ward('1', box(0, 0, 10, 10), box(3, 3, 7, 7)),
	ward('2', box(3, 3, 7, 7)),
	ward('3', box(0, 20, 4, 24), box(6, 20, 8, 22), box(6.5, 20.5, 7, 21))
]);

test.each([
	['inside ward 1', 1, 1, '1'],
	['in the hole of ward 1, which is ward 2', 5, 5, '2'],
	['on the line between 1 and 2, which is both', 3, 5, '1'],
	['on a corner of the hole', 7, 7, '1'],
	['on the line between 1 and 4', 10, 5, '1'],
	['on the corner where 1 and 4 end', 10, 10, '1'],
	['on the level upper line', 5, 10, '1'],
	['on the level lower line', 5, 0, '1'],
	['inside ward 4', 12, 2, '4'],
	['on the slope of ward 4', 15, 5, '4'],
	['just beyond the slope of ward 4', 15.000001, 5, undefined],
	['inside the mainland of ward 3', 2, 22, '3'],
	['on the island of ward 3', 6.2, 21, '3'],
	['in the lake on the island', 6.7, 20.7, undefined],
	['on the shore of the lake', 6.5, 20.7, '3'],
	['between island and mainland', 5, 21, undefined],
	['level with a corner, outside', 21, 0, undefined],
	['far away', 50, 50, undefined]
])('%s', (_, lon, lat, code) => {
	expect(index.at({ lon, lat })?.code).toBe(code);
});

test('a municipality finds only its own wards', () => {
	expect(index.at({ lon: 1, lat: 1 }, 'thokozani')).toBe(null);
	expect(index.near({ lon: 1, lat: 1 }, 1e6, 'thokozani')).toEqual([]);
});

test('without wards there is no ward', () => {
	expect(indexWards([]).at({ lon: 1, lat: 1 })).toBe(null);
});

test('near a line both wards are named, with metres', () => {
	const near = index.near({ lon: 10.0005, lat: 5 }, 100);
	expect(near.map(({ code }) => code)).toEqual(['4', '1']);
	expect(near[0].metres).toBe(0);
	expect(near[1].metres).toBeCloseTo(55.4, 1);
	expect(index.near({ lon: 10.0005, lat: 5 }, 50).map(({ code }) => code)).toEqual(['4']);
});

/** The slow, obvious way: every edge of every ward. */
function bruteForce(wards: WardShape[], x: number, y: number) {
	const covers = ({ rings }: WardShape) => {
		let inside = false;
		for (const r of rings)
			for (let i = 0; i + 3 < r.length; i += 2) {
				const [x1, y1, x2, y2] = r.slice(i, i + 4);
				const side = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1);
				const within =
					Math.min(x1, x2) <= x &&
					x <= Math.max(x1, x2) &&
					Math.min(y1, y2) <= y &&
					y <= Math.max(y1, y2);
				if (side === 0 && within) return true;
				if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
			}
		return inside;
	};
	return wards
		.filter(covers)
		.map(({ code }) => code)
		.sort()[0];
}

test('the index says what trying every edge says', () => {
	const star = fc.tuple(
		fc.integer({ min: -20, max: 20 }),
		fc.integer({ min: -20, max: 20 }),
		fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 3, maxLength: 90 })
	);
	const shape = ([cx, cy, radii]: [number, number, number[]]) =>
		ring(
			...radii.map((r, i): [number, number] => {
				const angle = (i / radii.length) * 2 * Math.PI;
				return [Math.round(cx + r * Math.cos(angle)), Math.round(cy + r * Math.sin(angle))];
			})
		);
	fc.assert(
		fc.property(
			fc.array(star, { minLength: 1, maxLength: 6 }),
			fc.array(fc.tuple(fc.integer({ min: -64, max: 64 }), fc.integer({ min: -64, max: 64 })), {
				minLength: 20,
				maxLength: 60
			}),
			(stars, points) => {
				const wards = stars.map((each, i) => ward(String(i), shape(each)));
				const made = indexWards(wards);
				for (const [a, b] of points) {
					const [lon, lat] = [a / 2, b / 2];
					expect(made.at({ lon, lat })?.code).toBe(bruteForce(wards, lon, lat));
				}
			}
		),
		{ numRuns: 300 }
	);
});
