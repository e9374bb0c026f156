import { readCalendar } from '#lib/clocks/calendar-file.ts';
import type { Calendar } from '#lib/clocks/calendar.ts';
import { faceOf, marksAfter, type Beat, type Targets } from '#lib/clocks/clock.ts';
import { seeded, type Bench, type Figure } from './figure.ts';

const clocks = 100_000;
const sample = 1_000;
const zoneAhead = 120;
const minuteMs = 60_000;

const office = readCalendar({
	timezone: 'Africa/Johannesburg',
	week: Object.fromEntries(
		['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [
			day,
			[
				['07:45', '13:00'],
				['13:45', '16:30']
			]
		])
	),
	publicHolidays: true,
	holidays: ['2026-11-04']
});
const targets: Targets = {
	acknowledge: { minutes: 480, working: true },
	reply: { minutes: 1440, working: true },
	resolve: { minutes: 4800, working: true }
};

/**
 * Clocks reckoned whole from what happened to their cases, against the plain way: a walk minute by
 * minute through the same hours, which helps itself to knowing that South Africa never changes its clocks.
 */
export const clocksBench: Bench = {
	name: 'clocks',
	about: `${clocks} clocks of a year's cases, three promises each, half of them paused, a tenth opened again`,
	run: async ({ say }) => {
		const cases = story();
		const started = performance.now();
		const dues = cases.map((beats) => faceOf(marksAfter(beats)!, targets, office).resolve!.due);
		const took = (performance.now() - started) / 1000;
		say(`  ${clocks} reckoned in ${took.toFixed(2)} s`);

		const walkStarted = performance.now();
		const walked = cases.slice(0, sample).map((beats) => walk(beats));
		const walkTook = ((performance.now() - walkStarted) / 1000) * (clocks / sample);
		const apart = walked.filter((due, i) => due !== (dues[i]?.getTime() ?? null));
		if (apart.length) throw new Error(`${apart.length} clocks show another time than the walk`);

		return [
			figure('100,000 clocks reckoned from their events', took, walkTook, 5),
			{ ...figure('within ten seconds', took, 10, 0), ratio: null, limit_ratio: null }
		];
	}
};

const figure = (name: string, value: number, baseline: number, limit: number): Figure => ({
	case: name,
	value,
	unit: 's',
	baseline,
	ratio: baseline / value,
	limit_ratio: limit
});

/** What happened to each case: reported some minute of the year, looked at, perhaps paused, done, opened again. */
function story(): Beat[][] {
	const random = seeded(11);
	const begin = Date.parse('2026-01-05T06:00:00Z');
	return Array.from({ length: clocks }, () => {
		let at = begin + Math.floor(random() * 300 * 1440) * minuteMs;
		const later = (most: number) => new Date((at += Math.floor(1 + random() * most) * minuteMs));
		const beats: Beat[] = [{ at: new Date(at), then: 'runs' }];
		beats.push({ at: later(600), then: 'runs', acknowledged: true });
		if (random() < 0.5)
			beats.push({ at: later(3000), then: 'stands' }, { at: later(6000), then: 'runs' });
		if (random() < 0.8) beats.push({ at: later(20_000), then: 'ends' });
		if (random() < 0.1) beats.push({ at: later(3000), then: 'runs' });
		return beats;
	});
}

/** The same due time, a minute at a time. */
function walk(beats: Beat[]): number | null {
	let left = targets.resolve!.minutes;
	const ended = beats.at(-1)!.then === 'ends';
	for (let at = beats[0].at.getTime(); ; at += minuteMs) {
		const now = beats.findLast((beat) => beat.at.getTime() <= at)!;
		// Once it is done for good the promise is what it would have been.
		const runs = now.then === 'runs' || (ended && now === beats.at(-1));
		if (runs && isOpen(office, at) && --left === 0) return at + minuteMs;
		if (!runs && now === beats.at(-1)) return null;
	}
}

const openHours = new Map<string, boolean>();
function isOpen(calendar: Calendar, at: number): boolean {
	const local = new Date(at + zoneAhead * minuteMs);
	const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
	const weekday = local.getUTCDay();
	if (!calendar.week[weekday].some(([from, to]) => from <= minute && minute < to)) return false;
	const day = local.toISOString().slice(0, 10);
	let open = openHours.get(day);
	if (open === undefined) openHours.set(day, (open = !holidays.has(day)));
	return open;
}

/** Of 2026 and 2027, by hand: the walk must not lean on what it checks. */
const holidays = new Set([
	...['2026-01-01', '2026-03-21', '2026-04-03', '2026-04-06', '2026-04-27', '2026-05-01'],
	...['2026-06-16', '2026-08-09', '2026-08-10', '2026-09-24', '2026-11-04', '2026-12-16'],
	...['2026-12-25', '2026-12-26', '2027-01-01', '2027-03-21', '2027-03-22', '2027-03-26']
]);
