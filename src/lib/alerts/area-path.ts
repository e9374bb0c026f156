import type { MapDrawing } from '../geography/drawing.ts';
import type { AlertArea } from './alert.ts';

/** The outline of an area on a drawn map, as the path of an SVG. */
export function areaPath(
	{ bounds, width, height }: Pick<MapDrawing, 'bounds' | 'width' | 'height'>,
	{ coordinates }: AlertArea
): string {
	const [west, south, east, north] = bounds;
	const place = ([lon, lat]: number[]) =>
		`${Math.round(((lon - west) / (east - west)) * width)} ${Math.round(((north - lat) / (north - south)) * height)}`;
	return coordinates
		.flat()
		.map((ring) => {
			const corners = ring.slice(0, -1).map(place);
			// Corners that fall on the same spot say nothing at this size.
			return `M${corners.filter((corner, i) => corner !== corners[i - 1]).join('L')}z`;
		})
		.join('');
}

/** How much ground to draw around an area: its corners, thinned out. */
export function cornersOf({ coordinates }: AlertArea): Array<{ lon: number; lat: number }> {
	const corners = coordinates.flat(2);
	const [lons, lats] = [corners.map(([lon]) => lon), corners.map(([, lat]) => lat)];
	const edge = (values: number[], pick: (a: number, b: number) => number) =>
		values.reduce((a, b) => pick(a, b));
	const [west, east] = [edge(lons, Math.min), edge(lons, Math.max)];
	const [south, north] = [edge(lats, Math.min), edge(lats, Math.max)];
	return [
		{ lon: west, lat: south },
		{ lon: east, lat: north }
	];
}
