/** One measured figure, and what the peer did in the same run. */
export interface Figure {
	case: string;
	value: number;
	unit: string;
	/** The peer's figure, or for a count that must not be exceeded its limit. */
	baseline: number;
	/** How many times better than the baseline; null for a count. */
	ratio: number | null;
	/** The least ratio that passes; null for a count. */
	limit_ratio: number | null;
}

export interface Bench {
	name: string;
	about: string;
	run(how: { long: boolean; say(line: string): void }): Promise<Figure[]>;
}

export function median(values: number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)];
}

/** Numbers from 0 to 1 that are the same in every run. */
export function seeded(seed = 1): () => number {
	return () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
}
