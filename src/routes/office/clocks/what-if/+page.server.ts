import { calendarsOf, daysOf } from '#lib/clocks/server/index.ts';
import { whatIf } from '#lib/clocks/what-if.ts';
import { Refusal } from '#lib/platform/refusal.ts';
import { clock, isoDay } from '#lib/platform/time.ts';
import { mustReachSomewhere } from '#lib/web/must-reach.ts';

/** The question stands in the address, so that it can be sent to a colleague. */
export async function load({ locals, url }) {
	mustReachSomewhere(locals, 'clock.watch');
	const { db, municipality } = locals;
	const here = { municipalityId: municipality.id };
	const [calendars, days] = [await calendarsOf(db, here), await daysOf(db, here)];
	const asked = readQuestion(url.searchParams);
	const now = new Date();
	if (!url.searchParams.has('from')) {
		asked.from = isoDay(now, municipality.timezone);
		asked.time = clock(now, municipality.timezone);
	}
	const chosen = calendars.find(({ calendarId }) => calendarId === asked.calendar);
	return {
		calendars: calendars.map(({ calendarId, name }) => [calendarId, name] as const),
		asked,
		...(url.searchParams.has('from') ? answered(() => whatIf(chosen, days, asked)) : {})
	};
}

function readQuestion(from: URLSearchParams) {
	const text = (name: string) => from.get(name)?.trim().slice(0, 40) ?? '';
	return {
		calendar: text('calendar'),
		from: text('from'),
		time: text('time'),
		hours: text('hours'),
		minutes: text('minutes'),
		pauseFrom: text('pause-from'),
		pauseTo: text('pause-to')
	};
}

function answered(ask: () => ReturnType<typeof whatIf>) {
	try {
		return { answer: ask() };
	} catch (reason) {
		if (!(reason instanceof Refusal)) throw reason;
		return { problems: [{ field: reason.field ?? '', message: reason.message }] };
	}
}
