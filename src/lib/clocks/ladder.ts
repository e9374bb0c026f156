import type { Calendar } from './calendar.ts';
import { momentOf, type Marks, type Target } from './clock.ts';
import { nextOpen } from './working-time.ts';

/** To whom a promise that is not kept is carried, from the nearest on. */
export const ladderLevels = ['supervisor', 'director', 'municipal_manager'] as const;
export type LadderLevel = (typeof ladderLevels)[number];

/** One step of a ladder: at so much of the promised time, to them. */
export interface Rung {
	id: string;
	serviceId: string | null;
	/** Of the time in which it was promised to be done; 100 is when it was due. */
	percent: number;
	level: LadderLevel;
	/** The ward councillor is told too. */
	copyCouncillor: boolean;
	/** Since when it stands here (ISO 8601): what fell due before is not carried up by it. */
	since: string;
}

/** The ladder of a service, or that of all services without their own; the lowest rung first. */
export function ladderFor(rungs: Rung[], serviceId: string | null): Rung[] {
	const own = rungs.filter((rung) => rung.serviceId !== null && rung.serviceId === serviceId);
	return (own.length ? own : rungs.filter((rung) => rung.serviceId === null)).sort(
		(one, other) => one.percent - other.percent
	);
}

export interface Climb {
	rung: Rung;
	/** When so much of the time was used up. */
	moment: Date;
	/** When it is told: at once if urgent, else when people work. */
	at: Date;
}

/** The rungs that are still before a case, in order. None while it stands still or when it has ended. */
export function climbsAhead(
	marks: Marks,
	target: Target,
	calendar: Calendar,
	ladder: Rung[],
	{ climbed, urgent }: { climbed: ReadonlySet<string>; urgent: boolean }
): Climb[] {
	if (marks.endedAt) return [];
	return ladder
		.filter(({ id }) => !climbed.has(id))
		.flatMap((rung) => {
			const moment = momentOf(marks, target, calendar, rung.percent);
			if (!moment || moment < new Date(rung.since)) return [];
			return { rung, moment, at: toldAt(moment, calendar, urgent) };
		});
}

/** Nobody is woken for what is not urgent: it is told at the next working moment. */
export function toldAt(moment: Date, calendar: Calendar, urgent: boolean): Date {
	const open = urgent ? null : nextOpen(calendar, moment.getTime());
	return open === null ? moment : new Date(open);
}
