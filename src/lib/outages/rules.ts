import { days, later } from '../platform/time.ts';

/**
 * How an outage stands: being written, or one of the five states of the City of Cape Town's service
 * alerts (Open, Assigned, Crew on Site, Issue Resolved, Closed).
 */
export const outageStates = ['draft', 'open', 'assigned', 'crew', 'resolved', 'closed'] as const;
export type OutageState = (typeof outageStates)[number];

/** Still off, or still to come. */
export const activeStates = ['open', 'assigned', 'crew'] as const satisfies OutageState[];
export const isActive = (state: OutageState) => (activeStates as readonly string[]).includes(state);

/** Which deed is possible from which state, and where it leads. `gone` leaves nothing behind. */
// prettier-ignore
export const outageDeeds = {
	edit:     { from: ['draft'],                                to: 'same' },
	publish:  { from: ['draft'],                                to: 'open' },
	discard:  { from: ['draft'],                                to: 'gone' },
	assign:   { from: ['open', 'crew'],                         to: 'assigned' },
	crew:     { from: ['open', 'assigned'],                     to: 'crew' },
	forecast: { from: ['open', 'assigned', 'crew'],             to: 'same' },
	resolve:  { from: ['open', 'assigned', 'crew'],             to: 'resolved' },
	again:    { from: ['resolved'],                             to: 'open' },
	close:    { from: ['open', 'assigned', 'crew', 'resolved'], to: 'closed' }
} as const satisfies Record<
	string,
	{ from: readonly OutageState[]; to: OutageState | 'same' | 'gone' }
>;

export type OutageDeed = keyof typeof outageDeeds;
export const isOutageDeed = (text: string): text is OutageDeed => Object.hasOwn(outageDeeds, text);

/** Deeds that stand in the public history. */
export type OutageMove = Exclude<OutageDeed, 'edit' | 'discard'>;
export const outageMoves = [
	'publish',
	'assign',
	'crew',
	'forecast',
	'resolve',
	'again',
	'close'
] as const satisfies OutageMove[];

const isPossible = (deed: OutageDeed, state: OutageState) =>
	(outageDeeds[deed].from as readonly OutageState[]).includes(state);

export const possibleOutageDeeds = (state: OutageState): OutageDeed[] =>
	(Object.keys(outageDeeds) as OutageDeed[]).filter((deed) => isPossible(deed, state));

/** In characters. */
export const shortestPlace = 3;
export const longestPlace = 120;
export const longestWords = 1000;
export const shortestReason = 10;
export const longestReason = 500;

/** How far from today an outage may begin, and end after it began. */
const longestAgo = days(31);
const longestAhead = days(366);

export type OutageObstacle =
	| 'not_from_here'
	| 'needs_services'
	| 'needs_a_place'
	| 'needs_a_start'
	| 'start_too_far'
	| 'unplanned_later'
	| 'end_before_start'
	| 'forecast_passed'
	| 'not_a_time'
	| 'forecast_too_far'
	| 'same_forecast'
	| 'words_too_long'
	| 'needs_a_language'
	| 'needs_a_reason'
	| 'not_begun'
	| 'unknown_report';

export interface OutageTimes {
	startsAt: Date;
	/** When it is expected back; null while nobody knows. */
	forecastEnd: Date | null;
}

export interface OutageText {
	areaDesc: string;
	words: string;
}

/** Why these facts cannot be kept as a draft, or null. */
export function factsObstacle(
	facts: OutageText & { planned: boolean; startsAt: Date | null; forecastEnd: Date | null },
	now: Date
): OutageObstacle | null {
	const { areaDesc, words, planned, startsAt, forecastEnd } = facts;
	if (areaDesc.length < shortestPlace || areaDesc.length > longestPlace) return 'needs_a_place';
	if (words.length > longestWords) return 'words_too_long';
	if (!startsAt) return 'needs_a_start';
	if (!planned && startsAt > now) return 'unplanned_later';
	if (startsAt < later(now, -longestAgo) || startsAt > later(now, longestAhead))
		return 'start_too_far';
	return forecastObstacle({ startsAt, forecastEnd }, now);
}

/** Why a forecast cannot be given, or null. That nobody knows can always be said. */
export function forecastObstacle(
	{ startsAt, forecastEnd }: OutageTimes,
	now: Date
): OutageObstacle | null {
	if (!forecastEnd) return null;
	if (Number.isNaN(forecastEnd.getTime())) return 'not_a_time';
	if (forecastEnd <= startsAt) return 'end_before_start';
	if (forecastEnd <= now) return 'forecast_passed';
	return forecastEnd > later(now, longestAhead) ? 'forecast_too_far' : null;
}

export interface OutageSent {
	/** `forecast`, `again`: when it is expected back now; null when nobody knows. */
	forecast?: Date | null;
	/** `forecast`, `again`, and `close` before it was resolved: why. Everyone reads it. */
	why?: string;
}

/** Closing what was never mended says why; closing what is back needs no words. */
export const needsReason = (deed: OutageDeed, state: OutageState) =>
	deed === 'forecast' || deed === 'again' || (deed === 'close' && isActive(state));

/** Why a deed cannot be done with an outage now, or null. */
export function outageObstacle(
	deed: OutageDeed,
	outage: OutageTimes & { state: OutageState },
	sent: OutageSent,
	now: Date
): OutageObstacle | null {
	const { state, startsAt, forecastEnd } = outage;
	if (!isPossible(deed, state)) return 'not_from_here';
	if (deed === 'publish') return forecastObstacle(outage, now);
	if ((deed === 'crew' || deed === 'resolve') && startsAt > now) return 'not_begun';
	if (deed === 'forecast' || deed === 'again') {
		const forecast = sent.forecast ?? null;
		const wrong = forecastObstacle({ startsAt, forecastEnd: forecast }, now);
		if (wrong) return wrong;
		if (deed === 'forecast' && forecast?.getTime() === forecastEnd?.getTime())
			return 'same_forecast';
	}
	const { length } = sent.why ?? '';
	if (needsReason(deed, state) && length < shortestReason) return 'needs_a_reason';
	return length > longestReason ? 'needs_a_reason' : null;
}

/** Whether people are without it at that instant: a planned one only from its beginning on. */
export const isOffAt = ({ state, startsAt }: { state: OutageState; startsAt: Date }, at: Date) =>
	isActive(state) && startsAt <= at;

/** What the public reads of the time it comes back: known, unknown, or passed without a word. */
export const forecastState = (forecastEnd: Date | null, now: Date) =>
	!forecastEnd ? 'unknown' : forecastEnd <= now ? 'passed' : 'known';

/** `O-12`, `o12` or `12` → 12; null when it is no such number. */
export function readOutageNumber(text: string): number | null {
	const digits = /^(?:o-?)?(\d{1,7})$/i.exec(text.trim())?.[1];
	return digits && Number(digits) > 0 ? Number(digits) : null;
}

/** Like reports that may be one outage: so many people, so lately, of a service that a network brings. */
export const leastReporters = 4;
export const proposalWindow = days(1);
/** Ground around the reports that a proposal draws, in metres. */
export const proposalMargin = 150;
