import * as v from 'valibot';
import { line, list, neededLine, oneOf, tick, words } from '../platform/fields.ts';
import { readWeek, type WeekFile } from './calendar-file.ts';
import { weekdayKeys, type WeekdayKey } from './calendar.ts';
import { ladderLevels } from './ladder.ts';
import type { Priority, Promised } from './policy.ts';

export const weekdayNames: Record<WeekdayKey, string> = {
	sun: 'Sunday',
	mon: 'Monday',
	tue: 'Tuesday',
	wed: 'Wednesday',
	thu: 'Thursday',
	fri: 'Friday',
	sat: 'Saturday'
};

/** Days as people count them here. */
export const weekdaysInOrder: WeekdayKey[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** `08:00–13:00, 14:00–16:30` as a file keeps it, or null when that is no list of hours. */
export function hoursTyped(text: string): Array<[string, string]> | null {
	const parts = text.split(/[,;]/).map((part) => part.trim());
	if (parts.length === 1 && !parts[0]) return [];
	const pairs = parts.map((part) =>
		/^(\d{1,2}[:h.]\d{2})\s*(?:-|–|to)\s*(\d{1,2}[:h.]\d{2})$/.exec(part)
	);
	if (pairs.some((pair) => !pair)) return null;
	const time = (typed: string) => typed.replace(/[h.]/, ':').padStart(5, '0');
	return pairs.map((pair): [string, string] => [time(pair![1]), time(pair![2])]);
}

export const hoursText = (hours: Array<[string, string]> | undefined) =>
	(hours ?? []).map(([from, to]) => `${from}–${to}`).join(', ');

/** Hours of one day that stand: why they do not, is said in words. */
const dayHours = (day: WeekdayKey) =>
	v.pipe(
		line(weekdayNames[day], 80),
		v.rawTransform(({ dataset, addIssue, NEVER }) => {
			const hours = hoursTyped(dataset.value);
			const reason = hours ? faultIn(day, hours) : 'write them like 08:00–13:00, 14:00–16:30';
			if (!hours || reason) {
				addIssue({ message: `${weekdayNames[day]}: ${reason}` });
				return NEVER;
			}
			return hours;
		})
	);

function faultIn(day: WeekdayKey, hours: Array<[string, string]>): string | null {
	if (hours.length === 0) return null;
	try {
		readWeek({ [day]: hours });
		return null;
	} catch (reason) {
		return (reason as Error).message.replace(/^week\.\w+(\[\d+\])?: /, '');
	}
}

/** Hours of work as they are typed. */
export const calendarForm = v.pipe(
	v.object({
		version: v.optional(v.string(), ''),
		name: neededLine('Name', 60, 'Say whose hours these are'),
		departmentId: line('Department', 36),
		publicHolidays: tick,
		...(Object.fromEntries(weekdayKeys.map((day) => [day, dayHours(day)])) as Record<
			WeekdayKey,
			ReturnType<typeof dayHours>
		>)
	}),
	v.forward(
		v.check(
			(fields) => weekdayKeys.some((day) => fields[day].length > 0),
			'These hours have no working time: give at least one day some'
		),
		['mon']
	),
	v.transform(({ version, name, departmentId, publicHolidays, ...days }) => ({
		version,
		name,
		departmentId: departmentId || null,
		publicHolidays: Boolean(publicHolidays),
		week: Object.fromEntries(weekdayKeys.map((day) => [day, days[day]])) as WeekFile
	}))
);

const mostHours = 8760;

/** A number of hours such as `12` or `1.5`, or nothing; in minutes. */
const minutes = (what: string) =>
	v.pipe(
		line(what, 10),
		v.regex(/^(\d{1,4}([.,]\d{1,2})?)?$/, `${what}: hours, such as 8 or 1.5, or nothing`),
		v.transform((text) => (text === '' ? null : Math.round(Number(text.replace(',', '.')) * 60))),
		v.check(
			(n) => n === null || (n > 0 && n <= mostHours * 60),
			`${what}: more than nothing, a year at most`
		)
	);

const clockKinds = ['working', 'always'] as const;
const kind = (what: string) => oneOf(clockKinds, `${what}: choose working hours, or day and night`);

/** `30 % in 1.5 h`, a line each; the last is what everybody is promised. */
export function stepsTyped(text: string): Array<{ percent: number; minutes: number }> | null {
	const lines = text.split('\n').filter((each) => each.trim());
	const found = lines.map((each) =>
		/^\s*(\d{1,3})\s*%\s*(?:in\s*)?(\d{1,4}(?:[.,]\d{1,2})?)\s*h?\s*$/.exec(each)
	);
	if (found.some((each) => !each)) return null;
	const steps = found.map((each) => ({
		percent: Number(each![1]),
		minutes: Math.round(Number(each![2].replace(',', '.')) * 60)
	}));
	const rising = steps.every(
		({ percent, minutes }, i) =>
			percent > (steps[i - 1]?.percent ?? 0) &&
			minutes > (steps[i - 1]?.minutes ?? 0) &&
			percent <= 100
	);
	return rising ? steps : null;
}

export const stepsText = (promised: Promised | null | undefined) =>
	(promised?.steps ?? [])
		.map(({ percent, minutes }) => `${percent} % in ${minutes / 60} h`)
		.join('\n');

const steps = v.pipe(
	words('Steps', 400),
	v.rawTransform(({ dataset, addIssue, NEVER }) => {
		const typed = stepsTyped(dataset.value);
		if (typed) return typed;
		addIssue({ message: 'Steps: a line each, rising, such as “30 % in 1.5 h”' });
		return NEVER;
	})
);

const promised = (n: number | null, kind: string): Promised | null =>
	n === null ? null : { minutes: n, working: kind === 'working' };

/** What is promised, as it is typed: hours, empty where nothing is. */
export const agreementForm = v.pipe(
	v.object({
		version: v.optional(v.string(), ''),
		serviceId: line('Service', 36),
		priority: oneOf(['', 'emergency', 'high', 'normal', 'low'], 'Choose a priority of the list'),
		segment: line('Segment', 60),
		wardCodes: list,
		acknowledge: minutes('Somebody looks at it'),
		acknowledgeKind: kind('Somebody looks at it'),
		reply: minutes('First answer'),
		replyKind: kind('First answer'),
		resolve: minutes('Done'),
		resolveKind: kind('Done'),
		steps
	}),
	v.forward(
		v.check(
			({ acknowledge, reply, resolve, steps }) =>
				acknowledge !== null || reply !== null || resolve !== null || steps.length > 0,
			'Promise at least one of the three'
		),
		['resolve']
	),
	v.forward(
		v.check(
			({ segment, wardCodes }) => wardCodes.length === 0 || segment !== '',
			'Say what these wards are called together'
		),
		['segment']
	),
	v.transform((fields) => ({
		version: fields.version,
		serviceId: fields.serviceId || null,
		priority: (fields.priority || null) as Priority | null,
		segment: fields.segment || null,
		wardCodes: fields.wardCodes,
		acknowledge: promised(fields.acknowledge, fields.acknowledgeKind),
		reply: promised(fields.reply, fields.replyKind),
		resolve: withSteps(
			promised(fields.resolve, fields.resolveKind),
			fields.steps,
			fields.resolveKind
		)
	}))
);

/** A set of steps says itself by when it is done: its last. */
const withSteps = (plain: Promised | null, steps: Promised['steps'] & object, kind: string) =>
	steps.length ? { ...promised(steps.at(-1)!.minutes, kind)!, steps } : plain;

const percent = (what: string) =>
	v.pipe(
		line(what, 4),
		v.regex(/^\d{0,4}$/, `${what}: a number of percent, or nothing`),
		v.transform((text) => (text === '' ? null : Number(text)))
	);

/** The steps of a ladder, as they are typed; an empty one is not told. */
export const ladderForm = v.pipe(
	v.object({
		serviceId: line('Service', 36),
		supervisor: percent('Supervisor'),
		supervisorCopy: tick,
		director: percent('Director'),
		directorCopy: tick,
		municipal_manager: percent('Municipal manager'),
		municipal_managerCopy: tick
	}),
	v.transform((fields) => ({
		serviceId: fields.serviceId || null,
		steps: ladderLevels.flatMap((level) => {
			const percent = fields[level];
			return percent === null
				? []
				: [{ level, percent, copyCouncillor: Boolean(fields[`${level}Copy`]) }];
		})
	}))
);

/** What a department promises another, in hours of work. */
export const internalForm = v.pipe(
	v.object({
		departmentId: line('Who does its part', 36),
		forDepartmentId: line('For whom', 36),
		serviceId: line('Service', 36),
		minutes: minutes('Hours of work before the promise')
	}),
	v.transform(({ departmentId, forDepartmentId, serviceId, minutes: before }) => ({
		departmentId,
		forDepartmentId: forDepartmentId || null,
		serviceId: serviceId || null,
		minutes: before ?? 0
	}))
);

export const internalEnd = v.object({ internalId: line('Agreement', 36) });
