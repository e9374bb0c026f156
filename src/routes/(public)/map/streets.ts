import L from 'leaflet';
import type { Basemap } from '#lib/geography/basemap.ts';
import { closest } from '#lib/issues/spot.ts';
import { inkOf, paint } from './paint.ts';
import { readTile, type Shape } from './vector-tile.ts';

/** Tiles that are shapes, painted as the page looks; closer in than they go, a part of one is enlarged. */
const Painted = L.GridLayer.extend({
	createTile(this: Painting, at: L.Coords, done: L.DoneCallback) {
		const canvas = document.createElement('canvas');
		const fine = Math.min(devicePixelRatio, 2);
		const size = (canvas.width = canvas.height = 256 * fine);
		const of = 2 ** Math.max(at.z - this.deepest, 0);
		const part = { of, x: at.x % of, y: at.y % of };
		this.shapes({ z: at.z - Math.log2(of), x: Math.floor(at.x / of), y: Math.floor(at.y / of) })
			.then((shapes) => {
				const ink = inkOf(getComputedStyle(document.documentElement));
				paint(canvas.getContext('2d')!, shapes, { zoom: at.z, size, fine, part, ink });
				done(undefined, canvas);
			})
			.catch((reason: Error) => done(reason, canvas));
		return canvas;
	}
}) as unknown as new (options: L.GridLayerOptions) => Painting;

interface Painting extends L.GridLayer {
	deepest: number;
	shapes(at: { z: number; x: number; y: number }): Promise<Shape[]>;
}

/** Fetches tiles; the last few stay, because several pieces of the map are parts of one. */
function fetched(url: string) {
	const kept = new Map<string, Promise<Shape[]>>();
	return (at: { z: number; x: number; y: number }) => {
		const address = L.Util.template(url, at);
		const shapes = kept.get(address) ?? read(address);
		kept.delete(address);
		kept.set(address, shapes);
		shapes.catch(() => kept.delete(address));
		if (kept.size > 12) kept.delete(kept.keys().next().value!);
		return shapes;
	};
}

async function read(address: string): Promise<Shape[]> {
	const answer = await fetch(address);
	if (!answer.ok) throw new Error(`A tile answered ${answer.status}`);
	return readTile(new Uint8Array(await answer.arrayBuffer()));
}

/**
 * The operator's map, under everything that is ours. What we draw ourselves steps back while there
 * are tiles in sight, and comes forward again where there are none.
 */
export function streets(
	map: L.Map,
	{ url, look, credit, minZoom, maxZoom, bounds }: Basemap,
	seen: (there: boolean) => void
) {
	const canvas = map.getContainer();
	const options: L.TileLayerOptions = {
		// From further out there would be thousands of them.
		minZoom,
		maxZoom: closest,
		// Their server learns that the question comes from here, as most ask for, and not from which page.
		referrerPolicy: 'origin',
		...(bounds && {
			bounds: [
				[bounds[1], bounds[0]],
				[bounds[3], bounds[2]]
			]
		})
	};
	const layer =
		look === 'vector'
			? Object.assign(new Painted(options), { deepest: maxZoom, shapes: fetched(url) })
			: L.tileLayer(url, { ...options, maxNativeZoom: Math.min(maxZoom, closest) });
	if (look === 'vector')
		matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => layer.redraw());
	const step = (there: boolean) => {
		seen(there);
		layer.getContainer()!.style.visibility = there ? '' : 'hidden';
	};
	const shown = tilesOf(layer);
	layer
		.on('tileload', () => step(true))
		.on('load', () => step(shown()))
		.addTo(map);
	// Those of the zoom before stay until the new ones are here; from too far out there come none.
	map.on('zoomend', () => map.getZoom() < minZoom && step(false));
	canvas.append(sign(credit));
}

/** Whether any tile of the zoom last asked for has come: of the zoom before some stay where none did. */
function tilesOf(layer: L.GridLayer) {
	let asked = NaN;
	const here = new Map<string, number>();
	const nameOf = ({ z, x, y }: L.Coords) => `${z}/${x}/${y}`;
	layer
		.on('tileloadstart', ({ coords }: L.TileEvent) => (asked = coords.z))
		.on('tileload', ({ coords }: L.TileEvent) => here.set(nameOf(coords), coords.z))
		.on('tileunload', ({ coords }: L.TileEvent) => here.delete(nameOf(coords)));
	return () => [...here.values()].includes(asked);
}

/** Who made it, in the corner, with their own page where they ask for that. */
function sign(credit: string): HTMLElement {
	const said = document.createElement(/openstreetmap/i.test(credit) ? 'a' : 'span');
	said.className = 'credit';
	said.textContent = credit;
	said.style.cssText =
		'position:absolute;inset:auto 0 0 auto;z-index:800;padding:.3rem .5rem;background:var(--surface);color:var(--ink-2);font-size:.75rem';
	if (said instanceof HTMLAnchorElement) said.href = 'https://www.openstreetmap.org/copyright';
	return said;
}
