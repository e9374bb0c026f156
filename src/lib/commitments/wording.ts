import { m, spoken } from '../i18n/index.ts';
import type { IconName } from '../ui/icons.ts';
import type { Role } from '../identity/permissions.ts';
import { roleNames } from '../identity/wording.ts';
import { day, days, isoDay } from '../platform/time.ts';
import { count } from '../platform/text.ts';
import type { Band } from './answers.ts';
import type {
	CommitmentDeedName,
	CommitmentEventKind,
	CommitmentObstacle,
	CommitmentState,
	Standing
} from './rules.ts';
import { standingOf } from './rules.ts';

interface Words {
	label: string;
	icon: IconName;
	tone: '' | 'good' | 'wait' | 'bad';
}

type Look = Omit<Words, 'label'>;

const stateLabels = spoken<CommitmentState>({
	promised: m.promises_promised,
	in_progress: m.promises_in_progress,
	slipped: m.promises_slipped,
	kept: m.promises_kept,
	broken: m.promises_broken
});

/** How a promise's state looks beside its words. */
export const commitmentLooks: Record<CommitmentState, Look> = {
	promised: { icon: 's-in', tone: '' },
	in_progress: { icon: 's-work', tone: '' },
	slipped: { icon: 's-hold', tone: 'wait' },
	kept: { icon: 's-done', tone: 'good' },
	broken: { icon: 's-broken', tone: 'bad' }
};

export const standingLabels = spoken<Standing>({
	in_time: m.promises_in_time,
	slipped: m.promises_slipped,
	overdue: m.promises_overdue,
	kept: m.promises_kept,
	broken: m.promises_broken
});

/** A promise's state as people read it. */
export const commitmentWords = (
	commitment: { state: CommitmentState; dueAt: Date },
	now: Date
): Words =>
	standingOf(commitment, now) === 'overdue'
		? { label: m.promises_overdue(), icon: 's-late', tone: 'bad' }
		: { label: stateLabels[commitment.state], ...commitmentLooks[commitment.state] };

interface Dated {
	state: CommitmentState;
	dueAt: Date;
	firstDueAt: Date;
	slips: number;
	settledAt: Date | null;
}

const daysApart = (from: Date, to: Date, timeZone?: string) =>
	Math.round((Date.parse(isoDay(to, timeZone)) - Date.parse(isoDay(from, timeZone))) / days(1));

/** The one line about its date: `Was Fri 30 Oct. Now Fri 27 Nov`. */
export function dateLine(commitment: Dated, now: Date, timeZone?: string): string {
	const { state, dueAt, firstDueAt, slips, settledAt } = commitment;
	const on = (at: Date) => day(at, now, timeZone);
	const first = slips ? [m.promises_first_for({ day: on(firstDueAt) })] : [];
	if (state === 'kept' && settledAt) {
		const early = daysApart(settledAt, dueAt, timeZone);
		return [keptLine(on(settledAt), early), ...first].join('. ');
	}
	if (state === 'broken') return [...first, m.promises_broken_due({ day: on(dueAt) })].join('. ');
	if (standingOf(commitment, now) === 'overdue')
		return [...first, m.promises_was_due({ day: on(dueAt) })].join('. ');
	return slips
		? m.promises_was_now({ first: on(firstDueAt), day: on(dueAt) })
		: m.promises_by({ day: on(dueAt) });
}

function keptLine(day: string, early: number): string {
	if (early === 0) return m.promises_kept_on_date({ day });
	const n = count(Math.abs(early));
	return early > 0 ? m.promises_kept_early({ day, n }) : m.promises_kept_late({ day, n });
}

/** A line of the timeline. */
export const eventWords = spoken<CommitmentEventKind>({
	promised: m.promises_promised,
	started: m.promises_work_started,
	reported: m.promises_progress,
	slipped: m.promises_date_slipped,
	kept: m.promises_kept,
	broken: m.promises_broken,
	linked: m.promises_linked
});

export const eventIcons: Record<CommitmentEventKind, IconName> = {
	promised: 'flag',
	started: 's-work',
	reported: 's-go',
	slipped: 's-hold',
	kept: 's-done',
	broken: 's-broken',
	linked: 'report'
};

/** What the office page offers, as the person says it. */
export const deedWords: Record<CommitmentDeedName, { title: string; button: string; ask: string }> =
	{
		start: {
			title: 'Work has started',
			button: 'Say it has started',
			ask: 'What has started? (if you like)'
		},
		progress: {
			title: 'Report progress',
			button: 'Publish this progress',
			ask: 'What has been done since?'
		},
		slip: {
			title: 'It will be late',
			button: 'Publish the new date',
			ask: 'Why? This stays beside both dates'
		},
		keep: {
			title: 'It is kept',
			button: 'Say it is kept',
			ask: 'How can anyone see it? A place, a notice, a document'
		},
		break: {
			title: 'It cannot be kept',
			button: 'Say it is broken',
			ask: 'Why? And what happens instead?'
		}
	};

export const commitmentObstacleWords: Record<CommitmentObstacle, string> = {
	not_from_here: 'This promise has moved on since you opened it. Look at it, then decide again.',
	needs_a_reason: 'Say why. It stays beside the old date, for everyone to read.',
	needs_evidence: 'Say how anyone can see that it was kept: a place, a notice, a document.',
	needs_news: 'Say what has been done.',
	needs_a_later_date: 'The new date must be after the one it has now.',
	needs_a_coming_date: 'Give a date from today on, as day, month and year.',
	date_too_far: 'That is more than five years away. Promise a first part of it by a nearer date.',
	needs_what: 'Say what is promised, in one sentence of 10 to 200 characters.',
	needs_an_office: 'Choose in which office you promise this.'
};

/** `Ward 7`: the last three digits of a ward code are its number. */
export const wardLabel = (code: string) => m.wards_ward_n({ n: Number(code.slice(-3)) });

const seats = spoken({
	ward: m.wards_seat_ward,
	pr: m.wards_seat_pr,
	acting: m.wards_seat_acting
});

/** How a councillor holds a seat; terms of earlier imports do not say, and were elected. */
export const seatWords = (term: 'ward' | 'pr' | 'acting' | null) => seats[term ?? 'ward'];

/** Who promised, as people know them: a councillor by name, a department by its own. */
export const promiserLine = (by: {
	promisedAs: Role;
	promisedByName: string;
	department: string | null;
}): string => {
	const name = by.promisedByName;
	if (by.promisedAs === 'councillor') return m.promises_by_councillor({ name });
	if (by.department) return by.department;
	if (by.promisedAs === 'municipal_manager') return m.promises_by_manager({ name });
	if (by.promisedAs === 'director') return m.promises_by_director({ name });
	return `${name}, ${roleNames[by.promisedAs].toLowerCase()}`;
};

/** How far along a promise is, as dots: one is a tenth of the time between the word and its date. */
export function daysGone(
	{ promisedAt, dueAt }: { promisedAt: Date; dueAt: Date },
	now: Date
): { of: number; done: number; over: number } {
	const whole = dueAt.getTime() - promisedAt.getTime();
	const gone = Math.max(0, (now.getTime() - promisedAt.getTime()) / whole);
	return gone > 1
		? { of: 10, done: 10, over: Math.min(5, Math.ceil((gone - 1) * 10)) }
		: { of: 10, done: Math.max(1, Math.round(gone * 10)), over: 0 };
}

/** How often those who wrote were answered, in five bands. */
export const bandWords = spoken<Band>({
	very_low: m.wards_band_very_low,
	low: m.wards_band_low,
	medium: m.wards_band_medium,
	high: m.wards_band_high,
	very_high: m.wards_band_very_high
});
