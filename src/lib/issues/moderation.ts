import { m } from '../i18n/index.ts';
import { tableOf } from '../i18n/table.ts';
import type { ModerationReason } from '../cases/moderation.ts';

/** What a resident may say is wrong with something published. */
export const flagReasons = tableOf({
	insult: m.issue_flag_insult,
	personal: m.issue_flag_personal,
	person: m.issue_flag_person,
	false: m.issue_flag_false,
	advert: m.issue_flag_advert,
	elsewhere: m.issue_flag_elsewhere
} satisfies Partial<Record<ModerationReason, () => string>>);

export type FlagReason = keyof typeof flagReasons;

export const isFlagReason = (text: unknown): text is FlagReason =>
	typeof text === 'string' && Object.hasOwn(flagReasons, text);

/** So many different people hide something until a person has looked. */
export const flagsThatHide = 3;

/** So many supporters with a proved contact stand against hiding it without a person. */
export const supportersThatShield = 10;

export interface Flagged {
	/** Different people whose word nobody has judged yet. */
	flags: number;
	/** Neighbours with a proved contact behind their word. */
	supporters: number;
	/** Raised or typed in by somebody who works here. */
	byStaff: boolean;
	/** It says how a councillor behaved. */
	aboutCouncillor: boolean;
	/** A person looked at earlier flags, and let it stand. */
	judgedSound: boolean;
	/** It is hidden or held already. */
	hidden: boolean;
}

/** Whether flags alone hide something, pending review. A crowd cannot silence many, officials, or a complaint about power. */
export const hidesItself = (of: Flagged): boolean =>
	of.flags >= flagsThatHide &&
	of.supporters < supportersThatShield &&
	!of.byStaff &&
	!of.aboutCouncillor &&
	!of.judgedSound &&
	!of.hidden;

const councillorWords =
	/\b(councill?ors?|cllrs?|ward rep(resentative)?s?|raadsl(id|ede)|ikhansela|amakhansela|uceba|ooceba|speaker|mayor|usodolophu|burgemeester)\b/i;

/** Whether words or service speak of how a councillor behaves: then only a person hides it. */
export const speaksOfCouncillor = (words: string, serviceCode: string | null) =>
	serviceCode === 'conduct-councillor' || councillorWords.test(words);

export type ObjectionObstacle = 'nothing_done' | 'already_objected' | 'needs_words';

/** Why a reporter cannot object to an act of moderation, or null. */
export const objectionObstacle = (
	act: { action: string; objection: string | null } | undefined,
	words: string
): ObjectionObstacle | null => {
	if (!act || act.action === 'restore') return 'nothing_done';
	if (act.objection !== null) return 'already_objected';
	return words ? null : 'needs_words';
};

export const objectionWords = tableOf<ObjectionObstacle>({
	nothing_done: m.refusals_nothing_moderated,
	already_objected: m.refusals_objected,
	needs_words: m.refusals_why_shown
});

export type AnswerObstacle = 'no_objection' | 'answered' | 'same_person' | 'needs_words';

/** Why somebody cannot answer an objection, or null: nobody judges their own act. */
export const answerObstacle = (
	act: { by: string | null; objection: string | null; answer: string | null },
	actorId: string,
	words: string
): AnswerObstacle | null => {
	if (act.objection === null) return 'no_objection';
	if (act.answer !== null) return 'answered';
	if (act.by === actorId) return 'same_person';
	return words ? null : 'needs_words';
};

export const answerWords: Record<AnswerObstacle, string> = {
	no_objection: 'Nobody objected to this.',
	answered: 'This objection has been answered already.',
	same_person: 'You made this change. Somebody else answers the objection to it.',
	needs_words: 'Write your answer. The reporter reads it.'
};
