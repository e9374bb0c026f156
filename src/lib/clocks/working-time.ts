import { dayNumberAt, openOn, type Calendar } from './calendar.ts';
import { clipped, joined, total, without, type Stretch } from './stretches.ts';

/** So many days without an hour of work are a mistake in the calendar, not a promise. */
const longest = 3660;

/** The working stretches between two instants, in order, less those in which the clock stood still. */
export function workingStretches(
	calendar: Calendar,
	from: number,
	to: number,
	pauses: readonly Stretch[] = []
): Stretch[] {
	const open: Stretch[] = [];
	if (to <= from) return open;
	const last = dayNumberAt(to, calendar.timezone);
	for (let day = dayNumberAt(from, calendar.timezone); day <= last; day++)
		open.push(...openOn(calendar, day));
	return without(clipped(open, [from, to]), joined(pauses));
}

/** How much working time lies between two instants, in milliseconds. */
export const workingTime = (
	calendar: Calendar,
	from: number,
	to: number,
	pauses: readonly Stretch[] = []
) => total(workingStretches(calendar, from, to, pauses));

/**
 * The first instant at which so many milliseconds of working time have passed since `from`. Null when
 * a pause without an end comes first, or when the calendar has no work for ten years.
 */
export function dueAfter(
	calendar: Calendar,
	from: number,
	working: number,
	pauses: readonly Stretch[] = []
): number | null {
	if (working <= 0) return from;
	const stops = joined(pauses);
	const halt = stops.find(([, to]) => to === Infinity)?.[0] ?? Infinity;
	const first = dayNumberAt(from, calendar.timezone);
	const last = Math.min(
		first + longest,
		halt === Infinity ? Infinity : dayNumberAt(halt, calendar.timezone)
	);
	let left = working;
	for (let day = first; day <= last; day++) {
		const open = openOn(calendar, day);
		const mine = day === first ? clipped(open, [from, Infinity]) : open;
		for (const [begins, ends] of stops.length ? without(mine, stops) : mine) {
			if (ends - begins >= left) return begins + left;
			left -= ends - begins;
		}
	}
	return null;
}

/**
 * The latest instant from which so many milliseconds of working time are left until `to`: a promise
 * worked backwards. Null when the calendar has no such time in the ten years before.
 */
export function dueBefore(calendar: Calendar, to: number, working: number): number | null {
	if (working <= 0) return to;
	const last = dayNumberAt(to, calendar.timezone);
	let left = working;
	for (let day = last; day >= last - longest; day--)
		for (const [begins, ends] of clipped(openOn(calendar, day), [-Infinity, to]).reverse()) {
			if (ends - begins >= left) return ends - left;
			left -= ends - begins;
		}
	return null;
}

/** The first working moment at or after an instant, or null when none comes for ten years. */
export function nextOpen(calendar: Calendar, at: number): number | null {
	const first = dayNumberAt(at, calendar.timezone);
	for (let day = first; day <= first + longest; day++) {
		const [open] = clipped(openOn(calendar, day), [at, Infinity]);
		if (open) return open[0];
	}
	return null;
}
