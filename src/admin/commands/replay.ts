import { existsSync } from 'node:fs';
import { readCalendar } from '#lib/clocks/calendar-file.ts';
import { replay, type PastRequest, type Replay } from '#lib/clocks/replay.ts';
import { readInstant, readMinutes } from '#lib/clocks/what-if.ts';
import { readRequests } from '#lib/issues/server/index.ts';
import { readArgs, type Command } from '../command.ts';
import { readImportMap, readJson } from '../files.ts';

const usage = 'replay FILE --map MAP --calendar FILE --working MINUTES [--as-of INSTANT] [--json]';

export const replayCommand: Command = {
	name: 'replay',
	usage,
	help: 'Says what a promise would have come to, had it been given for requests of the past: for each service how many were done in time, and what half and four in five of them took. Reads a CSV (also .csv.gz) by a column map, as import-requests does, and stores nothing. Rows that cannot be are said and not counted.\n  npm run admin -- replay requests.csv.gz --map import-maps/cape-town.json --calendar hours.json --working 2400',
	alone: true,
	async run(args, { print, path }) {
		const { values, flags, rest } = readArgs(args, {
			values: ['map', 'calendar', 'working', 'as-of'],
			flags: ['json']
		});
		const [file] = rest;
		if (!file) throw new Error(`Which file? ${usage}`);
		if (!existsSync(path(file))) throw new Error(`There is no file ${file}`);
		for (const name of ['map', 'calendar', 'working'])
			if (!values[name]) throw new Error(`--${name} is missing. ${usage}`);

		const map = await readImportMap(path(values.map), values.map);
		const calendar = readCalendar(
			await readJson('calendar', path(values.calendar), values.calendar)
		);
		const asOf = values['as-of']
			? readInstant('as-of', values['as-of'], calendar.timezone)
			: new Date();
		const target = { minutes: readMinutes('working', values.working), working: true };

		const past: PastRequest[] = [];
		let rejected = 0;
		for await (const { request } of readRequests(path(file), map))
			if (request)
				past.push({
					service: request.service,
					from: request.createdAt,
					to: request.completedAt
				});
			else rejected++;

		const found = { ...replay(past, target, calendar, asOf), rejected };
		if (flags.has('json')) print(JSON.stringify(found));
		else for (const line of table(found)) print(line);
	}
};

const columns = ['done', 'open', 'kept', 'missed', 'late', 'median', '4 in 5'];
const width = 8;

function* table({ counted, impossible, rejected, services }: Replay & { rejected: number }) {
	yield `${counted} requests counted; ${impossible} done before they were raised and ${rejected} that cannot be used are not.`;
	yield `${columns.map((each) => each.padStart(width)).join('')}  working hours; service`;
	for (const each of services) {
		const hours = (minutes: number | null) => (minutes === null ? '–' : (minutes / 60).toFixed(1));
		const cells = [
			...[each.done, each.open, each.kept, each.missed, each.late],
			...[hours(each.medianWorkingMinutes), hours(each.p80WorkingMinutes)]
		];
		yield `${cells.map((cell) => String(cell).padStart(width)).join('')}  ${each.service}`;
	}
}
