/** Mapbox Vector Tile 2.1 as bytes, as far as a quiet map needs it: shapes, what they are, what they are called. */

export interface Shape {
	/** The name of its layer: `water`, `roads` … */
	layer: string;
	type: 'point' | 'line' | 'area';
	/** What it is, by the words of its layer: `park`, `primary` … */
	kind: string;
	name: string;
	/** Corners in parts of the tile: 0 is its west or north edge, 1 the other. */
	parts: Array<Array<[x: number, y: number]>>;
}

type Each = (field: number, value: number, bytes: Uint8Array) => void;

function reader(bytes: Uint8Array) {
	let at = 0;
	return {
		more: () => at < bytes.length,
		left: () => bytes.length - at,
		number() {
			let [number, scale] = [0, 1];
			for (;;) {
				if (at >= bytes.length) throw new Error('A tile ends in the middle');
				const byte = bytes[at++];
				number += (byte & 127) * scale;
				if (byte < 128) return number;
				scale *= 128;
			}
		},
		take(length: number) {
			if (length > bytes.length - at) throw new Error('A tile ends in the middle');
			return bytes.subarray(at, (at += length));
		}
	};
}

/** The fields of a message (Protocol Buffers), whose numbers and bytes are of interest here. */
function fields(message: Uint8Array, each: Each) {
	const { more, number, take } = reader(message);
	const nothing = new Uint8Array();
	while (more()) {
		const key = number();
		const [field, wire] = [Math.floor(key / 8), key % 8];
		if (wire === 0) each(field, number(), nothing);
		else if (wire === 2) each(field, 0, take(number()));
		else if (wire === 5) take(4);
		else if (wire === 1) take(8);
		else throw new Error('A tile is written in a way nobody knows');
	}
}

const text = new TextDecoder();
const types = ['', 'point', 'line', 'area'] as const;
/** Under which of these a layer says what a thing is: Protomaps, OpenMapTiles, Shortbread. */
const kinds = ['kind', 'class', 'kind_detail', 'subclass'];
const mostShapes = 20_000;

/** The shapes of a tile, from the bottom up. @throws when the bytes are no tile */
export function readTile(bytes: Uint8Array): Shape[] {
	const shapes: Shape[] = [];
	fields(bytes, (field, _, layer) => {
		if (field === 3) readLayer(layer, shapes);
	});
	return shapes;
}

function readLayer(bytes: Uint8Array, shapes: Shape[]) {
	let [name, extent] = ['', 4096];
	const [features, keys, values]: [Uint8Array[], string[], string[]] = [[], [], []];
	fields(bytes, (field, number, part) => {
		if (field === 1) name = text.decode(part);
		else if (field === 2) features.push(part);
		else if (field === 3) keys.push(text.decode(part));
		else if (field === 4) values.push(textOf(part));
		else if (field === 5) extent = number || extent;
	});
	for (const feature of features) {
		if (shapes.length >= mostShapes) return;
		const shape: Shape = { layer: name, type: 'point', kind: '', name: '', parts: [] };
		const said: Record<string, string> = {};
		let drawn: Uint8Array | undefined;
		fields(feature, (field, number, part) => {
			if (field === 2) {
				const tags = reader(part);
				while (tags.more()) said[keys[tags.number()]] = values[tags.number()] ?? '';
			} else if (field === 3) shape.type = types[number] || 'point';
			else if (field === 4) drawn = part;
		});
		shape.kind = kinds.map((each) => said[each] ?? '').join(' ');
		shape.name = said.name ?? '';
		if (drawn) shape.parts = partsOf(drawn, extent);
		shapes.push(shape);
	}
}

/** A value, where it is text. */
function textOf(value: Uint8Array): string {
	let said = '';
	fields(value, (field, _, part) => {
		if (field === 1) said = text.decode(part);
	});
	return said;
}

/** Moves and lines (4.3.1 to 4.3.3 of the specification), from the corner before. */
function partsOf(bytes: Uint8Array, extent: number): Shape['parts'] {
	const parts: Shape['parts'] = [];
	const { more, left, number } = reader(bytes);
	const step = () => {
		const packed = number();
		return (packed % 2 ? -(packed + 1) / 2 : packed / 2) / extent;
	};
	let [x, y] = [0, 0];
	while (more()) {
		const command = number();
		const [what, times] = [command % 8, Math.floor(command / 8)];
		if (what === 7) {
			const part = parts.at(-1);
			if (part) part.push(part[0]);
			continue;
		}
		// Each corner takes at least two bytes.
		if (what > 2 || times * 2 > left()) throw new Error('A tile draws in a way nobody knows');
		for (let i = 0; i < times; i++) {
			[x, y] = [x + step(), y + step()];
			if (what === 1) parts.push([[x, y]]);
			else parts.at(-1)?.push([x, y]);
		}
	}
	return parts;
}
