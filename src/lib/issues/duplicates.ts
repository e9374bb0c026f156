/** What is known about an open report near a new one. */
export interface Nearby {
	/** Metres between the two places. */
	metres: number;
	/** The service's radius, in metres. */
	radius: number;
	/** Days since it was reported. */
	age: number;
	/** How alike the words are, 0 to 1. */
	alike: number;
	/** The same number stands on the pole or meter. */
	sameObject: boolean;
}

/** Days after which an open report counts half: a pothole's old backlog must not flood the list. */
const halfLife = 60;

/**
 * How likely a new report is about the same thing, 0 to 1: near, young, and in like words. The number
 * on a pole is certain (cases.md 8).
 */
export function likeness({ metres, radius, age, alike, sameObject }: Nearby): number {
	if (sameObject) return 1;
	if (radius <= 0 || metres > radius) return 0;
	const near = 1 - (metres / radius) * 0.6;
	const young = 0.5 ** (Math.max(age, 0) / halfLife);
	return near * (0.5 + 0.5 * young) * (0.7 + 0.3 * alike);
}

/** Below this nobody is asked; and nobody is shown more than these. */
export const leastLikeness = 0.2;
export const mostOffered = 3;
