import Flatbush from 'flatbush';
import { metresPerDegree, type Position } from './position.ts';

/** A ward as the index takes it: closed rings, shells and holes alike, as x, y, x, y, … in degrees. */
export interface WardShape {
	code: string;
	municipalityId: string;
	boundarySetId: string;
	/** Lines simplified for overview maps: they can be wrong by hundreds of metres. */
	simplified: boolean;
	rings: Float64Array[];
}

export type FoundWard = Omit<WardShape, 'rings'>;

export interface NearWard extends FoundWard {
	/** Metres to the nearest point of its line; 0 means the point is inside or on it. */
	metres: number;
}

export interface WardIndex {
	size: number;
	bytes: number;
	/** The ward that covers a point, its line included; of several the one with the lowest code. */
	at(point: Position, municipalityId?: string | null): FoundWard | null;
	/** Wards whose area comes within so many metres of a point, nearest first. */
	near(point: Position, metres: number, municipalityId?: string | null): NearWard[];
}

const edgesPerSlab = 16;
const mostSlabs = 256;

/**
 * Ward of a point in memory: flatbush over bounding boxes, then per ward horizontal slabs that name
 * the edges crossing them, over one typed array of vertices. Decides by the same arithmetic as
 * PostGIS' point-in-polygon, so that both agree to the last bit, edges and vertices included.
 */
export function indexWards(given: WardShape[]): WardIndex {
	const wards = [...given].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
	if (!wards.length) return { size: 0, bytes: 0, at: () => null, near: () => [] };

	const shapes = layOut(wards);
	const { covers, metresTo } = measures(shapes);
	const found = wards.map(({ code, municipalityId, boundarySetId, simplified }): FoundWard => ({
		code,
		municipalityId,
		boundarySetId,
		simplified
	}));
	const mine = (k: number, municipalityId?: string | null) =>
		!municipalityId || found[k].municipalityId === municipalityId;

	return {
		size: wards.length,
		bytes: shapes.bytes,
		at({ lon, lat }, municipalityId) {
			let lowest = -1;
			for (const k of shapes.boxes.search(lon, lat, lon, lat))
				if ((lowest < 0 || k < lowest) && mine(k, municipalityId) && covers(k, lon, lat))
					lowest = k;
			return lowest < 0 ? null : found[lowest];
		},
		near(point, metres, municipalityId) {
			const { lon, lat } = point;
			const scale = metresPerDegree(lat);
			const [dx, dy] = [metres / scale.lon, metres / scale.lat];
			return shapes.boxes
				.search(lon - dx, lat - dy, lon + dx, lat + dy)
				.filter((k) => mine(k, municipalityId))
				.map((k) => ({ ...found[k], metres: covers(k, lon, lat) ? 0 : metresTo(k, point) }))
				.filter((ward) => ward.metres <= metres)
				.sort((a, b) => a.metres - b.metres || (a.code < b.code ? -1 : 1));
		}
	};
}

interface Shapes {
	boxes: Flatbush;
	bytes: number;
	/** All vertices, ring after ring; an edge is named by its first vertex. */
	vertices: Float64Array;
	/** Edges of each ward, and of each slab of each ward: from, to. */
	edges: Uint32Array;
	edgeStart: Uint32Array;
	slabEdges: Uint32Array;
	slabStart: Uint32Array;
	firstSlab: Uint32Array;
	south: Float64Array;
	slabsPerDegree: Float64Array;
}

function layOut(wards: WardShape[]): Shapes {
	const total = wards.reduce(
		(sum, { rings }) => sum + rings.reduce((n, ring) => n + ring.length / 2, 0),
		0
	);
	const vertices = new Float64Array(total * 2);
	const edges = new Uint32Array(total);
	const edgeStart = new Uint32Array(wards.length + 1);
	const firstSlab = new Uint32Array(wards.length + 1);
	const south = new Float64Array(wards.length);
	const slabsPerDegree = new Float64Array(wards.length);
	const boxes = new Flatbush(wards.length);
	const slabEdges: number[] = [];
	const slabStart: number[] = [];

	let [vertex, edge] = [0, 0];
	for (const [k, { rings }] of wards.entries()) {
		edgeStart[k] = edge;
		let [west, low, east, high] = [Infinity, Infinity, -Infinity, -Infinity];
		for (const ring of rings) {
			vertices.set(ring, vertex * 2);
			for (let i = 0; i < ring.length; i += 2) {
				if (i + 2 < ring.length) edges[edge++] = vertex + i / 2;
				west = Math.min(west, ring[i]);
				east = Math.max(east, ring[i]);
				low = Math.min(low, ring[i + 1]);
				high = Math.max(high, ring[i + 1]);
			}
			vertex += ring.length / 2;
		}
		boxes.add(west, low, east, high);

		const slabs = Math.max(1, Math.min(mostSlabs, Math.ceil((edge - edgeStart[k]) / edgesPerSlab)));
		south[k] = low;
		slabsPerDegree[k] = high > low ? slabs / (high - low) : 0;
		firstSlab[k] = slabStart.length;
		const bins: number[][] = Array.from({ length: slabs }, () => []);
		const slabOf = (y: number) => Math.min(slabs - 1, Math.floor((y - low) * slabsPerDegree[k]));
		for (let e = edgeStart[k]; e < edge; e++) {
			const [a, b] = [slabOf(vertices[edges[e] * 2 + 1]), slabOf(vertices[edges[e] * 2 + 3])];
			for (let slab = Math.min(a, b); slab <= Math.max(a, b); slab++) bins[slab].push(edges[e]);
		}
		for (const bin of bins) {
			slabStart.push(slabEdges.length);
			for (const each of bin) slabEdges.push(each);
		}
	}
	edgeStart[wards.length] = edge;
	firstSlab[wards.length] = slabStart.length;
	slabStart.push(slabEdges.length);
	boxes.finish();

	const shapes = {
		boxes,
		vertices,
		edges,
		edgeStart,
		firstSlab,
		south,
		slabsPerDegree,
		slabEdges: Uint32Array.from(slabEdges),
		slabStart: Uint32Array.from(slabStart)
	};
	const arrays = [vertices, edges, edgeStart, firstSlab, south, slabsPerDegree];
	return {
		...shapes,
		bytes: [...arrays, shapes.slabEdges, shapes.slabStart].reduce(
			(sum, { byteLength }) => sum + byteLength,
			boxes.data.byteLength
		)
	};
}

function measures({
	vertices,
	edges,
	edgeStart,
	slabEdges,
	slabStart,
	firstSlab,
	south,
	slabsPerDegree
}: Shapes) {
	/** Even-odd over shells and holes together; a point on any line counts as inside. */
	function covers(k: number, x: number, y: number): boolean {
		const slabs = firstSlab[k + 1] - firstSlab[k];
		const slab = firstSlab[k] + Math.min(slabs - 1, Math.floor((y - south[k]) * slabsPerDegree[k]));
		let inside = false;
		for (let s = slabStart[slab], end = slabStart[slab + 1]; s < end; s++) {
			const i = slabEdges[s] * 2;
			const y1 = vertices[i + 1];
			const y2 = vertices[i + 3];
			if (y1 < y ? y2 < y : y2 > y && y1 > y) continue;
			const x1 = vertices[i];
			const x2 = vertices[i + 2];
			const side = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1);
			if (side === 0) {
				if ((x1 <= x && x <= x2) || (x2 <= x && x <= x1)) return true;
			} else if (y1 <= y ? y < y2 && side > 0 : y2 <= y && side < 0) inside = !inside;
		}
		return inside;
	}

	/** On a plane that touches the earth at the point: exact to a millimetre within a few kilometres. */
	function metresTo(k: number, { lon, lat }: Position): number {
		const scale = metresPerDegree(lat);
		let least = Infinity;
		for (let e = edgeStart[k]; e < edgeStart[k + 1]; e++) {
			const i = edges[e] * 2;
			const [ax, ay] = [(vertices[i] - lon) * scale.lon, (vertices[i + 1] - lat) * scale.lat];
			const [bx, by] = [(vertices[i + 2] - lon) * scale.lon, (vertices[i + 3] - lat) * scale.lat];
			const [dx, dy] = [bx - ax, by - ay];
			const length = dx * dx + dy * dy;
			const t = length ? Math.max(0, Math.min(1, -(ax * dx + ay * dy) / length)) : 0;
			least = Math.min(least, Math.hypot(ax + t * dx, ay + t * dy));
		}
		return least;
	}

	return { covers, metresTo };
}
