import { grantsFor, type Actor, type Role } from '../identity/permissions.ts';
import { days, later } from '../platform/time.ts';

/** A promise: given, being worked on, put off (with its old date visible), kept, or broken. */
export const commitmentStates = ['promised', 'in_progress', 'slipped', 'kept', 'broken'] as const;
export type CommitmentState = (typeof commitmentStates)[number];

export const openCommitmentStates = ['promised', 'in_progress', 'slipped'] as const;
export const isOpen = (state: CommitmentState) => state !== 'kept' && state !== 'broken';

export interface CommitmentDeed {
	from: readonly CommitmentState[];
	/** `same` leaves the state as it is. */
	to: CommitmentState | 'same';
	/** What has to be said with it. */
	words: 'reason' | 'evidence' | 'news' | 'optional';
	/** Needs a new date, after the old one. */
	date?: boolean;
}

/**
 * What can be done with a promise. A slip sticks: only keeping or breaking the promise ends it, so
 * that nobody cleans the list by saying "under way".
 */
// prettier-ignore
export const commitmentDeeds = {
	start:    { from: ['promised'], to: 'in_progress', words: 'optional' },
	progress: { from: ['in_progress', 'slipped'], to: 'same', words: 'news' },
	slip:     { from: openCommitmentStates, to: 'slipped', words: 'reason', date: true },
	keep:     { from: openCommitmentStates, to: 'kept', words: 'evidence' },
	break:    { from: openCommitmentStates, to: 'broken', words: 'reason' }
} as const satisfies Record<string, CommitmentDeed>;

export type CommitmentDeedName = keyof typeof commitmentDeeds;
export const isCommitmentDeed = (text: string): text is CommitmentDeedName =>
	Object.hasOwn(commitmentDeeds, text);

/** What is kept of a promise's life, in order. */
export type CommitmentEventKind =
	'promised' | 'started' | 'reported' | 'slipped' | 'kept' | 'broken' | 'linked';

// prettier-ignore
export const eventOf: Record<CommitmentDeedName, CommitmentEventKind> = {
	start: 'started', progress: 'reported', slip: 'slipped', keep: 'kept', break: 'broken'
};

export type CommitmentObstacle =
	| 'not_from_here'
	| 'needs_a_reason'
	| 'needs_evidence'
	| 'needs_news'
	| 'needs_a_later_date'
	| 'needs_a_coming_date'
	| 'date_too_far'
	| 'needs_what'
	| 'needs_an_office';

/** Why a date cannot be promised, or null. Five years is a council's whole term (Constitution s159). */
export const dateObstacle = (dueAt: Date | null, now: Date): CommitmentObstacle | null => {
	if (!dueAt || dueAt < now) return 'needs_a_coming_date';
	return dueAt > later(now, days(5 * 366)) ? 'date_too_far' : null;
};

const missingWords = {
	reason: 'needs_a_reason',
	evidence: 'needs_evidence',
	news: 'needs_news'
} as const;

/** Why a deed cannot be done with this promise now, or null. */
export function commitmentObstacle(
	name: CommitmentDeedName,
	commitment: { state: CommitmentState; dueAt: Date },
	sent: { words?: string; dueAt?: Date | null },
	now: Date
): CommitmentObstacle | null {
	const deed: CommitmentDeed = commitmentDeeds[name];
	if (!deed.from.includes(commitment.state)) return 'not_from_here';
	if (deed.words !== 'optional' && !sent.words?.trim()) return missingWords[deed.words];
	if (!deed.date) return null;
	if (sent.dueAt && sent.dueAt <= commitment.dueAt) return 'needs_a_later_date';
	return dateObstacle(sent.dueAt ?? null, now);
}

export const possibleCommitmentDeeds = (state: CommitmentState): CommitmentDeedName[] =>
	(Object.keys(commitmentDeeds) as CommitmentDeedName[]).filter((name) =>
		(commitmentDeeds[name] as CommitmentDeed).from.includes(state)
	);

/**
 * How a promise stands for whoever reads it. `overdue` is never stored: its date has passed and nobody
 * said kept, slipped or broken. Nobody but an office-bearer calls a promise broken; silence is shown
 * as silence, and counted apart.
 */
export const standings = ['in_time', 'slipped', 'overdue', 'kept', 'broken'] as const;
export type Standing = (typeof standings)[number];

export function standingOf(
	{ state, dueAt }: { state: CommitmentState; dueAt: Date },
	now: Date
): Standing {
	if (!isOpen(state)) return state as 'kept' | 'broken';
	if (dueAt < now) return 'overdue';
	return state === 'slipped' ? 'slipped' : 'in_time';
}

/** In whose name a promise can be given. Nobody promises for somebody else. */
export type Office =
	| { key: string; as: Role; kind: 'ward'; wardCode: string; departmentId: null }
	| { key: string; as: Role; kind: 'department'; wardCode: null; departmentId: string }
	| { key: string; as: Role; kind: 'municipality'; wardCode: null; departmentId: null };

/** The offices somebody may promise in: a councillor for a ward, a director for a department, the manager for all. */
export function officesOf(actor: Actor, municipalityId: string): Office[] {
	const offices = grantsFor(actor, 'commitment.make').flatMap(({ grant, reach }): Office[] => {
		if (grant.municipalityId !== municipalityId) return [];
		const { role: as, wardCode, departmentId } = grant;
		if (reach === 'ward' && wardCode)
			return [{ key: `ward-${wardCode}`, as, kind: 'ward', wardCode, departmentId: null }];
		if (reach === 'department' && departmentId)
			return [
				{ key: `department-${departmentId}`, as, kind: 'department', wardCode: null, departmentId }
			];
		if (reach === 'municipality')
			return [
				{ key: 'municipality', as, kind: 'municipality', wardCode: null, departmentId: null }
			];
		return [];
	});
	return offices.filter(({ key }, at) => offices.findIndex((each) => each.key === key) === at);
}

/** The number of a promise as people say it. */
export const commitmentNumber = (number: number) => `P-${number}`;

/** `P-12`, `p12` or `12` → 12; null when it is no such number. */
export function readCommitmentNumber(text: string): number | null {
	const digits = /^(?:p-?)?(\d{1,7})$/i.exec(text.trim())?.[1];
	return digits ? Number(digits) : null;
}
