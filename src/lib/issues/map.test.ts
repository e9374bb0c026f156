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
		['bbox=28.49,-33.25,28.53,-33.22&zoom=99', 'no_zoom']
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
