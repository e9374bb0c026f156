/**
 * The value below which a share (0 to 1) of some numbers lies, between neighbours in a straight line,
 * as `percentile_cont` of SQL reckons it. Null when there are none.
 */
export function quantile(values: readonly number[], share: number): number | null {
	if (!values.length) return null;
	const sorted = values.toSorted((a, b) => a - b);
	const at = (sorted.length - 1) * share;
	const below = sorted[Math.floor(at)];
	return below + (sorted[Math.ceil(at)] - below) * (at - Math.floor(at));
}
