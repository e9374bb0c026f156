import { m } from '../i18n/index.ts';
import { clock, dayAndTime, isoDay } from '../platform/time.ts';
import type { IconName } from '../ui/icons.ts';
import {
	forecastState,
	isActive,
	longestPlace,
	longestReason,
	longestWords,
	shortestPlace,
	shortestReason,
	type OutageDeed,
	type OutageMove,
	type OutageObstacle,
	type OutageState
} from './rules.ts';

/** Why not, as the office reads it. */
export const outageObstacleWords: Record<OutageObstacle, string> = {
	not_from_here:
		'This cannot be done with it as it stands now. Somebody may have been quicker: see below.',
	needs_services: 'Choose what is off, among the services that are yours.',
	needs_a_place: `Name the area as people call it, in ${shortestPlace} to ${longestPlace} characters.`,
	needs_a_start: 'Say since when, or from when: a day and a time.',
	start_too_far: 'Choose a beginning within the last month or the next year.',
	unplanned_later: 'What nobody planned cannot begin later. Choose planned, or an earlier time.',
	end_before_start: 'It cannot be back before it began.',
	forecast_passed: 'This time has passed. Give a later one, or leave it empty while nobody knows.',
	not_a_time: 'Give a day and a time, or leave it empty while nobody knows.',
	forecast_too_far: 'Choose a time within the next year.',
	same_forecast: 'This is what was said before. Give another time.',
	words_too_long: `Write at most ${longestWords} characters.`,
	needs_a_language: 'Choose the language it is written in.',
	needs_a_reason: `Say why, in ${shortestReason} to ${longestReason} characters. Everyone reads it.`,
	not_begun: 'It has not begun yet. If it will not happen, call it off.',
	unknown_report: 'There is no public report with this number here.'
};

/** The field an obstacle belongs to. */
// prettier-ignore
export const outageFieldOf: Partial<Record<OutageObstacle, string>> = {
	needs_services: 'services', needs_a_place: 'place', needs_a_start: 'starts', start_too_far: 'starts',
	unplanned_later: 'starts', end_before_start: 'forecast', forecast_passed: 'forecast',
	not_a_time: 'forecast', forecast_too_far: 'forecast', same_forecast: 'forecast', words_too_long: 'words',
	needs_a_language: 'language', needs_a_reason: 'why', unknown_report: 'reference'
};

interface Words {
	label: string;
	icon: IconName;
	tone: '' | 'good' | 'wait' | 'bad' | 'plain';
}

/** How an outage stands, as the office reads it: the public words of the shape it is published in. */
export const officeStateWords: Record<OutageState, Words> = {
	draft: { label: 'Draft', icon: 'edit', tone: 'plain' },
	open: { label: 'Open', icon: 's-in', tone: 'bad' },
	assigned: { label: 'Assigned', icon: 's-go', tone: 'wait' },
	crew: { label: 'Crew on site', icon: 's-work', tone: 'wait' },
	resolved: { label: 'Back', icon: 's-done', tone: 'good' },
	closed: { label: 'Closed', icon: 's-no', tone: 'plain' }
};

/** The same as everybody reads it, in their language. What is still to come is called planned. */
export function outageStateWords(
	{ state, startsAt, endedAt }: { state: OutageState; startsAt: Date; endedAt: Date | null },
	now: Date
): Words {
	const { icon, tone } = officeStateWords[state];
	if (state === 'resolved' || (state === 'closed' && endedAt))
		return { label: m.outages_state_resolved(), icon: 's-done', tone: 'good' };
	if (state === 'closed') return { label: m.outages_state_closed(), icon, tone };
	if (startsAt > now) return { label: m.outages_state_planned(), icon: 'clock', tone: 'plain' };
	if (state === 'assigned') return { label: m.outages_state_assigned(), icon, tone };
	if (state === 'crew') return { label: m.outages_state_crew(), icon, tone };
	return { label: m.outages_state_open(), icon, tone };
}

/** What happened, as everybody reads it in the history. */
export const moveWords = (kind: OutageMove, state: { endedAt: boolean }): string => {
	if (kind === 'close') return state.endedAt ? m.outages_move_close() : m.outages_move_call_off();
	return {
		publish: m.outages_move_publish,
		assign: m.outages_move_assign,
		crew: m.outages_move_crew,
		forecast: m.outages_move_forecast,
		resolve: m.outages_move_resolve,
		again: m.outages_move_again
	}[kind]();
};

export const moveIcons: Record<OutageMove, IconName> = {
	publish: 's-in',
	assign: 's-go',
	crew: 's-work',
	forecast: 'clock',
	resolve: 's-done',
	again: 's-late',
	close: 's-no'
};

/** What the office offers, and what will happen. */
export const outageDeedWords: Record<OutageDeed, { title: string; button: string; what: string }> =
	{
		edit: { title: 'Change it', button: 'Keep the change', what: '' },
		publish: {
			title: 'Publish it',
			button: 'Publish it',
			what: 'Everyone can read it at once, and whoever reports the same inside its area is told first. From then on its area and services stay as they are; its forecast moves with a reason that everybody reads.'
		},
		discard: {
			title: 'Throw the draft away',
			button: 'Throw it away',
			what: 'The draft is gone. This cannot be taken back.'
		},
		assign: {
			title: 'A team has it',
			button: 'Say so',
			what: 'Everyone reads that it was given to a team. Nobody is sent a message.'
		},
		crew: {
			title: 'The crew is on site',
			button: 'Say so',
			what: 'Everyone reads that people are working on it. Nobody is sent a message.'
		},
		forecast: {
			title: 'Move the forecast',
			button: 'Publish the new forecast',
			what: 'Everyone reads the new time and your reason; the old time stays visible below. Whoever follows it is told.'
		},
		resolve: {
			title: 'It is back',
			button: 'Say that it is back',
			what: 'Whoever follows it is told. New reports inside its area are no longer told of it.'
		},
		again: {
			title: 'It is off again',
			button: 'Open it again',
			what: 'Everyone reads your reason, and whoever follows it is told.'
		},
		close: {
			title: 'Close it',
			button: 'Close it',
			what: 'It is kept for everyone to read, and nothing more can be said about it.'
		}
	};

/** To close what never ended is to call it off, or to say that it was a mistake. */
export const callOffWords = {
	title: 'Call it off',
	button: 'Call it off',
	what: 'It did not happen, or will not. Everyone reads your reason, and whoever follows it is told. This cannot be taken back.'
};

/** `16:00` today, `Tue 24 Nov, 16:00` on any other day, on the municipality's clock. */
export const shortTime = (at: Date, now: Date, timeZone: string) =>
	isoDay(at, timeZone) === isoDay(now, timeZone)
		? clock(at, timeZone)
		: dayAndTime(at, now, timeZone);

interface Timed {
	state: OutageState;
	startsAt: Date;
	forecastEnd: Date | null;
	endedAt: Date | null;
}

/** Since or from when it is off, as everybody reads it. */
export const sinceWords = ({ startsAt }: { startsAt: Date }, now: Date, timeZone: string) => {
	const when = shortTime(startsAt, now, timeZone);
	return startsAt > now ? m.outages_from({ when }) : m.outages_since({ when });
};

/** When it comes back, or came back; empty for what was called off. */
export function backWords(
	{ state, forecastEnd, endedAt }: Omit<Timed, 'startsAt'>,
	now: Date,
	timeZone: string
): string {
	if (endedAt) return m.outages_back_at({ when: shortTime(endedAt, now, timeZone) });
	return isActive(state) ? forecastWords(forecastEnd, now, timeZone) : '';
}

/** What is known of the time it comes back. */
export function forecastWords(forecastEnd: Date | null, now: Date, timeZone: string): string {
	if (!forecastEnd) return m.outages_unknown();
	const when = shortTime(forecastEnd, now, timeZone);
	return forecastState(forecastEnd, now) === 'passed'
		? m.outages_passed({ when })
		: m.outages_expected({ when });
}

/** What is off, where: the first of its services stands for all, in the reader's language where it is known. */
export const outageHeading = ({
	services: [first],
	areaDesc
}: {
	services: Array<{ name: string }>;
	areaDesc: string;
}) => (first ? `${first.name}: ${areaDesc}` : areaDesc);
