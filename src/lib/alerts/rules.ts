import { hours, later, minutes } from '../platform/time.ts';
import type { CapStatus, CapWords, State } from './alert.ts';

/** Which event is possible from which state, and where it leads. There is no other way on. */
// prettier-ignore
export const transitions = {
	change:      { from: ['draft'],           to: 'draft' },
	submit:      { from: ['draft'],           to: 'pending' },
	reject:      { from: ['pending'],         to: 'rejected' },
	edit:        { from: ['pending'],         to: 'draft' },
	escalate:    { from: ['pending'],         to: 'pending' },
	approve:     { from: ['pending'],         to: 'releasing' },
	break_glass: { from: ['pending'],         to: 'releasing' },
	fast_track:  { from: ['pending'],         to: 'releasing' },
	canary_ok:   { from: ['releasing'],       to: 'live' },
	canary_fail: { from: ['releasing'],       to: 'held' },
	retry:       { from: ['held'],            to: 'releasing' },
	return:      { from: ['pending', 'held'], to: 'draft' },
	stop:        { from: ['releasing'],       to: 'releasing' },
	supersede:   { from: ['live'],            to: 'superseded' },
	retract:     { from: ['live'],            to: 'retracted' },
	clear:       { from: ['live'],            to: 'cleared' },
	expire:      { from: ['live'],            to: 'expired' }
} as const satisfies Record<string, { from: readonly State[]; to: State }>;

export type AlertEvent = keyof typeof transitions;
export const alertEvents = Object.keys(transitions) as AlertEvent[];

export const isPossible = (event: AlertEvent, state: State) =>
	(transitions[event].from as readonly State[]).includes(state);

/** When the next approver is called, and when an incident commander may release alone. */
export const escalateAfter = minutes(2);
export const breakGlassAfter = minutes(4);

/** How long a warning may hold (UK Emergency Alerts). */
export const shortestLife = minutes(5);
export const longestLife = hours(22) + minutes(30);

/** The widest area that one person alone may warn, in square kilometres. */
export const breakGlassArea = 150;

/** What a rule needs to know of an alert. */
export interface Standing {
	state: State;
	capStatus: CapStatus;
	cap: Pick<CapWords, 'urgency' | 'certainty'>;
	submittedBy: string | null;
	submittedAt: Date | null;
	/** Everybody who ever wrote or changed what it says. */
	editors: string[];
	/** Everybody who ever gave it back. */
	returners: string[];
	expiresAt: Date;
	/** As it was frozen when it was submitted. */
	contentHash: string | null;
	/** In square kilometres. */
	areaSize: number;
	/** Somebody stopped it while it was tested. */
	stopAskedBy: string | null;
}

/** Somebody who does something, with every account that is surely the same person. */
export interface Hand {
	id: string;
	/** Accounts that share a proved contact point. */
	linked: string[];
}

/** What is found when somebody is about to release: worked out anew at that moment. */
export interface Found {
	contentHash: string;
	/** The texts of its templates are still those in force. */
	templatesHold: boolean;
	/** Whether the tenant is a training municipality now. */
	training: boolean;
}

export type Obstacle =
	| 'not_from_here'
	| 'is_the_submitter'
	| 'is_an_editor'
	| 'returned_it'
	| 'content_changed'
	| 'template_changed'
	| 'too_late'
	| 'training_never_live'
	| 'too_early'
	| 'not_immediate'
	| 'too_wide'
	| 'not_an_update'
	| 'nothing_live'
	| 'nobody_approved'
	| 'action_changed'
	| 'area_wider'
	| 'needs_a_reason';

/** Whether any account of theirs is among those. */
const among = ({ id, linked }: Hand, others: ReadonlyArray<string | null>) =>
	[id, ...linked].some((each) => others.includes(each));

/** In characters: why an alert is given back or refused. */
export const shortestReason = 5;
export const longestReason = 500;

/** Why an event cannot happen to an alert as it stands, or null. */
export const stateObstacle = (event: AlertEvent, { state }: Pick<Standing, 'state'>) =>
	isPossible(event, state) ? null : ('not_from_here' as const);

/** What anybody who lets an alert out has to find unchanged. */
function soundObstacle(alert: Standing, found: Found, now: Date): Obstacle | null {
	if ((alert.capStatus === 'exercise') !== found.training) return 'training_never_live';
	if (!alert.contentHash || alert.contentHash !== found.contentHash) return 'content_changed';
	if (!found.templatesHold) return 'template_changed';
	return now >= alert.expiresAt ? 'too_late' : null;
}

/**
 * Why this person cannot approve it, or null. Whoever submitted it or wrote any of it never does,
 * under no other account either; in training one person may play both.
 */
export function approvalObstacle(
	alert: Standing,
	hand: Hand,
	found: Found,
	now: Date
): Obstacle | null {
	const obstacle = stateObstacle('approve', alert) ?? soundObstacle(alert, found, now);
	if (obstacle || alert.capStatus === 'exercise') return obstacle;
	if (among(hand, [alert.submittedBy])) return 'is_the_submitter';
	return among(hand, alert.editors) ? 'is_an_editor' : null;
}

/** How long nobody has answered, in milliseconds; a clock that went back counts as none. */
export const waited = ({ submittedAt }: Pick<Standing, 'submittedAt'>, now: Date) =>
	submittedAt ? Math.max(0, now.getTime() - submittedAt.getTime()) : 0;

/** Why an incident commander cannot release it alone, or null. */
export function breakGlassObstacle(alert: Standing, found: Found, now: Date): Obstacle | null {
	const obstacle = stateObstacle('break_glass', alert) ?? soundObstacle(alert, found, now);
	if (obstacle) return obstacle;
	if (alert.cap.urgency !== 'Immediate' || alert.cap.certainty !== 'Observed')
		return 'not_immediate';
	if (alert.areaSize > breakGlassArea) return 'too_wide';
	return waited(alert, now) < breakGlassAfter ? 'too_early' : null;
}

/** How an update compares with the warning that is live. */
export interface Compared {
	/** A second person approved that, or what it goes back to. */
	approved: boolean;
	/** People are told to do the same: by the same words, to the same place, the same way, on the same ground. */
	sameAction: boolean;
	/** It warns nobody who was not warned before. */
	within: boolean;
}

/**
 * Why an update cannot be let out by one person at once, or null. Whoever may approve may let out what
 * tells nobody to do anything else and warns nobody else than what a second person approved before.
 */
export function fastTrackObstacle(
	alert: Standing & { isUpdate: boolean },
	live: Compared | null,
	found: Found,
	now: Date
): Obstacle | null {
	const obstacle = stateObstacle('fast_track', alert) ?? soundObstacle(alert, found, now);
	if (obstacle) return obstacle;
	if (!alert.isUpdate) return 'not_an_update';
	if (!live) return 'nothing_live';
	if (!live.approved) return 'nobody_approved';
	if (!live.sameAction) return 'action_changed';
	return live.within ? null : 'area_wider';
}

/** Why it cannot be changed by this person, or null: whoever gave it back never writes in it. */
export const changeObstacle = (
	event: 'change' | 'edit' | 'submit',
	alert: Standing,
	hand: Hand
): Obstacle | null =>
	stateObstacle(event, alert) ?? (among(hand, alert.returners) ? 'returned_it' : null);

/** Why it cannot be tried again, or null. What somebody stopped, nobody who wrote it sends on. */
export const retryObstacle = (
	alert: Standing,
	hand: Hand,
	found: Found,
	now: Date
): Obstacle | null => {
	const obstacle = stateObstacle('retry', alert) ?? soundObstacle(alert, found, now);
	if (obstacle || !alert.stopAskedBy || alert.capStatus === 'exercise') return obstacle;
	return among(hand, [alert.submittedBy, ...alert.editors]) ? 'is_the_submitter' : null;
};

/** Why it cannot be given back or refused, or null. */
export const refusalObstacle = (
	event: 'return' | 'reject',
	alert: Pick<Standing, 'state'>,
	why: string
): Obstacle | null => {
	if (!isPossible(event, alert.state)) return 'not_from_here';
	return why.length < shortestReason || why.length > longestReason ? 'needs_a_reason' : null;
};

/** Whether the next approver has to be called now. */
export const mustEscalate = (
	alert: Pick<Standing, 'state' | 'submittedAt'> & { escalatedAt: Date | null },
	now: Date
) => alert.state === 'pending' && !alert.escalatedAt && waited(alert, now) >= escalateAfter;

/** Whether its time is over. */
export const mustExpire = (
	{ state, expiresAt }: Pick<Standing, 'state' | 'expiresAt'>,
	now: Date
) => state === 'live' && now >= expiresAt;

export type LifeObstacle = 'too_short' | 'too_long';

/** Why it cannot hold until then, or null. */
export function lifeObstacle(expiresAt: Date, now: Date): LifeObstacle | null {
	if (expiresAt < later(now, shortestLife)) return 'too_short';
	return expiresAt > later(now, longestLife) ? 'too_long' : null;
}
