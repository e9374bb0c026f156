import { readCalendar } from '#lib/clocks/calendar-file.ts';
import { readInstant, readMinutes, readPause } from '#lib/clocks/what-if.ts';
import { dueWithReason } from '#lib/clocks/reason.ts';
import { dueWords } from '#lib/clocks/wording.ts';
import { readArgs, type Command } from '../command.ts';
import { readJson } from '../files.ts';

export const due: Command = {
	name: 'due',
	usage: 'due --calendar FILE --from INSTANT --working MINUTES [--pause FROM/TO …] [--json]',
	help: 'Says when something is due that may take so many minutes of working time, and why then. Instants are ISO 8601; without an offset they are on the calendar’s own clock.\n  npm run admin -- due --calendar hours.json --from 2026-09-23T15:00+02:00 --working 480 --pause 2026-09-25T08:00Z/2026-09-25T09:00Z --json\n  hours.json: {"timezone": "Africa/Johannesburg", "week": {"mon": [["08:00","13:00"],["14:00","16:30"]]}, "holidays": ["2026-09-24"]}',
	alone: true,
	async run(args, { print, path }) {
		const { values, lists, flags, rest } = readArgs(args, {
			values: ['calendar', 'from', 'working'],
			lists: ['pause'],
			flags: ['json']
		});
		if (rest.length) throw new Error(`What is ${rest[0]}? ${due.usage}`);
		for (const name of ['calendar', 'from', 'working'])
			if (!values[name]) throw new Error(`--${name} is missing. ${due.usage}`);

		const calendar = readCalendar(
			await readJson('calendar', path(values.calendar), values.calendar)
		);
		const { timezone } = calendar;
		const from = readInstant('from', values.from, timezone);
		const pauses = (lists.pause ?? []).map((text) => readPause('pause', text, timezone));
		const found = dueWithReason(calendar, from, readMinutes('working', values.working), pauses);
		if (!found.due) throw new Error('calendar: has no working time in the ten years after that');

		const explanation = dueWords(found.due, found.reason, found.due, timezone);
		print(flags.has('json') ? JSON.stringify({ due: found.due, explanation }) : explanation);
	}
};
