import { Refusal } from '../platform/refusal.ts';
import { weekdayKeys, type Calendar, type Hours, type WeekdayKey } from './calendar.ts';

/** Hours of the week as people write them: `{"mon": [["08:00", "13:00"], ["14:00", "16:30"]]}`. */
export type WeekFile = Partial<Record<WeekdayKey, Array<[string, string]>>>;

const refuse = (field: string, reason: string) => new Refusal(400, `${field}: ${reason}`, field);

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A calendar as a file tells it: `{"timezone", "week", "holidays", "publicHolidays"}`. A holiday is a
 * day, or a day with its name.
 * @throws 400 naming the field and the reason
 */
export function readCalendar(file: unknown): Calendar {
	if (!isObject(file)) throw refuse('calendar', 'must be an object with timezone and week');
	for (const name of Object.keys(file))
		if (!['timezone', 'week', 'holidays', 'publicHolidays'].includes(name))
			throw refuse(name, 'is not known here: timezone, week, holidays and publicHolidays are');
	if (file.publicHolidays !== undefined && typeof file.publicHolidays !== 'boolean')
		throw refuse('publicHolidays', 'must be true or false');
	return {
		timezone: readZone(file.timezone),
		week: readWeek(file.week),
		daysOff: readDaysOff(file.holidays ?? []),
		publicHolidays: file.publicHolidays === true
	};
}

/** A time zone by its name in the IANA database. @throws 400 when there is none such */
export function readZone(value: unknown): string {
	if (typeof value !== 'string' || !value)
		throw refuse('timezone', 'is missing, such as Africa/Johannesburg');
	try {
		new Intl.DateTimeFormat('en', { timeZone: value });
	} catch {
		throw refuse(
			'timezone',
			`there is no time zone “${value}”; write one such as Africa/Johannesburg`
		);
	}
	return value;
}

/**
 * The hours of a week, Sunday first, each day in order.
 * @throws 400 for hours that are none, that overlap, or when no day has any
 */
export function readWeek(value: unknown): Hours[][] {
	if (!isObject(value))
		throw refuse('week', 'must name days with their hours, such as {"mon": [["08:00", "16:30"]]}');
	for (const day of Object.keys(value))
		if (!weekdayKeys.includes(day as WeekdayKey))
			throw refuse(`week.${day}`, `is no day; days are ${weekdayKeys.join(', ')}`);
	const week = weekdayKeys.map((day) => readHours(`week.${day}`, value[day] ?? []));
	if (week.every((hours) => hours.length === 0))
		throw refuse('week', 'has no working time: give at least one day hours');
	return week;
}

function readHours(field: string, value: unknown): Hours[] {
	if (!Array.isArray(value))
		throw refuse(field, 'must be a list of hours, such as [["08:00", "13:00"]]');
	const hours = value
		.map((pair, i) => readPair(`${field}[${i}]`, pair))
		.sort((a, b) => a[0] - b[0]);
	for (const [i, [from]] of hours.entries())
		if (i > 0 && from < hours[i - 1][1])
			throw refuse(field, `${written(hours[i - 1])} and ${written(hours[i])} overlap`);
	return hours;
}

function readPair(field: string, pair: unknown): Hours {
	if (!Array.isArray(pair) || pair.length !== 2)
		throw refuse(field, 'must be a beginning and an end, such as ["08:00", "13:00"]');
	const [from, to] = pair.map((time) => minuteOf(field, time));
	if (from >= to)
		throw refuse(field, `must end after it begins: ${pair[0]} to ${pair[1]} does not`);
	return [from, to];
}

function minuteOf(field: string, time: unknown): number {
	const [, hour, minute] = (typeof time === 'string' && /^(\d{2}):([0-5]\d)$/.exec(time)) || [];
	const minutes = Number(hour) * 60 + Number(minute);
	if (hour === undefined || minutes > 1440)
		throw refuse(field, `“${String(time)}” is no time of day; write 08:00 to 24:00`);
	return minutes;
}

function readDaysOff(value: unknown): Map<string, string> {
	if (!Array.isArray(value))
		throw refuse('holidays', 'must be a list of days such as "2026-09-24"');
	return new Map(value.map((each, i) => readDayOff(`holidays[${i}]`, each)));
}

function readDayOff(field: string, value: unknown): [string, string] {
	const { date, name = '' } = isObject(value) ? value : { date: value };
	if (typeof date !== 'string' || !isDay(date))
		throw refuse(field, `“${String(date)}” is no day; write it like 2026-09-24`);
	if (typeof name !== 'string') throw refuse(field, 'the name must be words');
	return [date, name];
}

/** Whether a text is a day of the calendar: `2026-02-29` is not. */
export const isDay = (text: string) => {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	const at = new Date(`${text}T00:00:00Z`);
	return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
};

const two = (n: number) => String(n).padStart(2, '0');

/** `08:00` */
export const timeOf = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

/** `08:00–13:00` */
export const written = ([from, to]: Hours) => `${timeOf(from)}–${timeOf(to)}`;

/** The hours of a week as a file writes them. */
export const weekFile = (week: Calendar['week']): WeekFile =>
	Object.fromEntries(
		weekdayKeys.map((day, i) => [day, week[i].map(([from, to]) => [timeOf(from), timeOf(to)])])
	);
