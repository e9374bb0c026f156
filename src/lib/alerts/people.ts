/** What somebody inside an area says of themselves. */
export const sayings = ['safe', 'left', 'help'] as const;
export type Saying = (typeof sayings)[number];
export const isSaying = (text: unknown): text is Saying => sayings.includes(text as Saying);

/** What a call for help says, sealed for those who answer it. */
export interface Need {
	/** Where they are, in their own words. */
	place: string;
	words: string;
	phone: string;
}

/** In characters. */
export const longest = { place: 200, words: 500, phone: 20 } as const;
/** Together with them. */
export const mostPeople = 50;

/** Metres from an area within which a position still counts as inside: a phone is not surer than that. */
export const doubt = 500;

/** How a call for help came to its end. */
export const endings = [
	'helped',
	'elsewhere',
	'nobody_there',
	'false_call',
	'said_safe',
	'said_more'
] as const;
export type Ending = (typeof endings)[number];
/** Of these the desk chooses; the others come of what people say themselves. */
export const endingsByHand = ['helped', 'elsewhere', 'nobody_there', 'false_call'] as const;
export const isEnding = (text: unknown): text is Ending =>
	endingsByHand.includes(text as (typeof endingsByHand)[number]);

/** In the office, in English. */
export const endingWords: Record<Ending, string> = {
	helped: 'They have help',
	elsewhere: 'Passed on to another service',
	nobody_there: 'Nobody was there',
	false_call: 'It was no call for help',
	said_safe: 'They said they are safe',
	said_more: 'They added to their call'
};
