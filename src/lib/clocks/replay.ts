import { quantile } from '../platform/quantile.ts';
import type { Calendar } from './calendar.ts';
import { faceOf, marksAfter, verdictOf, type Target, type Verdict } from './clock.ts';
import { workingTime } from './working-time.ts';

/** A request of the past: when it was raised, and done. */
export interface PastRequest {
	service: string;
	from: Date;
	/** Null where nobody said that it is done. */
	to: Date | null;
}

/** What a promise would have come to for one service. */
export interface ReplayedService {
	service: string;
	done: number;
	open: number;
	/** Done in time, done late, and not done although it is due by now. */
	kept: number;
	missed: number;
	late: number;
	/** Half of those done took no longer, in minutes of working time and in hours day and night; null where none is done. */
	medianWorkingMinutes: number | null;
	medianHours: number | null;
	/** Four in five took no longer. */
	p80WorkingMinutes: number | null;
	p80Hours: number | null;
}

export interface Replay {
	counted: number;
	/** Done before they were raised: said and not counted. */
	impossible: number;
	services: ReplayedService[];
}

interface Past {
	verdicts: Verdict[];
	workingMinutes: number[];
	hours: number[];
}

/**
 * What a promise would have come to, had it been given for requests of the past: each goes through the
 * same clock as a case of ours (cases.md 14: medians and four in five, never a mean).
 * @param asOf what is not done is judged by then
 */
export function replay(
	requests: Iterable<PastRequest>,
	target: Target,
	calendar: Calendar,
	asOf: Date
): Replay {
	const byService = new Map<string, Past>();
	let counted = 0;
	let impossible = 0;
	for (const { service, from, to } of requests) {
		if (to && to < from) {
			impossible++;
			continue;
		}
		counted++;
		if (!byService.has(service))
			byService.set(service, { verdicts: [], workingMinutes: [], hours: [] });
		const past = byService.get(service)!;
		const marks = marksAfter([
			{ at: from, then: 'runs' },
			...(to ? [{ at: to, then: 'ends' as const }] : [])
		])!;
		const promise = { acknowledge: null, reply: null, resolve: target };
		past.verdicts.push(verdictOf(faceOf(marks, promise, calendar).resolve!, asOf));
		if (!to) continue;
		past.workingMinutes.push(workingTime(calendar, from.getTime(), to.getTime()) / 60_000);
		past.hours.push((to.getTime() - from.getTime()) / 3_600_000);
	}
	const services = Array.from(byService, ([service, past]) => summed(service, past));
	return {
		counted,
		impossible,
		services: services.sort(
			(a, b) => b.done + b.open - (a.done + a.open) || a.service.localeCompare(b.service)
		)
	};
}

function summed(service: string, { verdicts, workingMinutes, hours }: Past): ReplayedService {
	const count = (verdict: Verdict) => verdicts.filter((each) => each === verdict).length;
	return {
		service,
		done: hours.length,
		open: verdicts.length - hours.length,
		kept: count('kept'),
		missed: count('missed'),
		late: count('late'),
		medianWorkingMinutes: quantile(workingMinutes, 0.5),
		medianHours: quantile(hours, 0.5),
		p80WorkingMinutes: quantile(workingMinutes, 0.8),
		p80Hours: quantile(hours, 0.8)
	};
}
