import sharp from 'sharp';
import type { Config } from '../../../platform/server/config.ts';
import { log } from '../../../platform/server/log.ts';
import type { Basemap } from '../../basemap.ts';
import { lastTileZoom, TilesFault, type TileType } from '../../pmtiles.ts';
import { TileArchive } from './archive.ts';

/** A tile as it is sent. */
export interface Tile {
	bytes: Buffer;
	type: string;
}

const mediaTypes: Record<TileType, string> = {
	vector: 'application/vnd.mapbox-vector-tile',
	png: 'image/png',
	jpeg: 'image/jpeg',
	webp: 'image/webp',
	avif: 'image/avif'
};
/** Tiles are 256 pixels wide, or 512 for fine screens. */
const mostPixels = 1024;

let basemap: Basemap | null = null;
let archive: TileArchive | null = null;

/** What lies under the map of this process, or null when only what was imported is drawn. */
export const basemapOf = () => basemap;

/**
 * Lays the operator's map under ours. A file that cannot be used is said in the log and left out:
 * a town needs its reports more than its streets.
 */
export async function layBasemap({
	TILE_URL,
	TILE_CREDIT = '',
	TILE_MAX_ZOOM,
	TILES_FILE
}: Pick<Config, 'TILE_URL' | 'TILE_CREDIT' | 'TILE_MAX_ZOOM' | 'TILES_FILE'>) {
	await liftBasemap();
	if (TILE_URL)
		basemap = {
			url: TILE_URL,
			look: 'picture',
			credit: TILE_CREDIT,
			minZoom: 0,
			maxZoom: TILE_MAX_ZOOM,
			...(TILE_URL.startsWith('https:') && { origin: new URL(TILE_URL).origin })
		};
	if (!TILES_FILE) return;
	try {
		archive = await TileArchive.open(TILES_FILE);
		basemap = describe(archive, TILE_CREDIT);
	} catch (reason) {
		log.error(
			{ file: TILES_FILE, reason: reasonOf(reason) },
			'TILES_FILE cannot be used: the map is drawn without it'
		);
	}
}

/** An archive as a map to lay under ours. */
const describe = ({ header, credit, version }: TileArchive, said: string): Basemap => ({
	url: `/tiles/{z}/{x}/{y}?v=${version}`,
	look: header.type === 'vector' ? 'vector' : 'picture',
	credit: said || credit,
	minZoom: header.minZoom,
	maxZoom: Math.min(header.maxZoom, lastTileZoom),
	bounds: header.bounds
});

/** Takes it away and closes its file. */
export async function liftBasemap() {
	const open = archive;
	[basemap, archive] = [null, null];
	await open?.close();
}

/** A tile of the operator's file; null where there is none, or none that a browser should be given. */
export async function tileAt(z: number, x: number, y: number): Promise<Tile | null> {
	if (!archive) return null;
	const { type } = archive.header;
	try {
		const bytes = await archive.tile(z, x, y);
		if (!bytes) return null;
		if (type !== 'vector') await mustBePicture(bytes, type);
		return { bytes, type: mediaTypes[type] };
	} catch (reason) {
		sayOnce(z, x, y, reasonOf(reason));
		return null;
	}
}

const reasonOf = (reason: unknown) =>
	reason instanceof TilesFault
		? reason.message
		: `it cannot be read (${(reason as NodeJS.ErrnoException).code ?? reason})`;

/** @throws TilesFault unless it is a picture of the kind promised, of the size of a tile */
async function mustBePicture(bytes: Buffer, type: TileType) {
	const { format, width, height, compression } = await sharp(bytes)
		.metadata()
		.catch(() => ({ format: 'nothing', width: 0, height: 0, compression: '' }));
	const kind = format === 'heif' && compression === 'av1' ? 'avif' : format;
	if (kind !== type) throw new TilesFault(`a tile of it is no ${type}`);
	if (Math.max(width, height) > mostPixels)
		throw new TilesFault(`a tile of it is ${width} × ${height} pixels large`);
}

const said = new Set<string>();

/** Each fault once, with the first tile that had it: a broken file is asked for thousands of tiles. */
function sayOnce(z: number, x: number, y: number, reason: string) {
	if (said.has(reason) || said.size >= 50) return;
	said.add(reason);
	log.error({ tile: `${z}/${x}/${y}`, reason }, 'TILES_FILE is broken here');
}

/** What a file says of itself, line by line, for whoever runs `check-tiles`. @throws TilesFault when it cannot be used */
export async function describeTiles(path: string): Promise<string[]> {
	const open = await TileArchive.open(path);
	try {
		const { type, minZoom, maxZoom, bounds } = open.header;
		return [
			`${type === 'vector' ? 'Vector tiles' : `Pictures (${type})`}, zooms ${minZoom} to ${maxZoom}`,
			`From ${bounds[0]}, ${bounds[1]} to ${bounds[2]}, ${bounds[3]} (longitude, latitude)`,
			open.credit ? `By ${open.credit}` : 'It names nobody who made it: set TILE_CREDIT'
		];
	} finally {
		await open.close();
	}
}
