import { days } from '../platform/time.ts';

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

/** A written answer is due within 30 days of receipt (regulations of 17 April 2025). */
export const answerWithin = days(30);
