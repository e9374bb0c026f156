import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCorners, ringObstacle, showCorners, type Ring } from './area.ts';

// prettier-ignore
test.each([
	['nothing', '  ', 'no_area'],
	['two corners', '-33.2, 28.5\n-33.3, 28.5', 'too_few_corners'],
	['words', 'from the mill\nto the hall', 'not_numbers'],
	['a number missing', '-33.2, 28.5\n-33.3\n-33.3, 28.6', 'not_numbers'],
	['an endless number', '-33.2, 28.5\n1e999, 28.5\n-33.3, 28.6', 'not_numbers'],
	['a corner twice', '-33.2, 28.5\n-33.3, 28.5\n-33.2, 28.5\n-33.3, 28.6', 'corner_twice'],
	['beyond the pole', '-93.2, 28.5\n-33.3, 28.5\n-33.3, 28.6', 'not_on_earth'],
	['GeoJSON that is not closed', '{"type":"Polygon","coordinates":[[[28.5,-33.2],[28.6,-33.2],[28.6,-33.3],[28.5,-33.3]]]}', 'not_closed'],
	['GeoJSON with a hole', '{"type":"Polygon","coordinates":[[[28.5,-33.2],[28.6,-33.2],[28.6,-33.3],[28.5,-33.2]],[[28.51,-33.21],[28.52,-33.21],[28.52,-33.22],[28.51,-33.21]]]}', 'has_a_hole'],
	['a line', '{"type":"LineString","coordinates":[[28.5,-33.2],[28.6,-33.2]]}', 'not_polygons'],
	['half a file', '{"type":"Polygon","coord', 'not_polygons'],
	['a polygon of nothing', '{"type":"Polygon","coordinates":[]}', 'not_polygons'],
	['heights', '{"type":"Polygon","coordinates":[[[28.5,-33.2,4],[28.6,-33.2,4],[28.6,-33.3,4],[28.5,-33.2,4]]]}', 'not_polygons']
])('%s is refused with its reason', (_, said, obstacle) => {
	expect(readCorners(said)).toEqual({ obstacle });
});

test('a list of corners is latitude first and closes itself; GeoJSON is longitude first', () => {
	const ring = [
		[28.5, -33.2],
		[28.6, -33.2],
		[28.6, -33.3],
		[28.5, -33.2]
	];
	expect(readCorners('-33.2, 28.5\n-33.2 28.6; -33.3,28.6')).toEqual({ rings: [ring] });
	expect(
		readCorners(
			JSON.stringify({ type: 'Feature', geometry: { type: 'MultiPolygon', coordinates: [[ring]] } })
		)
	).toEqual({ rings: [ring] });
});

test('what the form shows again is read as the same area, to six decimals', () => {
	const corner = fc.tuple(
		fc.double({ min: 16, max: 33, noNaN: true }),
		fc.double({ min: -35, max: -22, noNaN: true })
	);
	fc.assert(
		fc.property(
			fc.array(fc.array(corner, { minLength: 3, maxLength: 12 }), { minLength: 1, maxLength: 3 }),
			(polygons) => {
				const rings = polygons.map((each): Ring =>
					[...each, each[0]].map(([lon, lat]) => [Number(lon.toFixed(6)), Number(lat.toFixed(6))])
				);
				if (rings.some(ringObstacle)) return;
				expect(readCorners(showCorners(rings))).toEqual({ rings });
			}
		)
	);
});
