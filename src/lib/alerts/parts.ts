import type { AlertArea } from './alert.ts';

/**
 * An area as the pieces that do not touch each other, each with all the polygons that share a corner with
 * one of it, in the order in which they stand. Polygons of a measured area share whole corners or nothing:
 * PostGIS has joined what overlaps or lies edge to edge.
 */
export function partsOf({ coordinates }: AlertArea): AlertArea[] {
	const parts: Array<{ polygons: number[][][][]; corners: Set<string> }> = [];
	for (const polygon of coordinates) {
		const corners = new Set(polygon.flat().map(String));
		const touching = parts.filter((part) => [...corners].some((each) => part.corners.has(each)));
		const joined = touching[0] ?? { polygons: [], corners: new Set<string>() };
		if (!touching.length) parts.push(joined);
		for (const other of touching.slice(1)) {
			joined.polygons.push(...other.polygons);
			for (const each of other.corners) joined.corners.add(each);
			parts.splice(parts.indexOf(other), 1);
		}
		joined.polygons.push(polygon);
		for (const each of corners) joined.corners.add(each);
	}
	return parts.map(({ polygons }) => ({ type: 'MultiPolygon', coordinates: polygons }));
}
