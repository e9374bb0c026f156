/** Small, seeded randomness (mulberry32): the same story every time. */
export function dice(seed: number) {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let t = state;
		t = Math.imul(t ^ (t >>> 15), t | 1);
		t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
	return {
		/** 0 ≤ share < 1. */
		share: next,
		below: (n: number) => Math.floor(next() * n),
		chance: (share: number) => next() < share,
		of: <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)],
		/** Spread around a median as such durations are: half below, a long tail above. */
		around: (median: number) => median * Math.exp(0.9 * (next() + next() + next() - 1.5) * 2)
	};
}

export type Dice = ReturnType<typeof dice>;

/** An id that is the same whenever the story is told: telling on after a stop repeats nothing. */
export function storyId(...parts: Array<string | number>): string {
	let a = 0x811c9dc5;
	const digits: string[] = [];
	for (let round = 0; round < 4; round++) {
		for (const sign of `${round}/${parts.join('/')}`) {
			a ^= sign.codePointAt(0)!;
			a = Math.imul(a, 0x01000193) >>> 0;
		}
		digits.push(a.toString(16).padStart(8, '0'));
	}
	const hex = digits.join('');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
