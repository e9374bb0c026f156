import type { Position } from '../geography/position.ts';

/** The furthest a map is zoomed out, as map tiles count: 0 is the world in 256 pixels. */
export const firstZoom = 4;

/** A spot somebody zoomed in to: its zoom as map tiles count. */
export interface LookedAt extends Position {
	zoom: number;
}

/** The closest the drawn map goes: a street corner. */
export const closest = 18;

/** A spot as an address holds it (`at=28.5136,-33.229,14`); null when there is none. */
export function readSpot(text: string | null): LookedAt | null {
	const [lon, lat, zoom, more] = (text ?? '').slice(0, 60).split(',').map(Number);
	const sound =
		Math.abs(lon) <= 180 &&
		Math.abs(lat) <= 85 &&
		Number.isInteger(zoom) &&
		zoom >= firstZoom &&
		zoom <= closest;
	return sound && more === undefined ? { lon, lat, zoom } : null;
}

/** The address of a spot, about a metre fine. */
export const writeSpot = ({ lon, lat, zoom }: LookedAt) =>
	`${lon.toFixed(5)},${lat.toFixed(5)},${Math.min(Math.max(zoom, firstZoom), closest)}`;

/** Metres on the ground under one pixel of a map tile. */
export const metresPerPixel = ({ lat, zoom }: Pick<LookedAt, 'lat' | 'zoom'>) =>
	(40_075_016.686 * Math.cos((lat * Math.PI) / 180)) / 256 / 2 ** zoom;
