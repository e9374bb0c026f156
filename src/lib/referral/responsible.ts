import * as v from 'valibot';
import { line, tick } from '../platform/fields.ts';
import { atWallTime } from '../platform/time.ts';

/** One line of the table: a function at a place, and whose it is. */
export interface Line {
	/** A service, or a whole group of services. */
	serviceId: string | null;
	group: string | null;
	/** Everywhere, when there is none. */
	wardCode: string | null;
}

/** What is asked about. */
export interface Asked {
	serviceId: string | null;
	group: string | null;
	wardCode: string | null;
}

const fits = (row: Line, asked: Asked) =>
	(row.serviceId ? row.serviceId === asked.serviceId : row.group === asked.group) &&
	(row.wardCode === null || row.wardCode === asked.wardCode);

const closeness = (row: Line) => (row.serviceId ? 2 : 0) + (row.wardCode ? 1 : 0);

/** The line that says who is responsible: the closest fit, a service before its group, then a ward before everywhere. */
export const responsibleFor = <Row extends Line>(rows: readonly Row[], asked: Asked): Row | null =>
	rows
		.filter((row) => fits(row, asked))
		.reduce<Row | null>(
			(best, row) => (best && closeness(best) >= closeness(row) ? best : row),
			null
		);

/** The form of one line. `function` is `service:ID` or `group:NAME`. */
export const responsibilityForm = v.object({
	function: v.pipe(
		v.optional(v.string(), ''),
		v.regex(/^(service|group):.+/, 'Choose what it is about.')
	),
	wardCode: line('Ward', 20),
	to: v.pipe(
		v.optional(v.string(), ''),
		v.regex(/^(department|municipality):.+/, 'Choose who is responsible.')
	),
	since: v.pipe(
		line('From', 10),
		v.check(
			(text) => text === '' || atWallTime(`${text}T00:00`) !== null,
			'From: a day like 2026-07-01'
		)
	),
	sends: tick
});
export type ResponsibilityForm = v.InferOutput<typeof responsibilityForm>;
