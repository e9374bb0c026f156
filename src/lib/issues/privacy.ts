import { days, later } from '../platform/time.ts';

/** What somebody can ask about what we keep (POPIA s23, s24, s11(3)). */
export const requestKinds = {
	access: 'To see what you keep about me, and who looked at it',
	correction: 'To correct it',
	objection: 'To object to your using it',
	erasure: 'To have it deleted'
} as const;

export type RequestKind = keyof typeof requestKinds;

export const isRequestKind = (text: unknown): text is RequestKind =>
	typeof text === 'string' && Object.hasOwn(requestKinds, text);

export const outcomes = {
	done: 'Done as asked',
	partly: 'Done in part',
	refused: 'Not done'
} as const;

export type RequestOutcome = keyof typeof outcomes;

export const isOutcome = (text: unknown): text is RequestOutcome =>
	typeof text === 'string' && Object.hasOwn(outcomes, text);

/** How a request reaches the office when it does not come by the web. */
export const officeChannels = {
	phone: 'By phone',
	post: 'By post or e-mail',
	counter: 'At the counter'
} as const;

export type OfficeChannel = keyof typeof officeChannels;

export const isOfficeChannel = (text: unknown): text is OfficeChannel =>
	typeof text === 'string' && Object.hasOwn(officeChannels, text);

/** How the office made sure who asks. What was shown or said is not written down. */
export const identityChecks = {
	document: 'I saw an identity document',
	called_back: 'I called back on the number we hold',
	answers: 'They knew what only they can know',
	representative: 'I saw proof that they act for the person'
} as const;

export type IdentityCheck = keyof typeof identityChecks;

export const isIdentityCheck = (text: unknown): text is IdentityCheck =>
	typeof text === 'string' && Object.hasOwn(identityChecks, text);

export type ReceivedObstacle = 'still_to_come' | 'too_long_ago';

/** Why a request cannot have come on that day, or null. */
export function receivedObstacle(receivedAt: Date, now: Date): ReceivedObstacle | null {
	if (receivedAt > now) return 'still_to_come';
	return receivedAt < later(now, -days(366)) ? 'too_long_ago' : null;
}

export const receivedWords: Record<ReceivedObstacle, string> = {
	still_to_come: 'The day it came cannot lie ahead.',
	too_long_ago: 'That is more than a year ago. Look at the year.'
};

/** A written answer is due within 30 days of receipt (regulations of 17 April 2025). */
export const answerWithin = days(30);
