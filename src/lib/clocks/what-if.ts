import { Refusal } from '../platform/refusal.ts';
import { atWallTime } from '../platform/time.ts';
import { isDay } from './calendar-file.ts';
import { calendarOf, type CalendarRow, type PolicyRows } from './policy.ts';
import { dueWithReason, type Due } from './reason.ts';
import type { Stretch } from './stretches.ts';

const refuse = (field: string, reason: string) => new Refusal(400, `${field}: ${reason}`, field);

/** A year of working minutes, day and night: what is longer is a slip of the hand. */
const mostMinutes = 527_040;

const shape = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * An instant as people type it: ISO 8601, on the given clock when no offset is written.
 * @throws 400 naming the field
 */
export function readInstant(field: string, text: string, timezone: string): Date {
	const [typed, date, time, seconds, , offset] = shape.exec(text.trim()) ?? [];
	const at =
		date && isDay(date) && (offset ? new Date(typed!) : onTheWall(date, time, seconds, timezone));
	if (!at || Number.isNaN(at.getTime()))
		throw refuse(field, `“${text}” is no instant; write it like 2026-09-23T15:00+02:00`);
	return at;
}

/** Whole minutes, 0 to a year. @throws 400 naming the field */
export function readMinutes(field: string, text: string): number {
	const minutes = Number(text);
	if (!/^\d{1,6}$/.test(text.trim()) || minutes > mostMinutes)
		throw refuse(field, `“${text}” is no number of minutes from 0 to ${mostMinutes}`);
	return minutes;
}

/** `FROM/TO`, two instants. @throws 400 naming the field when there are not two, or they run backwards */
export function readPause(field: string, text: string, timezone: string): Stretch {
	const parts = text.split('/');
	if (parts.length !== 2)
		throw refuse(field, `“${text}” must be two instants with a stroke between: FROM/TO`);
	const [from, to] = parts.map((part) => readInstant(field, part, timezone).getTime());
	if (from > to) throw refuse(field, `“${text}” ends before it begins`);
	return [from, to];
}

function onTheWall(date: string, time: string, seconds: string | undefined, timezone: string) {
	const at = atWallTime(`${date}T${time}`, timezone);
	return at && new Date(at.getTime() + Number(seconds?.slice(1) ?? 0) * 1000);
}

/** What a supervisor asks: texts as a form sends them. */
export interface Asked {
	/** `2026-09-23` and `15:00`. */
	from: string;
	time: string;
	hours: string;
	minutes: string;
	/** `2026-09-24T10:00`, both or none. */
	pauseFrom: string;
	pauseTo: string;
}

/**
 * When something would be due under some hours of work, and why then.
 * @throws 400 naming the field of the form
 */
export function whatIf(
	row: CalendarRow | undefined,
	days: PolicyRows['days'],
	asked: Asked
): Due & { timezone: string } {
	if (!row) throw new Refusal(400, 'Choose hours of work.', 'calendar');
	const from = atWallTime(`${asked.from}T${asked.time}`, row.timezone);
	if (!from) throw new Refusal(400, 'Give a day and a time.', 'from');
	const minutes = Number(asked.hours || 0) * 60 + Number(asked.minutes || 0);
	if (!Number.isInteger(minutes) || minutes < 1 || minutes > mostMinutes)
		throw new Refusal(400, 'Give how long it may take: a minute to a year.', 'hours');
	const due = dueWithReason(calendarOf(row, days), from, minutes, askedPauses(asked, row.timezone));
	return { ...due, timezone: row.timezone };
}

function askedPauses({ pauseFrom, pauseTo }: Asked, timezone: string): Stretch[] {
	if (!pauseFrom && !pauseTo) return [];
	const [from, to] = [pauseFrom, pauseTo].map((text) => atWallTime(text, timezone));
	if (!from) throw new Refusal(400, 'Give when the pause begins.', 'pause-from');
	if (!to) throw new Refusal(400, 'Give when the pause ends.', 'pause-to');
	if (to < from) throw new Refusal(400, 'The pause ends before it begins.', 'pause-to');
	return [[from.getTime(), to.getTime()]];
}
