import { describe, expect, test } from 'vitest';
import { statesOfType, states } from '../cases/rules.ts';
import {
	clustersOf,
	groupOf,
	groupsIn,
	latOf,
	lonOf,
	mapX,
	mapY,
	readView,
	squaresOf,
	type View
} from './map.ts';

const view = (query: string) => readView(new URLSearchParams(query));
const thembeni = 'bbox=28.49,-33.25,28.53,-33.22&zoom=14';

describe('what somebody looks at', () => {
	test.each([
		['', 'no_bbox'],
		['zoom=12', 'no_bbox'],
		['bbox=1,2,3&zoom=12', 'not_numbers'],
		['bbox=NaN,2,3,4&zoom=12', 'not_numbers'],
		['bbox=28,,29,-33&zoom=12', 'not_numbers'],
		['bbox=1,2,3,4,5&zoom=12', 'not_numbers'],
		['bbox=Infinity,-34,29,-33&zoom=12', 'not_numbers'],
		["bbox=1'%20or%201=1,2,3,4&zoom=12", 'not_numbers'],
		['bbox=1e9,-34,29,-33&zoom=12', 'outside'],
		['bbox=28,-134,29,-33&zoom=12', 'outside'],
		['bbox=28.49,-33.22,28.53,-33.25&zoom=14', 'upside_down'],
		['bbox=28.49,-33.22,28.53,-33.22&zoom=14', 'upside_down'],
		['bbox=28.49,-33.25,28.53,-33.22', 'no_zoom'],
		['bbox=28.49,-33.25,28.53,-33.22&zoom=12.5', 'no_zoom'],
		['bbox=28.49,-33.25,28.53,-33.22&zoom=-1', 'no_zoom'],
		['bbox=28.49,-33.25,28.53,-33.22&zoom=99', 'no_zoom'],
		['bbox=28.49,-33.25,28.53,-33.22&zoom=NaN', 'no_zoom'],
		['bbox=28.49,-33.25,28.53,-33.22&zoom=1e400', 'no_zoom'],
		['bbox=,,,&zoom=12', 'not_numbers'],
		['bbox=-Infinity,-34,29,-33&zoom=12', 'not_numbers'],
		['bbox=28,-34,29,1e999&zoom=12', 'not_numbers'],
		['bbox=28;-34;29;-33&zoom=12', 'not_numbers'],
		['bbox=28,-34,29,-33%00&zoom=12', 'not_numbers'],
		['bbox=-541,-34,29,-33&zoom=12', 'outside'],
		['bbox=28,-34,541,-33&zoom=12', 'outside'],
		['bbox=28,-34,29,90.0001&zoom=12', 'outside'],
		[`bbox=${'9'.repeat(197)},-34,29,-33&zoom=12`, 'not_numbers'],
		[`bbox=${'9'.repeat(180)},-34,29,-33&zoom=12`, 'outside'],
		[`bbox=28,-34,29,-33${',-33'.repeat(10_000)}&zoom=12`, 'not_numbers']
	])('“%s” is refused as %s', (query, obstacle) => expect(view(query)).toBe(obstacle));

	test('Thembeni is a screen of squares', () => {
		const { zoom, rows, columns } = squaresOf(view(thembeni) as View);
		expect(zoom).toBe(14);
		expect(columns).toHaveLength(1);
		expect((rows.to - rows.from + 1) * (columns[0].to - columns[0].from + 1)).toBeLessThan(150);
	});

	test('the whole world at the closest zoom is answered coarsely, never by a walk over every square', () => {
		const { zoom, rows, columns } = squaresOf(view('bbox=-180,-90,180,90&zoom=18') as View);
		expect(zoom).toBe(4);
		expect([rows, columns]).toEqual([{ from: 0, to: 63 }, [{ from: 0, to: 63 }]]);
		expect(view('bbox=-400,-80,400,80&zoom=3')).toMatchObject({ west: -180, east: 180, zoom: 4 });
	});

	test('across the date line it is two pieces; a map dragged around the world comes back', () => {
		const { columns } = squaresOf(view('bbox=179,-20,-179,-10&zoom=8') as View);
		expect(columns).toHaveLength(2);
		expect(columns[1].from).toBe(0);
		expect(view('bbox=388.49,-33.25,388.53,-33.22&zoom=14')).toEqual({
			...(view(thembeni) as View),
			west: expect.closeTo(28.49) as number,
			east: expect.closeTo(28.53) as number
		});
	});

	const [world, half] = [2 ** 32, 2 ** 31];
	const turn = (degrees: number) => Math.floor(((degrees + 180) / 360) * world);
	// What is seen of the world's width, from the west: each span from and to, in degrees.
	test.each([
		['a screen', '28,-34,29,-33', [[28, 29]]],
		[
			'across the date line',
			'179,-20,-179,-10',
			[
				[179, 180],
				[-180, -179]
			]
		],
		[
			'across it, counted on beyond 180',
			'179,-20,181,-10',
			[
				[179, 180],
				[-180, -179]
			]
		],
		[
			'across it, counted on beyond -180',
			'-181,-20,-179,-10',
			[
				[179, 180],
				[-180, -179]
			]
		],
		[
			'east over west, most of the way round',
			'29,-34,28,-33',
			[
				[29, 180],
				[-180, 28]
			]
		],
		['as narrow as a line', '28,-34,28,-33', [[28, 28]]],
		[
			'as narrow as the date line',
			'180,-34,-180,-33',
			[
				[180, 180],
				[-180, -180]
			]
		],
		['nothing but the date line', '180,-34,180,-33', [[180, 180]]],
		['the world', '-180,-34,180,-33', [[-180, 180]]],
		['three worlds side by side', '-540,-34,540,-33', [[-180, 180]]],
		['the world from the middle', '0,-34,360,-33', [[-180, 180]]],
		[
			'the other way round the world',
			'540,-34,-540,-33',
			[
				[180, 180],
				[-180, -180]
			]
		],
		['dragged a turn to the east', '388,-34,389,-33', [[28, 29]]],
		['dragged a turn to the west', '-332,-34,-331,-33', [[28, 29]]],
		['written with spaces and exponents', ' 2.8e1 , -34,29 ,-3.3E1', [[28, 29]]]
	])('%s is %s', (_, bbox, spans) => {
		for (const zoom of [0, 4, 13, 16, 22]) {
			const seen = squaresOf(view(`bbox=${bbox}&zoom=${zoom}`) as View);
			const size = 2 ** (30 - seen.zoom);
			expect(seen.columns).toEqual(
				spans.map((span) => {
					const [from, to] = span.map((each) => Math.min(turn(each), world - 1));
					return { from: Math.floor(from / size), to: Math.floor(to / size) };
				})
			);
			const across = seen.columns.reduce((sum, { from, to }) => sum + to - from + 1, 0);
			expect((seen.rows.to - seen.rows.from + 1) * across).toBeLessThanOrEqual(4096);
		}
	});

	test('from pole to pole, and at a pole, there are rows', () => {
		for (const zoom of [4, 16]) {
			const rows = (south: number, north: number) =>
				squaresOf(view(`bbox=28,${south},28.001,${north}&zoom=${zoom}`) as View).rows;
			expect(rows(-90, 90).from).toBe(0);
			expect(rows(89, 90)).toEqual({ from: 0, to: 0 });
			expect(rows(-90, -89).to).toBe(rows(-90, -89).from);
		}
		expect(turn(0)).toBe(half);
	});

	test('a position goes to the map and back within a centimetre', () => {
		expect(lonOf(mapX(28.5132))).toBeCloseTo(28.5132, 6);
		expect(latOf(mapY(-33.2341))).toBeCloseTo(-33.2341, 6);
		expect([mapX(-180), mapX(180), mapY(90), mapY(-90)]).toEqual([0, 2 ** 32 - 1, 0, 2 ** 32 - 1]);
	});
});

describe('how they stand', () => {
	test('every state is counted in one group, and the groups of a list are its states', () => {
		for (const state of states) expect(groupsIn('all')).toContain(groupOf(state));
		expect(groupsIn('open')).toEqual(['open', 'paused']);
		expect(groupsIn('closed')).toEqual(['fixed', 'closed']);
		expect(groupsIn('fixed')).toEqual(['fixed']);
		expect(groupsIn('claimed')).toEqual(['claimed']);
		for (const state of statesOfType('paused')) expect(groupOf(state)).toBe('paused');
	});
});

describe('circles', () => {
	const square = 2 ** 18;
	const at = (cy: number, cx: number, n: number, dx = 0.5, dy = 0.5) => ({
		cy,
		cx,
		n,
		sumX: (cx + dx) * square * n,
		sumY: (cy + dy) * square * n
	});

	test('neighbours that would lie over one another become one, and nobody is counted twice or lost', () => {
		const found = clustersOf([at(10, 10, 5, 0.9), at(10, 11, 3, 0.1), at(10, 13, 2)], 12);
		expect(found.map(({ n }) => n)).toEqual([8, 2]);
	});

	test('those with room stay apart', () => {
		expect(clustersOf([at(10, 10, 5), at(10, 11, 3), at(12, 10, 1)], 12)).toHaveLength(3);
	});
});
