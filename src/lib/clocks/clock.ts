import type { Calendar } from './calendar.ts';
import { roundTheClock } from './calendar.ts';
import { dueWithReason, type Reason } from './reason.ts';
import type { Stretch } from './stretches.ts';
import { dueAfter } from './working-time.ts';

/** What is promised about a case, in the order it should happen (cases.md 5.1). */
export const targetNames = ['acknowledge', 'reply', 'resolve'] as const;
export type TargetName = (typeof targetNames)[number];

export interface Target {
	minutes: number;
	/** Working time; otherwise day and night. */
	working: boolean;
}

export type Targets = Record<TargetName, Target | null>;

/** One thing that happened, as a clock hears it. */
export interface Beat {
	at: Date;
	/** runs: somebody must act. stands: paused. ends: done, or over. */
	then: 'runs' | 'stands' | 'ends';
	/** Why it stands or ended, a code. */
	why?: string | null;
	/** A person of the municipality looked at it. */
	acknowledged?: boolean;
	/** A person of the municipality answered. */
	replied?: boolean;
}

export interface Stop {
	from: Date;
	/** Null while it lasts. */
	to: Date | null;
	then: 'stands' | 'ends';
	why: string | null;
}

/** Everything a clock knows of a case: what its events leave, whatever is promised. */
export interface Marks {
	startedAt: Date;
	acknowledgedAt: Date | null;
	repliedAt: Date | null;
	/** Null while it is open, and again after it was opened again. */
	endedAt: Date | null;
	stops: Stop[];
}

/** What a case's events leave, from its beginning or from where it stood; in whatever batches they come. */
export const marksAfter = (beats: readonly Beat[], from?: Marks): Marks | undefined =>
	beats.reduce<Marks | undefined>((marks, beat) => marked(marks ?? begun(beat.at), beat), from);

const begun = (at: Date): Marks => ({
	startedAt: at,
	acknowledgedAt: null,
	repliedAt: null,
	endedAt: null,
	stops: []
});

function marked(before: Marks, { at, then, why = null, acknowledged, replied }: Beat): Marks {
	return {
		startedAt: before.startedAt,
		acknowledgedAt: before.acknowledgedAt ?? (acknowledged ? at : null),
		repliedAt: before.repliedAt ?? (replied ? at : null),
		endedAt: then === 'ends' ? (before.endedAt ?? at) : null,
		stops: stopped(before.stops, at, then, why)
	};
}

function stopped(stops: Stop[], at: Date, then: Beat['then'], why: string | null): Stop[] {
	const last = stops.at(-1);
	const standing = last && last.to === null ? last : undefined;
	if (standing?.then === then) return stops;
	const before = standing ? [...stops.slice(0, -1), { ...standing, to: at }] : stops;
	return then === 'runs' ? before : [...before, { from: at, to: null, then, why }];
}

/** One promise of a case: when it was or is due, why then, and when it was done. */
export interface Reading {
	due: Date | null;
	reason: Reason;
	doneAt: Date | null;
}

export type Face = Record<TargetName, Reading | null> & {
	/** The earliest promise that is not yet kept; null when there is none, or while it stands still. */
	next: { target: TargetName; due: Date } | null;
};

const doneAt = (marks: Marks, target: TargetName) =>
	({ acknowledge: marks.acknowledgedAt, reply: marks.repliedAt, resolve: marks.endedAt })[target];

/** Stretches in which it stood still, as far as they concern something done at that time. */
const stillUntil = (marks: Marks, done: Date | null): Stretch[] =>
	marks.stops
		.filter(({ from }) => !done || from < done)
		.map(({ from, to }) => [from.getTime(), to?.getTime() ?? Infinity]);

/** Day and night in a calendar's own zone; one for each calendar, because days are remembered by calendar. */
const always = new WeakMap<Calendar, Calendar>();
function hoursFor(calendar: Calendar, { working }: Target): Calendar {
	if (working) return calendar;
	let day = always.get(calendar);
	if (!day) always.set(calendar, (day = roundTheClock(calendar.timezone)));
	return day;
}

/** What a clock shows: recomputed whole from what happened, what is promised and when work is done. */
export function faceOf(marks: Marks, targets: Targets, calendar: Calendar): Face {
	const face: Face = { acknowledge: null, reply: null, resolve: null, next: null };
	for (const name of targetNames) {
		const target = targets[name];
		if (!target) continue;
		const done = doneAt(marks, name);
		const { due, reason } = dueWithReason(
			hoursFor(calendar, target),
			marks.startedAt,
			target.minutes,
			stillUntil(marks, done),
			target.working
		);
		face[name] = { due, reason, doneAt: done };
		const waits = due && !done && !marks.endedAt;
		if (waits && (!face.next || due < face.next.due)) face.next = { target: name, due };
	}
	return face;
}

/** When a share of a promise's time is used up: for warnings and the rungs of a ladder. Null while it stands still. */
export function momentOf(
	marks: Marks,
	target: Target,
	calendar: Calendar,
	percent: number
): Date | null {
	const at = dueAfter(
		hoursFor(calendar, target),
		marks.startedAt.getTime(),
		(target.minutes * 60_000 * percent) / 100,
		stillUntil(marks, marks.endedAt)
	);
	return at === null ? null : new Date(at);
}

export type Verdict = 'running' | 'late' | 'paused' | 'kept' | 'missed' | 'over';

/** How a promise stands at an instant. `over` is what ended before it was done, and in time. */
export function verdictOf(
	{ due, doneAt }: Pick<Reading, 'due' | 'doneAt'>,
	now: Date,
	ended: Date | null = null
): Verdict {
	if (doneAt) return due && doneAt > due ? 'missed' : 'kept';
	if (ended) return due && ended > due ? 'missed' : 'over';
	if (!due) return 'paused';
	return now > due ? 'late' : 'running';
}
