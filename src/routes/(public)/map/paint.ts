import type { Shape } from './vector-tile.ts';

/** Our colours, light or dark as the page is. */
export interface Ink {
	land: string;
	water: string;
	green: string;
	road: string;
	edge: string;
	text: string;
}

export const inkOf = (style: CSSStyleDeclaration): Ink => {
	const of = (name: string) => style.getPropertyValue(name).trim();
	return {
		land: of('--surface'),
		water: of('--m-water'),
		green: of('--m-green'),
		road: of('--m-road'),
		edge: of('--edge'),
		text: of('--ink-2')
	};
};

const green =
	/park|forest|wood|grass|garden|golf|cemetery|nature|scrub|meadow|recreation|pitch|playground|orchard|vineyard/;
const roads = /^(roads|transportation|streets)$/;
const names = /^(places|place|place_labels)$/;
const streetNames = /^(roads|transportation_name|street_labels)$/;

/** How wide a road of this kind is, in pixels, before it is enlarged by zoom. */
const widthOf = (kind: string) =>
	/motorway|trunk|highway/.test(kind)
		? 4
		: /primary|secondary|major/.test(kind)
			? 3
			: /path|foot|track|steps|cycle|other|service/.test(kind)
				? 0.8
				: 1.8;

export interface Sheet {
	zoom: number;
	/** Width of the canvas in its own pixels. */
	size: number;
	/** How many of them a pixel of the page takes. */
	fine: number;
	/** Which part of the tile is painted, where it is enlarged: so many parts across, so many from its corner. */
	part: { of: number; x: number; y: number };
	ink: Ink;
}

/** Paints a tile in our own colours, so that reports stand out from it. */
export function paint(pen: CanvasRenderingContext2D, tile: Shape[], sheet: Sheet) {
	const { zoom, size, fine, ink, part } = sheet;
	const shapes = tile.map((shape) => ({
		...shape,
		parts: shape.parts.map((corners) =>
			corners.map(([x, y]): [number, number] => [
				(x * part.of - part.x) * size,
				(y * part.of - part.y) * size
			])
		)
	}));
	const trace = ({ parts, type }: Shape) => {
		pen.beginPath();
		for (const part of parts) {
			for (const [i, [x, y]] of part.entries())
				if (i) pen.lineTo(x, y);
				else pen.moveTo(x, y);
			if (type === 'area') pen.closePath();
		}
	};
	const fill = (colour: string, which: (shape: Shape) => boolean) => {
		pen.fillStyle = colour;
		for (const shape of shapes)
			if (shape.type === 'area' && which(shape)) {
				trace(shape);
				pen.fill('evenodd');
			}
	};
	const line = (colour: string, which: (shape: Shape) => number, dashes: number[] = []) => {
		pen.strokeStyle = colour;
		pen.setLineDash(dashes.map((each) => each * fine));
		for (const shape of shapes) {
			const width = shape.type === 'line' ? which(shape) : 0;
			if (!width) continue;
			pen.lineWidth = width * fine;
			trace(shape);
			pen.stroke();
		}
	};
	const wider = Math.min(1.3 ** (zoom - 14), 4);
	const isRail = ({ kind }: Shape) => /rail/.test(kind);

	pen.fillStyle = ink.land;
	pen.fillRect(0, 0, size, size);
	pen.lineCap = pen.lineJoin = 'round';
	fill(ink.green, ({ layer, kind }) => /^(land|park|natural)/.test(layer) && green.test(kind));
	fill(ink.water, ({ layer }) => /^(water|ocean)/.test(layer));
	line(ink.water, ({ layer }) => (/^water/.test(layer) ? 1.5 * wider : 0));
	if (zoom > 14) {
		pen.globalAlpha = 0.25;
		fill(ink.edge, ({ layer }) => /^building/.test(layer));
		pen.globalAlpha = 1;
	}
	line(ink.road, (shape) =>
		roads.test(shape.layer) && !isRail(shape) ? widthOf(shape.kind) * wider : 0
	);
	line(ink.edge, (shape) => (roads.test(shape.layer) && isRail(shape) ? 1.2 : 0), [5, 2]);
	line(ink.edge, ({ layer }) => (/^boundar/.test(layer) ? 1 : 0), [4, 3]);
	write(pen, shapes, sheet);
}

interface Word {
	text: string;
	x: number;
	y: number;
	turn: number;
}

/** Names that fit into the tile whole: what reaches beyond its edge would be cut there. */
function write(pen: CanvasRenderingContext2D, shapes: Shape[], { zoom, size, fine, ink }: Sheet) {
	const high = 12 * fine;
	pen.font = `600 ${high}px system-ui, sans-serif`;
	pen.textAlign = 'center';
	pen.textBaseline = 'middle';
	pen.setLineDash([]);
	const taken: Array<[x: number, y: number, reach: number]> = [];
	const wordOf = ({ layer, type, name, parts }: Shape): (Word & { room: number }) | null => {
		if (!name) return null;
		if (type === 'point' && names.test(layer) && parts[0])
			return { text: name, x: parts[0][0][0], y: parts[0][0][1], turn: 0, room: Infinity };
		if (type !== 'line' || !streetNames.test(layer) || zoom < 15) return null;
		return alongside(name, parts);
	};
	for (const shape of shapes) {
		const word = wordOf(shape);
		if (!word || word.text.length > 60) continue;
		const half = pen.measureText(word.text).width / 2;
		const { x, y } = word;
		const [across, down] = [
			half * Math.abs(Math.cos(word.turn)) + high,
			half * Math.abs(Math.sin(word.turn)) + high
		];
		if (half * 2 > word.room || x < across || x > size - across) continue;
		if (y < down || y > size - down) continue;
		if (taken.some(([a, b, far]) => Math.hypot(a - x, b - y) < far + half)) continue;
		taken.push([x, y, half]);
		pen.save();
		pen.translate(x, y);
		pen.rotate(word.turn);
		pen.strokeStyle = ink.land;
		pen.lineWidth = 3 * fine;
		pen.strokeText(word.text, 0, 0);
		pen.fillStyle = ink.text;
		pen.fillText(word.text, 0, 0);
		pen.restore();
	}
}

/** A street's name lies along its longest straight piece, never upside down. */
function alongside(text: string, parts: Shape['parts']) {
	let best = { text, x: 0, y: 0, turn: 0, room: 0 };
	for (const part of parts)
		for (let i = 0; i + 1 < part.length; i++) {
			const [[ax, ay], [bx, by]] = [part[i], part[i + 1]];
			const room = Math.hypot(bx - ax, by - ay);
			if (room <= best.room) continue;
			const turn = Math.atan((by - ay) / (bx - ax || 1e-9));
			best = { text, x: (ax + bx) / 2, y: (ay + by) / 2, turn, room };
		}
	return best;
}
