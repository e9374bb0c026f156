import { readWeek, type WeekFile } from './calendar-file.ts';
import type { Calendar } from './calendar.ts';
import type { Target, Targets } from './clock.ts';
import { ladderFor, type Rung } from './ladder.ts';

export interface Promised extends Target {
	/**
	 * Shares of all cases by time, in rising order, where the promise is a set (NRS 047: 30 % in 90
	 * minutes, 60 % in 210 …). `minutes` is then its last step: what each case is promised.
	 */
	steps?: Array<{ percent: number; minutes: number }>;
}

export type Priority = 'emergency' | 'high' | 'normal' | 'low';

/** One version of what is promised, and for what. */
export interface AgreementRow {
	id: string;
	serviceId: string | null;
	priority: Priority | null;
	segment: string | null;
	wardCodes: string[];
	acknowledge: Promised | null;
	reply: Promised | null;
	resolve: Promised | null;
}

export interface CalendarRow {
	id: string;
	calendarId: string;
	departmentId: string | null;
	name: string;
	timezone: string;
	week: WeekFile;
	publicHolidays: boolean;
}

/**
 * What departments promise each other: whoever was given a case by another is done with it so long
 * before the residents' promise.
 */
export interface InternalRow {
	id: string;
	/** Who was given it. */
	departmentId: string;
	/** Who gave it; none: whoever did. */
	forDepartmentId: string | null;
	serviceId: string | null;
	/** Of the working time of whoever was given it. */
	minutes: number;
}

/** Everything a municipality promises at one instant. */
export interface PolicyRows {
	agreements: AgreementRow[];
	calendars: CalendarRow[];
	days: Array<{ day: string; name: string }>;
	rungs: Rung[];
	internals?: InternalRow[];
}

/** What about a case decides what is promised. */
export interface Served {
	serviceId: string | null;
	priority: string;
	wardCode: string | null;
	departmentId: string | null;
	/** The department that gave it to the one that has it now, unless it is back where it began. */
	cameFrom?: string | null;
}

export interface Policy {
	agreement: AgreementRow;
	targets: Targets;
	calendarId: string;
	calendar: Calendar;
	ladder: Rung[];
	/** What the department that has it owes the one that gave it. */
	internal: InternalRow | null;
}

const fits = (agreement: AgreementRow, served: Served) =>
	(!agreement.serviceId || agreement.serviceId === served.serviceId) &&
	(!agreement.priority || agreement.priority === served.priority) &&
	(agreement.wardCodes.length === 0 ||
		(served.wardCode !== null && agreement.wardCodes.includes(served.wardCode)));

/** How closely an agreement fits: its service first, then its segment, then its priority. */
export const closeness = ({
	serviceId,
	wardCodes,
	priority
}: Pick<AgreementRow, 'serviceId' | 'wardCodes' | 'priority'>) =>
	(serviceId ? 4 : 0) + (wardCodes.length ? 2 : 0) + (priority ? 1 : 0);

/** The agreement that holds for a case: of those that fit, the closest. */
export const agreementFor = (agreements: AgreementRow[], served: Served) =>
	agreements
		.filter((each) => fits(each, served))
		.sort((a, b) => closeness(b) - closeness(a) || (a.id < b.id ? 1 : -1))
		.at(0);

/** What the department that has a case owes the one that gave it: of those that fit the closest, its giver first. */
export const internalFor = (
	internals: InternalRow[],
	{ departmentId, cameFrom, serviceId }: Served
): InternalRow | null =>
	internals
		.filter(
			(each) =>
				cameFrom != null &&
				each.departmentId === departmentId &&
				(!each.forDepartmentId || each.forDepartmentId === cameFrom) &&
				(!each.serviceId || each.serviceId === serviceId)
		)
		.sort((a, b) => internalCloseness(b) - internalCloseness(a) || (a.id < b.id ? 1 : -1))
		.at(0) ?? null;

const internalCloseness = ({ forDepartmentId, serviceId }: InternalRow) =>
	(forDepartmentId ? 2 : 0) + (serviceId ? 1 : 0);

/** The hours that hold: the department's own, else the municipality's. */
export const calendarFor = (rows: CalendarRow[], departmentId: string | null) =>
	rows.find((each) => each.departmentId && each.departmentId === departmentId) ??
	rows.find((each) => !each.departmentId);

/** A calendar as a row keeps it, with the days that were proclaimed. */
export const calendarOf = (row: CalendarRow, days: PolicyRows['days']): Calendar => ({
	timezone: row.timezone,
	week: readWeek(row.week),
	daysOff: new Map(row.publicHolidays ? days.map(({ day, name }) => [day, name]) : []),
	publicHolidays: row.publicHolidays
});

/** Answers what is promised about any case, from what a municipality promises at one instant. */
export function policyOf(rows: PolicyRows) {
	// One calendar for all cases under it: its days are looked up once.
	const built = new Map<string, Calendar>();
	return (served: Served): Policy | null => {
		const agreement = agreementFor(rows.agreements, served);
		const row = agreement && calendarFor(rows.calendars, served.departmentId);
		if (!agreement || !row) return null;
		if (!built.has(row.id)) built.set(row.id, calendarOf(row, rows.days));
		const { acknowledge, reply, resolve } = agreement;
		return {
			agreement,
			targets: { acknowledge, reply, resolve },
			calendarId: row.id,
			calendar: built.get(row.id)!,
			ladder: ladderFor(rows.rungs, served.serviceId),
			internal: internalFor(rows.internals ?? [], served)
		};
	};
}

/** What is promised, with other hours instead of those with the same id or for the same department. */
export const withCalendar = (rows: PolicyRows, calendar: Omit<CalendarRow, 'id'>): PolicyRows => ({
	...rows,
	calendars: [
		...rows.calendars.filter(
			({ calendarId, departmentId }) =>
				calendarId !== calendar.calendarId && departmentId !== calendar.departmentId
		),
		{ ...calendar, id: 'draft' }
	]
});

/** What is promised, with an agreement instead of the version of that id. */
export const withAgreement = (
	rows: PolicyRows,
	agreement: Omit<AgreementRow, 'id'>,
	insteadOf: string | undefined
): PolicyRows => ({
	...rows,
	agreements: [
		...rows.agreements.filter(({ id }) => id !== insteadOf),
		{ ...agreement, id: insteadOf ?? 'draft' }
	]
});

/** What is promised, with other steps instead of the ladder of a service, or of all services without their own. */
export const withLadder = (
	rows: PolicyRows,
	serviceId: string | null,
	steps: Array<Pick<Rung, 'level' | 'percent' | 'copyCouncillor'>>,
	since: Date
): PolicyRows => ({
	...rows,
	rungs: [
		...rows.rungs.filter((rung) => rung.serviceId !== serviceId),
		...steps.map((step) => ({
			...step,
			id: `draft ${step.level}`,
			serviceId,
			since: since.toISOString()
		}))
	]
});
