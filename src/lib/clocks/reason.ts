import {
	dayNumberAt,
	dayOff,
	isoOfDay,
	weekdayOf,
	type Calendar,
	type DayOff
} from './calendar.ts';
import { joined, type Stretch } from './stretches.ts';
import { dueAfter, workingTime } from './working-time.ts';

/** Why something is due when it is: kept beside the time, so that an old promise explains itself for ever. */
export interface Reason {
	/** When it began to run (ISO 8601). */
	from: string;
	minutes: number;
	/** Working time, or day and night. */
	working: boolean;
	/** Weekdays without work on the way, 0 is Sunday. */
	weekdays: number[];
	/** Single days without work on the way. */
	days: Array<DayOff & { day: string }>;
	/** Minutes that would have counted and did not, because it stood still. */
	paused: number;
}

export interface Due {
	/** Null while it stands still, and nobody knows for how long. */
	due: Date | null;
	reason: Reason;
}

const minuteMs = 60_000;

/**
 * When something is due that may take so many minutes of working time, and why then. Pauses never
 * make it earlier.
 */
export function dueWithReason(
	calendar: Calendar,
	from: Date,
	minutes: number,
	pauses: readonly Stretch[] = [],
	working = true
): Due {
	const begins = from.getTime();
	const at = dueAfter(calendar, begins, minutes * minuteMs, pauses);
	const stops = joined(pauses);
	// While it stands still the reason tells of the way to where it stopped.
	const until = at ?? stops.at(-1)?.[0] ?? begins;
	return {
		due: at === null ? null : new Date(at),
		reason: {
			from: from.toISOString(),
			minutes,
			working,
			...skipped(calendar, begins, until),
			paused: stoodStill(calendar, begins, until, stops)
		}
	};
}

/** The minutes that would have counted and did not. */
const stoodStill = (calendar: Calendar, from: number, to: number, stops: Stretch[]) =>
	stops.length === 0
		? 0
		: Math.round(
				(workingTime(calendar, from, to) - workingTime(calendar, from, to, stops)) / minuteMs
			);

/** The days without work between two instants: whole weekdays once, single days each. */
function skipped(calendar: Calendar, from: number, to: number) {
	const weekdays = new Set<number>();
	const days: Reason['days'] = [];
	const last = dayNumberAt(to, calendar.timezone);
	for (let day = dayNumberAt(from, calendar.timezone); day <= last; day++) {
		const weekday = weekdayOf(day);
		if (calendar.week[weekday].length === 0) {
			weekdays.add(weekday);
			continue;
		}
		const off = dayOff(calendar, day);
		if (off) days.push({ ...off, day: isoOfDay(day) });
	}
	return { weekdays: [...weekdays], days };
}
