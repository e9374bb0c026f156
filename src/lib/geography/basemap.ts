import type { Bounds } from './drawing.ts';

/** The map of streets an operator laid under ours: from a tile server, or from a file of their own. */
export interface Basemap {
	/** With `{z}`, `{x}` and `{y}`. */
	url: string;
	/** Pictures are shown as they are; vector tiles are painted in our own colours. */
	look: 'picture' | 'vector';
	/** Who made it, as text. */
	credit: string;
	/** Tiles there are; closer in, the closest are enlarged. */
	minZoom: number;
	maxZoom: number;
	/** Nothing is asked for outside of these. */
	bounds?: Bounds;
	/** Where the pictures come from, when it is not here: what the page's policy has to allow. */
	origin?: string;
}
