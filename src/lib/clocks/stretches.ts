/** A stretch of time in milliseconds since 1970: its beginning belongs to it, its end does not. */
export type Stretch = readonly [from: number, to: number];

/** The same time as few stretches as possible, in order: overlapping and touching ones become one. */
export function joined(stretches: readonly Stretch[]): Stretch[] {
	const joint: Array<[number, number]> = [];
	for (const [from, to] of [...stretches].sort((a, b) => a[0] - b[0])) {
		if (from >= to) continue;
		const last = joint.at(-1);
		if (last && from <= last[1]) last[1] = Math.max(last[1], to);
		else joint.push([from, to]);
	}
	return joint;
}

/** What is left of some stretches when others are taken out. Both in order, neither overlapping itself. */
export function without(stretches: readonly Stretch[], away: readonly Stretch[]): Stretch[] {
	if (away.length === 0) return [...stretches];
	const left: Stretch[] = [];
	for (const [from, to] of stretches) {
		let begins = from;
		for (const [out, back] of away) {
			if (back <= begins || out >= to) continue;
			if (out > begins) left.push([begins, out]);
			begins = back;
		}
		if (begins < to) left.push([begins, to]);
	}
	return left;
}

/** The part of some stretches that lies within one. */
export const clipped = (stretches: readonly Stretch[], [from, to]: Stretch): Stretch[] =>
	stretches
		.map(([begins, ends]): Stretch => [Math.max(begins, from), Math.min(ends, to)])
		.filter(([begins, ends]) => begins < ends);

/** How long they are together, in milliseconds. */
export const total = (stretches: readonly Stretch[]) =>
	stretches.reduce((sum, [from, to]) => sum + to - from, 0);
