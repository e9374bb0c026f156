/** waiting: sent, the sender is responsible. accepted: the receiver is. The others have ended. */
export const referralStates = [
	'waiting',
	'accepted',
	'returned',
	'recalled',
	'done',
	'over'
] as const;
export type ReferralState = (typeof referralStates)[number];

export const openReferralStates: readonly ReferralState[] = ['waiting', 'accepted'];

/** What can be said about a handed-over case, by whoever received it or whoever sent it. */
export const answerKinds = ['accept', 'return', 'ask', 'tell', 'done', 'answer', 'recall'] as const;
export type AnswerKind = (typeof answerKinds)[number];
export const isAnswerKind = (text: unknown): text is AnswerKind =>
	answerKinds.includes(text as AnswerKind);

export type Side = 'sender' | 'receiver';

/** Why a case is given back. */
export const returnCodes = ['not_ours', 'more_needed', 'cannot'] as const;
export type ReturnCode = (typeof returnCodes)[number];

interface Answering {
	by: Side;
	from: readonly ReferralState[];
	/** `same` leaves it as it is. */
	to: ReferralState | 'same';
	words: boolean;
}

// prettier-ignore
export const answering: Record<AnswerKind, Answering> = {
	accept: { by: 'receiver', from: ['waiting'], to: 'accepted', words: false },
	return: { by: 'receiver', from: ['waiting', 'accepted'], to: 'returned', words: true },
	ask:    { by: 'receiver', from: ['waiting', 'accepted'], to: 'same', words: true },
	tell:   { by: 'receiver', from: ['accepted'], to: 'same', words: true },
	done:   { by: 'receiver', from: ['accepted'], to: 'done', words: true },
	answer: { by: 'sender', from: ['waiting', 'accepted'], to: 'same', words: true },
	recall: { by: 'sender', from: ['waiting', 'accepted'], to: 'recalled', words: true }
};

export type ReferralObstacle =
	| 'not_theirs'
	| 'ended'
	| 'accepted_already'
	| 'not_accepted'
	| 'needs_words'
	| 'needs_a_code'
	| 'needs_a_body'
	| 'nothing_asked';

export interface Answered {
	by: Side;
	state: ReferralState;
	asked: boolean;
	words: string;
	code?: string | null;
	/** The body that is responsible instead, by name. */
	body?: string;
}

/** Why something cannot be said about a handed-over case, or null. */
export function answerObstacle(kind: AnswerKind, said: Answered): ReferralObstacle | null {
	const rule = answering[kind];
	if (rule.by !== said.by) return 'not_theirs';
	if (!openReferralStates.includes(said.state)) return 'ended';
	if (!rule.from.includes(said.state))
		return said.state === 'accepted' ? 'accepted_already' : 'not_accepted';
	if (kind === 'answer' && !said.asked) return 'nothing_asked';
	if (kind === 'return') {
		if (!returnCodes.includes(said.code as ReturnCode)) return 'needs_a_code';
		// "Not ours" alone never ends it (cases.md 6): who then?
		if (said.code === 'not_ours' && !said.body?.trim()) return 'needs_a_body';
	}
	if (rule.words && !said.words.trim()) return 'needs_words';
	return null;
}

/** What one side may say now: what a page offers. */
export const possibleAnswers = (by: Side, state: ReferralState, asked: boolean): AnswerKind[] =>
	answerKinds.filter((kind) => {
		const obstacle = answerObstacle(kind, { by, state, asked, words: '' });
		return obstacle === null || obstacle.startsWith('needs_');
	});

/** What one answer makes of a handing-over. */
export const stateAfter = (kind: AnswerKind, state: ReferralState): ReferralState => {
	const { to } = answering[kind];
	return to === 'same' ? state : to;
};

/** A holder, by what it is called by: a department or body of our list, or a municipality. */
export interface Holder {
	departmentId?: string | null;
	municipalityId?: string | null;
}

const same = (a: Holder, b: Holder) =>
	(a.departmentId ?? null) === (b.departmentId ?? null) &&
	(a.municipalityId ?? null) === (b.municipalityId ?? null);

/** Whether a case would come back to somebody who has had it, or was asked to: A → B → A. */
export const loops = (to: Holder, before: readonly Holder[]) =>
	before.some((each) => same(each, to));
