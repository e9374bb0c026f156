import type { MapDrawing } from '../../geography/drawing.ts';
import { onGrid, pathOf, thin, type Corner } from '../../geography/lines.ts';
import type { Position } from '../../geography/position.ts';
import { mapOf } from '../../geography/server/index.ts';
import type { Db } from '../../platform/server/db.ts';
import { log } from '../../platform/server/log.ts';
import type { Route, Shelter } from './places.ts';

/** Ground around the outermost place, in metres. */
const around = 500;

/** The ground with the ways out on it, as the path of an SVG. */
export interface SafeMap {
	drawing: MapDrawing;
	ways: string;
}

/** A map of what residents are offered; null where there is nothing to draw, or it cannot be drawn: the list says it all. */
export async function safeMapOf(
	db: Db,
	municipalityId: string,
	{ shelters, routes }: { shelters: Shelter[]; routes: Route[] },
	now = new Date()
): Promise<SafeMap | null> {
	const ends: Position[] = [
		...shelters.map(({ lon, lat }) => ({ lon, lat })),
		...routes.flatMap(({ line }) => line.map(([lon, lat]) => ({ lon, lat })))
	];
	if (!ends.length) return null;
	try {
		// By itself: what fails here undoes nothing of what is under way.
		const drawing = await db.transaction((tx) =>
			mapOf(tx, municipalityId, { around: ends, metres: around }, now)
		);
		return drawing && { drawing, ways: routes.map(({ line }) => pathOn(drawing, line)).join('') };
	} catch (reason) {
		log.error({ municipality: municipalityId, err: reason }, 'map of safe places not drawn');
		return null;
	}
}

function pathOn({ bounds, width, height }: MapDrawing, line: Array<[number, number]>): string {
	const [west, south, east, north] = bounds;
	const corners = line.map(([lon, lat]): Corner => [
		((lon - west) / (east - west)) * width,
		((north - lat) / (north - south)) * height
	]);
	return pathOf(thin(onGrid(corners), 0.9));
}
