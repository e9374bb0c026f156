import { days, later } from '../platform/time.ts';
import { isTopic, type Topic } from './topics.ts';

/** A piece of news: being written, waiting for its hour, public, or taken down with its reason. */
export const newsStates = ['draft', 'scheduled', 'published', 'withdrawn'] as const;
export type NewsState = (typeof newsStates)[number];

/** Which deed is possible from which state, and where it leads. `gone` leaves nothing behind. */
// prettier-ignore
export const newsDeeds = {
	edit:       { from: ['draft', 'scheduled'],  to: 'same' },
	publish:    { from: ['draft', 'scheduled'],  to: 'published' },
	schedule:   { from: ['draft', 'scheduled'],  to: 'scheduled' },
	unschedule: { from: ['scheduled'],           to: 'draft' },
	discard:    { from: ['draft'],               to: 'gone' },
	correct:    { from: ['published'],           to: 'same' },
	withdraw:   { from: ['published'],           to: 'withdrawn' }
} as const satisfies Record<string, { from: readonly NewsState[]; to: NewsState | 'same' | 'gone' }>;

export type NewsDeed = keyof typeof newsDeeds;
export const isNewsDeed = (text: string): text is NewsDeed => Object.hasOwn(newsDeeds, text);

export const possibleNewsDeeds = (state: NewsState): NewsDeed[] =>
	(Object.keys(newsDeeds) as NewsDeed[]).filter((deed) => isPossible(deed, state));

const isPossible = (deed: NewsDeed, state: NewsState) =>
	(newsDeeds[deed].from as readonly NewsState[]).includes(state);

/** In characters. */
export const shortestTitle = 8;
export const longestTitle = 120;
export const shortestWords = 20;
export const longestWords = 4000;
export const shortestReason = 10;
export const longestReason = 500;

export type NewsObstacle =
	| 'not_from_here'
	| 'needs_a_title'
	| 'needs_words'
	| 'needs_a_language'
	| 'needs_a_coming_time'
	| 'time_too_far'
	| 'needs_a_reason'
	| 'nothing_changed';

export interface NewsText {
	title: string;
	words: string;
}

/** Why these words cannot be kept, or null. */
export function textObstacle({ title, words }: NewsText): NewsObstacle | null {
	if (title.length < shortestTitle || title.length > longestTitle) return 'needs_a_title';
	return words.length < shortestWords || words.length > longestWords ? 'needs_words' : null;
}

export interface NewsSent extends Partial<NewsText> {
	/** `schedule`: when everyone shall read it. */
	at?: Date | null;
	/** `correct`, `withdraw`: why. */
	why?: string;
}

/** Why a deed cannot be done with this piece of news now, or null. */
export function newsObstacle(
	deed: NewsDeed,
	news: NewsText & { state: NewsState },
	sent: NewsSent,
	now: Date
): NewsObstacle | null {
	if (!isPossible(deed, news.state)) return 'not_from_here';
	if (deed === 'schedule') return timeObstacle(sent.at ?? null, now);
	if (deed === 'correct' || deed === 'withdraw') {
		const { length } = sent.why ?? '';
		if (length < shortestReason || length > longestReason) return 'needs_a_reason';
	}
	if (deed !== 'correct') return null;
	const after = { title: sent.title ?? '', words: sent.words ?? '' };
	if (after.title === news.title && after.words === news.words) return 'nothing_changed';
	return textObstacle(after);
}

function timeObstacle(at: Date | null, now: Date): NewsObstacle | null {
	if (!at || at <= now) return 'needs_a_coming_time';
	return at > later(now, days(366)) ? 'time_too_far' : null;
}

/** The topics among what was sent, each once, in the order of the list. */
export const readTopics = (sent: readonly string[]): Topic[] => [...new Set(sent.filter(isTopic))];

/** Whether a piece of news is for a ward: its own, or everybody's. */
export const isForWard = ({ wardCodes }: { wardCodes: string[] }, wardCode: string) =>
	!wardCodes.length || wardCodes.includes(wardCode);

/** `N-12`, `n12` or `12` → 12; null when it is no such number. */
export function readNewsNumber(text: string): number | null {
	const digits = /^(?:n-?)?(\d{1,7})$/i.exec(text.trim())?.[1];
	return digits ? Number(digits) : null;
}
