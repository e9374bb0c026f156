import { calendars } from '../i18n/calendar.ts';
import { m, spoken, spokenNow } from '../i18n/index.ts';
import { day, dayAndTime } from '../platform/time.ts';
import type { IconName } from '../ui/icons.ts';
import type { DayOff } from './calendar.ts';
import type { TargetName, Verdict } from './clock.ts';
import type { Priority, Promised } from './policy.ts';
import type { HolidayName } from './public-holidays.ts';
import type { Reason } from './reason.ts';

const holidayWords = spoken<HolidayName>({
	new_year: m.clocks_holiday_new_year,
	human_rights: m.clocks_holiday_human_rights,
	good_friday: m.clocks_holiday_good_friday,
	family: m.clocks_holiday_family,
	freedom: m.clocks_holiday_freedom,
	workers: m.clocks_holiday_workers,
	youth: m.clocks_holiday_youth,
	women: m.clocks_holiday_women,
	heritage: m.clocks_holiday_heritage,
	reconciliation: m.clocks_holiday_reconciliation,
	christmas: m.clocks_holiday_christmas,
	goodwill: m.clocks_holiday_goodwill,
	substitute: m.clocks_holiday_substitute
});

/** `1 h 30 min` of so many minutes. */
export function span(minutes: number): string {
	const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
	const parts = [hours && m.clocks_hours({ n: hours }), rest && m.clocks_minutes({ n: rest })];
	return parts.filter(Boolean).join(' ') || m.clocks_minutes({ n: 0 });
}

/** What a day without work is called: its name, or the day itself. */
export const dayOffWords = (off: DayOff & { day: string }, now: Date) =>
	'holiday' in off
		? holidayWords[off.holiday]
		: off.name || day(new Date(`${off.day}T12:00:00Z`), now, 'UTC');

/** The days left out on the way: `Sat, Sun, Heritage Day`. */
export const skippedWords = ({ weekdays, days }: Pick<Reason, 'weekdays' | 'days'>, now: Date) =>
	[
		...weekdays.map((weekday) => calendars[spokenNow()].weekdays[weekday]),
		...days.map((off) => dayOffWords(off, now))
	].join(', ');

/** `8 h of working time from Wed 23 Sep, 15:00; skips Sat, Sun, Heritage Day; stood still for 2 h` */
export function reasonWords(reason: Reason, now: Date, timezone?: string): string {
	const whole = {
		time: span(reason.minutes),
		from: dayAndTime(new Date(reason.from), now, timezone)
	};
	const skipped = skippedWords(reason, now);
	return [
		reason.working ? m.clocks_working(whole) : m.clocks_always(whole),
		skipped && m.clocks_skips({ days: skipped }),
		reason.paused > 0 && m.clocks_paused_for({ time: span(reason.paused) })
	]
		.filter(Boolean)
		.join('; ');
}

/** The whole sentence: when it is due and why then. */
export const dueWords = (due: Date, reason: Reason, now: Date, timezone?: string) =>
	`${m.clocks_due({ when: dayAndTime(due, now, timezone) })}: ${reasonWords(reason, now, timezone)}.`;

export const targetWords = spoken<TargetName>({
	acknowledge: m.clocks_acknowledge,
	reply: m.clocks_reply,
	resolve: m.clocks_resolve
});

const verdictLabels = spoken<Verdict>({
	running: m.clocks_in_time,
	late: m.clocks_late,
	paused: m.clocks_paused,
	kept: m.clocks_kept,
	missed: m.clocks_missed,
	over: m.clocks_ended
});

const verdictLooks = {
	running: { icon: 'clock', tone: '' },
	late: { icon: 's-late', tone: 'bad' },
	paused: { icon: 's-hold', tone: 'wait' },
	kept: { icon: 's-done', tone: 'good' },
	missed: { icon: 's-broken', tone: 'bad' },
	over: { icon: 'x', tone: '' }
} as const satisfies Record<Verdict, { icon: IconName; tone: string }>;

/** How a promise stands, as a pill says it. */
export const verdictPill = (verdict: Verdict) => ({
	label: verdictLabels[verdict],
	...verdictLooks[verdict]
});

/** When it is or was due, and when it was done: `Was due Tue 24 Nov, 10:00`. */
export function whenWords(
	{ due, doneAt, verdict }: { due: Date | null; doneAt: Date | null; verdict: Verdict },
	now: Date,
	timezone?: string
): string {
	const on = (at: Date) => dayAndTime(at, now, timezone);
	if (verdict === 'paused' || !due) return m.clocks_standing();
	if (verdict === 'over') return m.clocks_over();
	if (doneAt) return m.clocks_done_on({ done: on(doneAt), due: on(due) });
	return verdict === 'running' ? m.clocks_by({ due: on(due) }) : m.clocks_was_due({ due: on(due) });
}

/** What is promised in short: `16 h of working time`, or a dash where nothing is. */
export const promisedWords = (promised: Promised | null): string => {
	if (!promised) return '–';
	const time = span(promised.minutes);
	return promised.working ? m.clocks_in_working({ time }) : m.clocks_in_always({ time });
};

/** How urgent a case is, as residents read it. */
export const urgencyWords = spoken<Priority>({
	emergency: m.charter_emergency,
	high: m.charter_high,
	normal: m.charter_normal,
	low: m.charter_low
});

/** `30 % in 1 h 30 min, 60 % in 3 h 30 min` */
export const stepsWords = (steps: NonNullable<Promised['steps']>) =>
	steps.map(({ percent, minutes }) => m.charter_step({ percent, time: span(minutes) })).join(', ');
