import type { IconName } from '../ui/icons.ts';
import type { Role } from '../identity/permissions.ts';
import { roleNames } from '../identity/wording.ts';
import { day, days, isoDay } from '../platform/time.ts';
import { plural } from '../platform/text.ts';
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

/** A promise's state as people read it. */
export const commitmentStateWords: Record<CommitmentState, Words> = {
	promised: { label: 'Promised', icon: 's-in', tone: '' },
	in_progress: { label: 'Under way', icon: 's-work', tone: '' },
	slipped: { label: 'Slipped', icon: 's-hold', tone: 'wait' },
	kept: { label: 'Kept', icon: 's-done', tone: 'good' },
	broken: { label: 'Broken', icon: 's-broken', tone: 'bad' }
};

const overdueWords: Words = { label: 'Overdue, no word', icon: 's-late', tone: 'bad' };

export const standingLabels: Record<Standing, string> = {
	in_time: 'In time so far',
	slipped: 'Slipped',
	overdue: 'Overdue, no word',
	kept: 'Kept',
	broken: 'Broken'
};

export const commitmentWords = (
	commitment: { state: CommitmentState; dueAt: Date },
	now: Date
): Words =>
	standingOf(commitment, now) === 'overdue' ? overdueWords : commitmentStateWords[commitment.state];

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
	if (state === 'kept' && settledAt) {
		const early = daysApart(settledAt, dueAt, timeZone);
		const when =
			early === 0
				? 'on its date'
				: early > 0
					? `${plural(early, 'day')} early`
					: `${plural(-early, 'day')} late`;
		return `Kept on ${on(settledAt)}, ${when}${slips ? `. First promised for ${on(firstDueAt)}` : ''}`;
	}
	const first = slips ? `First promised for ${on(firstDueAt)}. ` : '';
	if (state === 'broken') return `${first}Broken: was due ${on(dueAt)}`;
	if (standingOf(commitment, now) === 'overdue')
		return `${first}Was due ${on(dueAt)}. No word since`;
	return slips ? `Was ${on(firstDueAt)}. Now ${on(dueAt)}` : `By ${on(dueAt)}`;
}

/** A line of the timeline. */
export const eventWords: Record<CommitmentEventKind, { label: string; icon: IconName }> = {
	promised: { label: 'Promised', icon: 'flag' },
	started: { label: 'Work has started', icon: 's-work' },
	reported: { label: 'Progress', icon: 's-go' },
	slipped: { label: 'The date slipped', icon: 's-hold' },
	kept: { label: 'Kept', icon: 's-done' },
	broken: { label: 'Broken', icon: 's-broken' },
	linked: { label: 'More issues were added to this promise', icon: 'report' }
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
export const wardLabel = (code: string) => `Ward ${Number(code.slice(-3))}`;

/** Who promised, as people know them: a councillor by name, a department by its own. */
export const promiserLine = (by: {
	promisedAs: Role;
	promisedByName: string;
	department: string | null;
}) =>
	by.promisedAs === 'councillor'
		? `Councillor ${by.promisedByName}`
		: (by.department ?? `${by.promisedByName}, ${roleNames[by.promisedAs].toLowerCase()}`);

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
