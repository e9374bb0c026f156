/** What may be answered to a rumour. `checking` is an answer too: it says since when. */
export const rumourAnswers = ['true', 'false', 'partly', 'checking'] as const;
export type RumourAnswer = (typeof rumourAnswers)[number];

export const isRumourAnswer = (text: unknown): text is RumourAnswer =>
	rumourAnswers.includes(text as RumourAnswer);

/** In characters. */
export const [shortestHeard, longestHeard, longestSays] = [5, 300, 500];

/** An answer somebody can pass on, signed like a capsule. */
export interface Card {
	v: 1;
	card: 'rumour';
	key: string;
	of: string;
	id: string;
	/** The warning it is pinned to. */
	number?: string;
	heard: string;
	answer: RumourAnswer;
	says: string;
	/** Seconds since 1970. */
	at: number;
}
