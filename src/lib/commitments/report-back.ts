import { m } from '../i18n/index.ts';
import { endOfDay, localTime } from '../platform/time.ts';

/** What happened in a ward in one quarter, counted from the cases themselves. */
export interface WardFigures {
	opened: number;
	saidFixed: number;
	confirmed: number;
	reopened: number;
	openAtEnd: number;
	suggestions: number;
	suggestionsAnswered: number;
	asked: number;
	answered: number;
	promised: number;
	kept: number;
	slipped: number;
	broken: number;
	overdue: number;
}

/** A quarter of the calendar year, on the municipality's clock: `2026-Q4`. */
export interface Quarter {
	name: string;
	from: Date;
	/** Its last millisecond. */
	to: Date;
}

const lastDays = ['03-31', '06-30', '09-30', '12-31'];

/** The quarter of that name, or null when there is none. */
export function quarterOf(name: string, timeZone?: string): Quarter | null {
	const [, year, nth] = /^(20\d\d)-Q([1-4])$/.exec(name) ?? [];
	if (!year) return null;
	const at = Number(nth) - 1;
	const before = at === 0 ? `${Number(year) - 1}-12-31` : `${year}-${lastDays[at - 1]}`;
	const [end, to] = [endOfDay(before, timeZone), endOfDay(`${year}-${lastDays[at]}`, timeZone)];
	return end && to && { name, from: new Date(end.getTime() + 1), to };
}

export function quarterAt(now: Date, timeZone?: string): string {
	const { year, month } = localTime(now, timeZone);
	return `${year}-Q${Math.ceil(month / 3)}`;
}

export function quarterBefore(name: string): string {
	const [year, nth] = [Number(name.slice(0, 4)), Number(name.slice(6))];
	return nth === 1 ? `${year - 1}-Q4` : `${year}-Q${nth - 1}`;
}

const spans = [
	m.promises_quarter_1,
	m.promises_quarter_2,
	m.promises_quarter_3,
	m.promises_quarter_4
];

/** `October to December 2026`. */
export const quarterWords = (name: string) =>
	spans[Number(name.slice(6)) - 1]({ year: name.slice(0, 4) });
