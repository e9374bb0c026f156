import { proportion, type Proportion } from '../platform/proportion.ts';
import { days } from '../platform/time.ts';

/**
 * Whether a councillor answers, by the method of WriteToThem (cases.md 13): those who wrote are asked
 * whether an answer came, and a share is published only where enough of them said so.
 */

/** Whoever wrote is asked at these ages of their question. */
export const askedAfter = [days(14), days(21)] as const;
/** A question counts from this age on: before, those who wrote may still answer. */
export const settledAfter = days(28);
/** How far back questions count. */
export const countedFor = days(365);
/** Published only with so many questions that arrived, and so many answers about them. */
export const fewestDelivered = 10;
export const fewestAnswers = 10;
/** Where more of the time than this was under suspicion, nothing is known. */
export const mostSuspect = 0.1;
/** So many times nothing came, and never anything: the contact data are doubted, not the councillor. */
const suspectNos = 2;

/** What whoever wrote says: an answer, only a sign that it arrived, or nothing at all. */
export const heardCodes = ['answer', 'receipt', 'nothing'] as const;
export type Heard = (typeof heardCodes)[number];

export interface Question {
	at: Date;
	/** What whoever wrote said, or null. */
	heard: Heard | null;
	/** They say that nothing came, and the history shows an answer before they said it. */
	contradicts: boolean;
}

/** A stretch of the councillor's time in office, within what is counted. */
export interface Term {
	from: Date;
	to: Date;
	/** They answered or decided something here in that time: whatever was sent, they could read it. */
	active: boolean;
}

interface Counts {
	delivered: number;
	answers: number;
	/** Answers that do not agree with the history, which count for nobody. */
	aside: number;
}

export type AnswerRecord =
	| ({ kind: 'toofew' } & Counts)
	| ({ kind: 'unknown' } & Counts)
	| ({ kind: 'known'; share: Proportion; band: Band } & Counts);

export const bands = ['very_low', 'low', 'medium', 'high', 'very_high'] as const;
export type Band = (typeof bands)[number];

/** Five bands of a fifth each; the upper edge of one belongs to the next. */
export const bandOf = (share: number): Band => bands[Math.min(4, Math.floor(share * 5))];

/** What can be said of one person over all their terms, from the questions that were settled. */
export function answerRecord(questions: Question[], terms: Term[]): AnswerRecord {
	const counted = questions.filter(({ contradicts }) => !contradicts);
	const answered = counted.filter(({ heard }) => heard !== null);
	const counts = {
		delivered: questions.length,
		answers: answered.length,
		aside: questions.length - counted.length
	};
	if (counts.delivered < fewestDelivered || counts.answers < fewestAnswers)
		return { kind: 'toofew', ...counts };
	if (suspectShare(answered, terms) > mostSuspect) return { kind: 'unknown', ...counts };
	const yes = answered.filter(({ heard }) => heard === 'answer').length;
	const share = proportion(yes, answered.length);
	return { kind: 'known', ...counts, share, band: bandOf(yes / answered.length) };
}

/** How much of the time in office nothing came out of, by those who wrote and by the history. */
function suspectShare(answered: Question[], terms: Term[]): number {
	const length = ({ from, to }: Term) => to.getTime() - from.getTime();
	const whole = terms.reduce((sum, term) => sum + length(term), 0);
	const suspect = terms.filter((term) => {
		const within = answered.filter(({ at }) => at >= term.from && at < term.to);
		const nos = within.filter(({ heard }) => heard === 'nothing').length;
		return !term.active && nos >= suspectNos && nos === within.length;
	});
	return whole > 0 ? suspect.reduce((sum, term) => sum + length(term), 0) / whole : 0;
}

/** At which of the two times whoever wrote is asked now, or null: too early, or settled already. */
export function askingNow(age: number): number | null {
	if (age >= settledAfter) return null;
	const due = askedAfter.findLastIndex((after) => age >= after);
	return due < 0 ? null : due;
}
