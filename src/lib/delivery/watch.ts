import { minutes } from '../platform/time.ts';

/** One try of one road. */
export interface LinkTest {
	at: Date;
	/** Milliseconds. */
	took: number;
	fault: string | null;
}

/** wavering: the last test failed, and it is too early to call it silence. */
export type LinkState = 'working' | 'slow' | 'wavering' | 'silent' | 'untried';

/** How a road stands, and since when. */
export interface Standing {
	state: LinkState;
	/** The first fault of the silence; otherwise null. */
	since: Date | null;
	lastSuccess: Date | null;
	took: number | null;
	fault: string | null;
}

/** An answer that takes longer than this is slow. */
export const slowFrom = 2000;
/** Silent: so many faults in a row, or two and no success for so long. One fault may be a clock that jumped. */
const inARow = 3;
const atMost = minutes(10);

/** How a road stands by its last tests, newest first. */
export function standing(tests: LinkTest[], now: Date): Standing {
	const [latest] = tests;
	if (!latest) return { state: 'untried', since: null, lastSuccess: null, took: null, fault: null };

	const success = tests.find(({ fault }) => fault === null);
	const faults = success ? tests.slice(0, tests.indexOf(success)) : tests;
	const since = faults.at(-1)?.at ?? null;
	const silent =
		faults.length >= inARow ||
		(faults.length > 1 &&
			since !== null &&
			now.getTime() - (success?.at ?? since).getTime() >= atMost);
	return {
		state: silent
			? 'silent'
			: latest.fault !== null
				? 'wavering'
				: latest.took > slowFrom
					? 'slow'
					: 'working',
		since: silent ? since : null,
		lastSuccess: success?.at ?? null,
		took: success?.took ?? null,
		fault: latest.fault
	};
}

/** What became of messages: how many were taken of how many that have an outcome. */
export interface Takings {
	taken: number;
	finished: number;
}

export const rateOf = ({ taken, finished }: Takings) => (finished ? taken / finished : null);

const fewest = 50;
/** How unlikely an hour must be by chance alone, and how much worse to matter to anybody. */
const unlikely = 0.001;
const worse = 0.02;

/**
 * Whether a channel takes fewer messages this hour than it usually does: with at least 50 messages, when
 * chance alone would bring so few less than once in a thousand hours, and two in a hundred fewer.
 */
export function takesFewer(hour: Takings, usual: Takings): boolean {
	const [rate, expected] = [rateOf(hour), rateOf(usual)];
	if (hour.finished < fewest || usual.finished < fewest || rate === null || expected === null)
		return false;
	return expected - rate >= worse && atMostOf(hour.taken, hour.finished, expected) < unlikely;
}

/** P(X ≤ k) of n tries that each succeed with p: exact, and by the normal curve where n is large. */
export function atMostOf(k: number, n: number, p: number): number {
	if (k >= n) return 1;
	if (p >= 1) return 0;
	if (p <= 0) return 1;
	if (n > 2000) return normal((k + 0.5 - n * p) / Math.sqrt(n * p * (1 - p)));
	let logTerm = n * Math.log(1 - p);
	let sum = Math.exp(logTerm);
	for (let i = 1; i <= k; i++) {
		logTerm += Math.log((n - i + 1) / i) + Math.log(p / (1 - p));
		sum += Math.exp(logTerm);
	}
	return Math.min(1, sum);
}

/** The normal distribution, by Abramowitz and Stegun 26.2.17 (error below 8e-8). */
function normal(z: number): number {
	const t = 1 / (1 + 0.2316419 * Math.abs(z));
	const tail =
		(Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) *
		t *
		(0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
	return z > 0 ? 1 - tail : tail;
}
