import type { Bounds, MapDrawing } from '../../../geography/drawing.ts';
import { mapOf } from '../../../geography/server/index.ts';
import type { Db } from '../../../platform/server/db.ts';
import type { Filters } from '../../filters.ts';
import { lastZoom } from '../../map.ts';
import { firstZoom, metresPerPixel, type LookedAt } from '../../spot.ts';
import { inSight, type InSight, type MapOf } from './viewport.ts';

export interface DrawnMap {
	drawing: MapDrawing;
	seen: InSight;
	/** How far it is zoomed in, as map tiles count. */
	zoom: number;
}

/** The map as a drawing: the municipality, a ward, or the surroundings of a spot. Null without ward lines. */
export async function drawnMap(
	db: Db,
	map: MapOf,
	filters: Filters,
	at: LookedAt | null
): Promise<DrawnMap | null> {
	const wish = at
		? { around: [at], metres: metresPerPixel(at) * 134, ward: filters.ward || null }
		: { ward: filters.ward || null };
	const drawing = await mapOf(db, map.municipalityId, wish);
	if (!drawing) return null;
	const [west, south, east, north] = drawing.bounds;
	const zoom = zoomOf(drawing.bounds, drawing.width);
	const view = { west, south, east, north, zoom };
	return { drawing, zoom, seen: await inSight(db, map, view, filters) };
}

/** The zoom at which bounds are so many pixels wide, rounded down so that circles have room. */
const zoomOf = ([west, , east]: Bounds, pixels: number) =>
	Math.min(
		Math.max(Math.floor(Math.log2((pixels * 360) / (256 * (east - west))) + 0.01), firstZoom),
		lastZoom
	);
