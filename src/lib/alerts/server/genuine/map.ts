import sharp from 'sharp';
import type { MapDrawing } from '../../../geography/drawing.ts';
import { mapOf } from '../../../geography/server/index.ts';
import { linesOf } from '../../../platform/letters.ts';
import type { Db } from '../../../platform/server/db.ts';
import { log } from '../../../platform/server/log.ts';
import type { Alert } from '../../alert.ts';
import { areaPath, cornersOf } from '../../area-path.ts';

/** Ground around an area, so that people see where it lies, in metres. */
const around = 700;

export interface AlertMap {
	drawing: MapDrawing;
	path: string;
}

const mostMaps = 100;
const maps = new Map<string, Promise<AlertMap | null>>();

/** Drawn once for each version: its area is frozen, and drawing reads every ward and place around it. */
function mapFor(db: Db, alert: Alert): Promise<AlertMap | null> {
	const known = maps.get(alert.id);
	if (known) return known;
	if (maps.size >= mostMaps) maps.clear();
	const drawn = drawMap(db, alert);
	maps.set(alert.id, drawn);
	drawn.catch(() => maps.delete(alert.id));
	return drawn;
}

/** A warning whose map cannot be drawn is shown without one: people must read it. The fault is ours to mend. */
export async function mapOrNot(db: Db, alert: Alert): Promise<AlertMap | null> {
	try {
		// By itself: what fails here undoes nothing of what is under way.
		return await db.transaction((tx) => mapFor(tx, alert));
	} catch (reason) {
		log.error({ alert: alert.id, err: reason }, 'map not drawn');
		return null;
	}
}

async function drawMap(db: Db, { municipalityId, area }: Alert): Promise<AlertMap | null> {
	const drawing = await mapOf(db, municipalityId, { around: cornersOf(area), metres: around });
	return drawing && { drawing, path: areaPath(drawing, area) };
}

/** How many pixels of the picture one unit of the drawing is. */
const scale = 2;
const letterSize = 0.62;

/** The map as a picture for those who receive the warning as CAP: it needs no font, and no style sheet. */
export function drawMapPicture({ drawing, path }: AlertMap): Promise<Buffer> {
	const { width, height, labels } = drawing;
	const line = (d: string, colour: string, wide: number) =>
		d && `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${wide}"/>`;
	const fill = (d: string, colour: string) => d && `<path d="${d}" fill="${colour}"/>`;
	const names = labels.map(({ text, x, y }) => {
		const [said] = linesOf(text, 1_000_000, 1);
		if (!said) return '';
		const left = (x / 100) * width - (said.width * letterSize) / 2;
		const at = `translate(${left.toFixed(1)} ${((y / 100) * height + 4).toFixed(1)}) scale(${letterSize})`;
		return `<g transform="${at}" stroke="#fff" stroke-width="6">${said.svg}</g><g transform="${at}" stroke="#1b1930" stroke-width="2">${said.svg}</g>`;
	});
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width * scale}" height="${height * scale}" fill="none" stroke-linecap="round" stroke-linejoin="round">
<rect width="100%" height="100%" fill="#f2f0f5"/>
${line(drawing.coast, '#bcd5e8', 26)}${fill(drawing.land, '#fff')}${fill(drawing.parks, '#dde8d8')}${fill(drawing.lakes, '#bcd5e8')}
${line(drawing.rivers, '#bcd5e8', drawing.riverWidth)}${line(drawing.roads, '#d8d4de', 2.5)}${line(drawing.mainRoads, '#d8d4de', drawing.mainRoadWidth)}
<path d="${drawing.lines}" stroke="#8a8699" stroke-width="1.6" stroke-dasharray="0.1 4"/>
<pattern id="area" width="8" height="8" patternUnits="userSpaceOnUse"><path d="M-2 2l4-4M0 8l8-8M6 10l4-4" stroke="#a00915" stroke-width="1.6"/></pattern>
<path d="${path}" fill="url(#area)" stroke="#a00915" stroke-width="2.5"/>
${names.join('\n')}
</svg>`;
	return sharp(Buffer.from(svg)).png({ palette: true, effort: 4 }).toBuffer();
}
