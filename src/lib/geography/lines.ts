/** A corner on a whole-number grid. */
export type Corner = readonly [x: number, y: number];

export interface Chain {
	corners: Corner[];
	/** How many areas have this line: 1 is the outside, 2 a line between neighbours. */
	areas: number;
}

const keyOf = ([x, y]: Corner) => `${x} ${y}`;

const same = (a: Corner, b: Corner) => a[0] === b[0] && a[1] === b[1];

/** Rounds a ring to the grid and drops corners that fall together. */
export const onGrid = (ring: Corner[]): Corner[] =>
	ring
		.map(([x, y]): Corner => [Math.round(x), Math.round(y)])
		.filter((corner, i, all) => i === 0 || !same(corner, all[i - 1]));

/**
 * The lines of areas that share borders, each line once: cut where three areas or more meet, and
 * thinned so that neighbours stay neighbours. Rings lie on a whole-number grid and are closed.
 */
export function sharedLines(rings: Corner[][], tolerance: number): Chain[] {
	const edges = new Map<string, { a: Corner; b: Corner; areas: number }>();
	const corners = new Map<string, Corner>();
	const next = new Map<string, Set<string>>();
	const join = (from: string, to: string) => {
		if (!next.has(from)) next.set(from, new Set());
		next.get(from)!.add(to);
	};
	for (const ring of rings)
		for (let i = 0; i + 1 < ring.length; i++) {
			const [a, b] = [ring[i], ring[i + 1]];
			const [ka, kb] = [keyOf(a), keyOf(b)];
			const edge = ka < kb ? `${ka}|${kb}` : `${kb}|${ka}`;
			const known = edges.get(edge);
			if (known) known.areas++;
			else edges.set(edge, { a, b, areas: 1 });
			corners.set(ka, a).set(kb, b);
			join(ka, kb);
			join(kb, ka);
		}

	const areasOf = (a: string, b: string) => edges.get(a < b ? `${a}|${b}` : `${b}|${a}`)!.areas;
	const done = new Set<string>();
	const chains: Chain[] = [];
	const meets = (key: string) => next.get(key)!.size !== 2;

	function follow(from: string, to: string) {
		const edgeKey = (a: string, b: string) => (a < b ? `${a}|${b}` : `${b}|${a}`);
		if (done.has(edgeKey(from, to))) return;
		const areas = areasOf(from, to);
		const line = [corners.get(from)!];
		let [last, here] = [from, to];
		for (;;) {
			done.add(edgeKey(last, here));
			line.push(corners.get(here)!);
			if (meets(here) || here === from) break;
			const onward: string | undefined = [...next.get(here)!].find((each) => each !== last);
			if (!onward || done.has(edgeKey(here, onward)) || areasOf(here, onward) !== areas) break;
			[last, here] = [here, onward];
		}
		chains.push({ corners: thin(line, tolerance), areas });
	}

	for (const key of corners.keys())
		if (meets(key)) for (const to of next.get(key)!) follow(key, to);
	for (const key of corners.keys()) for (const to of next.get(key)!) follow(key, to);
	return chains;
}

/** The corners of every area that survived the thinning of the shared lines. */
export function thinTogether(rings: Corner[][], tolerance: number): Corner[][] {
	const kept = new Set(sharedLines(rings, tolerance).flatMap(({ corners }) => corners.map(keyOf)));
	return rings.map((ring) => ring.filter((corner) => kept.has(keyOf(corner))));
}

/** Drops corners that lie within the tolerance of the line that remains (Douglas and Peucker). */
export function thin(line: Corner[], tolerance: number): Corner[] {
	if (line.length < 3) return line;
	const [first, last] = [line[0], line[line.length - 1]];
	let [furthest, at] = [-1, 0];
	for (let i = 1; i < line.length - 1; i++) {
		const away = distance(line[i], first, last);
		if (away > furthest) [furthest, at] = [away, i];
	}
	if (furthest <= tolerance) return [first, last];
	return [
		...thin(line.slice(0, at + 1), tolerance).slice(0, -1),
		...thin(line.slice(at), tolerance)
	];
}

function distance([x, y]: Corner, [ax, ay]: Corner, [bx, by]: Corner): number {
	const [dx, dy] = [bx - ax, by - ay];
	const length = dx * dx + dy * dy;
	const t = length ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / length)) : 0;
	return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}

/**
 * A ring without those corners that lie, with both their neighbours, beyond the same side of a box
 * (left, top, right, bottom): inside of the box nothing changes.
 */
export function trimmed(
	ring: Corner[],
	[left, top, right, bottom]: readonly [number, number, number, number]
): Corner[] {
	const beyond = ([x, y]: Corner) =>
		(x < left ? 1 : 0) | (x > right ? 2 : 0) | (y < top ? 4 : 0) | (y > bottom ? 8 : 0);
	const kept: Corner[] = [];
	for (const corner of ring) {
		while (kept.length > 1 && beyond(kept.at(-2)!) & beyond(kept.at(-1)!) & beyond(corner))
			kept.pop();
		kept.push(corner);
	}
	return kept;
}

/** An SVG path in whole numbers, relative after its first point: `M58 52l-18-52`. */
export function pathOf(line: Corner[], closed = false): string {
	if (line.length < 2) return '';
	const [start, ...rest] = line;
	let [x, y] = start;
	const steps = (closed && same(start, line[line.length - 1]) ? rest.slice(0, -1) : rest).map(
		([toX, toY]) => {
			const step = `${toX - x}${toY - y < 0 ? '' : ' '}${toY - y}`;
			[x, y] = [toX, toY];
			return step;
		}
	);
	const words = steps.reduce(
		(path, step) => path + (step[0] === '-' || !path ? '' : ' ') + step,
		''
	);
	return `M${start[0]} ${start[1]}l${words}${closed ? 'z' : ''}`;
}
