import type { Position } from './position.ts';
import type { FoundWard, NearWard, WardIndex } from './ward-index.ts';

/** Where nobody can be sure: a fence, a phone's fix and a surveyor's line all differ (metres). */
const doubtAtLine = 100;
const doubtAtSimplifiedLine = 1000;
const widestDoubt = 5000;
/** More than these help nobody to choose. */
export const mostMaybes = 4;

export interface WardsAround {
	/** The ward that covers the point, or the nearest one within the doubt. */
	ward: FoundWard | null;
	/** Other wards it may lie in, nearest first. */
	maybe: FoundWard[];
	/** The ward of another municipality that covers it instead. */
	elsewhere: FoundWard | null;
	/** All within the doubt. */
	near: NearWard[];
}

/**
 * The ward of a point and those it may lie in instead: "Ward 6, maybe 8" within 100 m of a line, 1 km
 * of a simplified one, or within the point's own doubt in metres. The same on the server and on a
 * phone without signal.
 */
export function wardsAround(
	index: WardIndex,
	municipalityId: string | null,
	point: Position,
	doubt: number
): WardsAround {
	const inside = index.at(point, municipalityId);
	const elsewhere = inside ? null : index.at(point);
	const reach = (atLine: number) => Math.min(Math.max(atLine, doubt), widestDoubt);
	const near = index
		.near(point, reach(doubtAtSimplifiedLine), municipalityId)
		.filter(
			({ simplified, metres }) => metres <= reach(simplified ? doubtAtSimplifiedLine : doubtAtLine)
		);
	const ward = inside ?? (elsewhere ? null : (near[0] ?? null));
	return {
		ward,
		maybe: near.filter(({ code }) => code !== ward?.code).slice(0, mostMaybes),
		elsewhere,
		near
	};
}
