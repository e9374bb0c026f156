import { days, minutes } from '../platform/time.ts';

/** Each household looks after two others at most: whoever has a list of ten knocks at none. */
export const mostNeighbours = 2;

/** How long a code waits for the neighbour who types it. It works once. */
export const codeLife = days(7);

/** So long after a warning to leave was out, a neighbour who is awake is asked to knock. */
export const knockAfter = minutes(3);
/** What is older is not caught up: whoever knocks then comes into the fire. */
export const knockUntil = minutes(30);

export type PairObstacle = 'unknown' | 'yourself' | 'paired' | 'enough' | 'they_have_enough';

/** Why two people cannot become neighbours, or null. */
export function pairObstacle(facts: {
	/** Accounts that surely are the asker's, their own among them. */
	accounts: string[];
	otherId: string;
	mine: string[];
	theirs: string[];
}): PairObstacle | null {
	const { accounts, otherId, mine, theirs } = facts;
	if (accounts.includes(otherId)) return 'yourself';
	if (mine.includes(otherId)) return 'paired';
	if (mine.length >= mostNeighbours) return 'enough';
	return theirs.length >= mostNeighbours ? 'they_have_enough' : null;
}
