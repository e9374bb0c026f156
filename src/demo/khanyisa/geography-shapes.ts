import { wardCode } from './municipalities.ts';

type Local = readonly [east: number, north: number];
export type Position = [lon: number, lat: number];

/**
 * Khanyisa lies in the sea, off a coast that has no such bay, so that it never overlaps a real ward.
 * Drawn on a grid of 100 by 100, each step about 280 metres, the south-west corner at 28.40, -33.32.
 */
export const toEarth = ([east, north]: Local): Position => [
	Number((28.4 + east * 0.003).toFixed(6)),
	Number((-33.32 + north * 0.0025).toFixed(6))
];

/** Where ward lines meet. C: along the coast, west to east. A, B, D, E: town. N, T, F, G: country. */
// prettier-ignore
const corners: Record<string, Local> = {
	C0: [0, 15], C1: [14, 18], C2: [24, 13.5], C3: [33, 17], C4: [42, 15], C5: [52, 19.5], C6: [62, 16], C7: [72, 20], C8: [82, 17], C9: [91, 22], C10: [100, 18],
	A0: [0, 41], A1: [15, 35],
	B1: [24.5, 29], B2: [34, 27.5], B3: [43.5, 28.5], B4: [53.5, 31],
	D1: [23.5, 41.5], D2: [33, 39], D3: [43, 40.5], D4: [54.5, 43],
	E1: [27, 53], E2: [37.5, 54.5], E3: [48.5, 55.5],
	N0: [0, 86], N1: [26, 93], N2: [50, 90], N3: [71, 86],
	T1: [71.5, 36], T2: [69, 58],
	F1: [84, 37], F2: [85.5, 62], G1: [100, 41], G2: [100, 82]
};

/** The corners of each ward, in order. */
// prettier-ignore
const khanyisa: Record<number, string> = {
	1: 'C0 C1 A1 A0', 2: 'A0 A1 D1 E1 E2 E3 N2 N1 N0', 3: 'C1 C2 C3 B2 B1 A1', 4: 'C3 C4 C5 B4 B3 B2', 5: 'A1 B1 B2 D2 D1',
	6: 'D1 D2 D3 D4 E3 E2 E1', 7: 'B2 B3 D3 D2', 8: 'B3 B4 D4 D3', 9: 'C5 C6 C7 T1 T2 N3 N2 E3 D4 B4'
};
// prettier-ignore
const thokozani: Record<number, string> = {
	1: 'C7 C8 F1 T1', 2: 'C8 C9 C10 G1 F1', 3: 'T1 F1 F2 T2', 4: 'F1 G1 G2 N3 T2 F2'
};

/** A number from 0 to 1 that depends on the text alone: the country is the same at every start. */
export function chance(text: string): number {
	let hash = 2166136261;
	for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
	hash = Math.imul(hash ^ (hash >>> 15), 2246822507);
	hash = Math.imul(hash ^ (hash >>> 13), 3266489909);
	return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** A line that wanders between two points: its middle is pushed aside, then the middles of its halves. */
export function wander(from: Local, to: Local, seed: string, wildness = 0.09, depth = 4): Local[] {
	if (depth === 0) return [from];
	const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
	const aside = (chance(`${seed}/${depth}`) - 0.5) * 2 * wildness;
	const middle: Local = [(from[0] + to[0]) / 2 - dy * aside, (from[1] + to[1]) / 2 + dx * aside];
	return [
		...wander(from, middle, `${seed}<`, wildness, depth - 1),
		...wander(middle, to, `${seed}>`, wildness, depth - 1)
	];
}

/** The same line whichever of its two wards asks, so that wards meet without gap or overlap. */
export function lineBetween(a: string, b: string): Local[] {
	const wildness = a.startsWith('C') && b.startsWith('C') ? 0.16 : 0.08;
	const [from, to] = [a, b].sort();
	const line = [...wander(corners[from], corners[to], from + to, wildness), corners[to]];
	return from === a ? line : line.reverse();
}

const ringOf = (path: string): Position[] => {
	const names = path.split(' ');
	const ring = names.flatMap((name, i) =>
		lineBetween(name, names[(i + 1) % names.length]).slice(0, -1)
	);
	return [...ring, ring[0]].map(toEarth);
};

export interface DemoWard {
	municipality: 'KHA' | 'THO';
	number: number;
	code: string;
	/** Closed, WGS 84 longitude and latitude. */
	ring: Position[];
}

const shapesOf = (municipality: 'KHA' | 'THO', paths: Record<number, string>): DemoWard[] =>
	Object.entries(paths).map(([number, path]) => ({
		municipality,
		number: Number(number),
		code: wardCode(municipality, Number(number)),
		ring: ringOf(path)
	}));

/** The thirteen wards of Khanyisa and Thokozani. */
export const demoWards: DemoWard[] = [...shapesOf('KHA', khanyisa), ...shapesOf('THO', thokozani)];
