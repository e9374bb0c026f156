import type { Permission } from '../identity/permissions.ts';

/** Every state a case can be in. Code tests the type, people read the label in `wording.ts`. */
export const states = [
	'submitted',
	'open',
	'acknowledged',
	'assigned',
	'in_progress',
	'on_hold',
	'resolved_claimed',
	'verified_closed',
	'referred_out',
	'merged',
	'declined',
	'withdrawn',
	'evaluating',
	'accepted',
	'rejected',
	'retired'
] as const;
export type State = (typeof states)[number];

export type Track = 'issue' | 'suggestion';

/** held: not public yet. open: somebody must act. paused: open, its clock stands. claimed: said to be done. closed: at its end. */
export type StateType = 'held' | 'open' | 'paused' | 'claimed' | 'closed' | 'merged';

// prettier-ignore
export const stateType: Record<State, StateType> = {
	submitted: 'held',
	open: 'open', acknowledged: 'open', assigned: 'open', in_progress: 'open', referred_out: 'open', evaluating: 'open',
	on_hold: 'paused',
	resolved_claimed: 'claimed',
	verified_closed: 'closed', declined: 'closed', withdrawn: 'closed', accepted: 'closed', rejected: 'closed', retired: 'closed',
	merged: 'merged'
};

export const statesOfType = (...types: StateType[]) =>
	states.filter((state) => types.includes(stateType[state]));

/** Everything that still waits for the municipality. */
export const openStates = statesOfType('open', 'paused');

/** Who may do a deed: staff by permission, or residents by their part in the issue. */
export type Doer = { permission: Permission } | { part: Array<'reporter' | 'supporter'> };

export interface Deed {
	track: Track;
	from: readonly State[];
	/** `same` leaves the state as it is. */
	to: State | 'same';
	by: Doer[];
	/** Needs words that say why. */
	reason?: boolean;
	/** Needs one of these codes. */
	codes?: readonly string[];
	/** Needs a photo or a note as proof. */
	proof?: boolean;
	/** Needs to know to whom it goes. */
	whom?: 'person_or_department' | 'department';
}

export const holdReasons = [
	'parts',
	'contractor',
	'weather',
	'access',
	'another_body',
	'budget',
	'resident'
] as const;
export const declineCodes = ['not_responsible', 'no_action', 'invalid'] as const;
export type HoldReason = (typeof holdReasons)[number];
export type DeclineCode = (typeof declineCodes)[number];

const waiting = ['open', 'acknowledged', 'assigned'] as const;
const active = [...waiting, 'in_progress', 'on_hold', 'referred_out'] as const;
const reopenable = ['resolved_claimed', 'verified_closed', 'declined'] as const;

/** The ladder of a case as data: what can be done from where, to where, by whom. */
// prettier-ignore
export const deeds = {
	release:     { track: 'issue', from: ['submitted'], to: 'open', by: [{ permission: 'issue.moderate' }] },
	acknowledge: { track: 'issue', from: ['open'], to: 'acknowledged', by: [{ permission: 'case.reply' }] },
	take:        { track: 'issue', from: waiting, to: 'assigned', by: [{ permission: 'case.work' }] },
	assign:      { track: 'issue', from: waiting, to: 'assigned', by: [{ permission: 'case.assign' }], whom: 'person_or_department' },
	reassign:    { track: 'issue', from: ['in_progress', 'on_hold'], to: 'same', by: [{ permission: 'case.assign' }], whom: 'person_or_department' },
	reroute:     { track: 'issue', from: active, to: 'open', by: [{ permission: 'case.assign' }], reason: true, whom: 'department' },
	start:       { track: 'issue', from: [...waiting, 'on_hold'], to: 'in_progress', by: [{ permission: 'case.work' }] },
	hold:        { track: 'issue', from: ['acknowledged', 'assigned', 'in_progress'], to: 'on_hold', by: [{ permission: 'case.work' }], codes: holdReasons },
	claim:       { track: 'issue', from: active, to: 'resolved_claimed', by: [{ permission: 'case.claim' }], proof: true },
	decline:     { track: 'issue', from: active, to: 'declined', by: [{ permission: 'case.decline' }], codes: declineCodes, reason: true },
	confirm:     { track: 'issue', from: ['resolved_claimed'], to: 'verified_closed', by: [{ part: ['reporter', 'supporter'] }] },
	contradict:  { track: 'issue', from: ['resolved_claimed'], to: 'open', by: [{ part: ['reporter', 'supporter'] }] },
	reopen:      { track: 'issue', from: reopenable, to: 'open', by: [{ part: ['reporter'] }, { permission: 'case.reopen' }], reason: true },
	withdraw:    { track: 'issue', from: ['submitted', ...active, 'merged'], to: 'withdrawn', by: [{ part: ['reporter'] }] },

	consider:    { track: 'suggestion', from: ['open'], to: 'evaluating', by: [{ permission: 'suggestion.answer' }], reason: true },
	accept:      { track: 'suggestion', from: ['open', 'evaluating', 'rejected'], to: 'accepted', by: [{ permission: 'suggestion.answer' }], reason: true },
	reject:      { track: 'suggestion', from: ['open', 'evaluating', 'accepted'], to: 'rejected', by: [{ permission: 'suggestion.answer' }], reason: true },
	retire:      { track: 'suggestion', from: ['open', 'evaluating'], to: 'retired', by: [{ permission: 'suggestion.answer' }], codes: ['duplicated', 'started', 'unfeasible', 'done', 'other'], reason: true },
	take_back:   { track: 'suggestion', from: ['submitted', 'open', 'evaluating'], to: 'withdrawn', by: [{ part: ['reporter'] }] },
	publish:     { track: 'suggestion', from: ['submitted'], to: 'open', by: [{ permission: 'issue.moderate' }] }
} as const satisfies Record<string, Deed>;

export type DeedName = keyof typeof deeds;
export const deedOf = (name: DeedName): Deed => deeds[name];

/** What happens beside the ladder, leaving the state as it is. */
export const remarks = [
	'reply',
	'note',
	'resident_note',
	'councillor_reply',
	'councillor_asked',
	'department_asked',
	'escalated',
	'photo_added',
	'photo_removed',
	'supported',
	'service_changed',
	'ward_changed',
	'priority_changed',
	'name_hidden',
	'name_shown',
	'moderated',
	'contradicted',
	'commitment_linked',
	'referred',
	'referral_accepted',
	'referral_returned',
	'referral_recalled',
	'referral_asked',
	'referral_answered',
	'referral_late',
	'responsible',
	'imported'
] as const;
export type Remark = (typeof remarks)[number];

/** What happens when many reports become one job (incident.ts). */
export const jobEvents = ['job_joined', 'job_left', 'job_moved', 'job_gained', 'job_lost'] as const;
export type JobEvent = (typeof jobEvents)[number];

export type EventKind = 'opened' | DeedName | Remark | JobEvent;

/** Ids and codes that belong to an event; never words about a person. */
export interface EventFacts {
	departmentId?: string | null;
	fromDepartmentId?: string | null;
	assigneeId?: string | null;
	serviceId?: string;
	fromServiceId?: string;
	wardCode?: string;
	fromWardCode?: string;
	priority?: string;
	code?: string;
	photoIds?: string[];
	templateId?: string;
	commitmentId?: string;
	claimEventId?: string;
	/** The entity that is responsible instead, by id, or `other`: then the words name it. */
	body?: string;
	count?: number;
	/** The body a case was handed to or came back from, as it was called then. */
	holder?: string;
	referralId?: string;
	/** The case that leads the job this one joined. */
	intoId?: string | null;
	/** How the leading case stands, told to the cases that joined it. */
	jobState?: State;
	/** What happened to the leading case, and its place in that case's history. */
	jobKind?: EventKind;
	jobSeq?: number;
	/** Of a pause: the promise that came next when it began, copied because a clock is made anew. */
	due?: string;
	/** Whoever is on leave, in whose place a colleague did it. */
	insteadOf?: string;
	[other: string]: unknown;
}

export type Obstacle =
	| 'not_from_here'
	| 'other_track'
	| 'not_allowed'
	| 'needs_a_reason'
	| 'needs_words'
	| 'needs_a_code'
	| 'needs_proof'
	| 'needs_a_body'
	| 'needs_a_department'
	| 'needs_somebody'
	| 'hidden';

export interface Attempt {
	track: Track;
	state: State;
	/** What the person may do: their permissions on this case, and their part in it. */
	may: (permission: Permission) => boolean;
	part: 'reporter' | 'supporter' | null;
	words?: string;
	code?: string;
	photos?: number;
	/** Hidden by moderation: only moderation moves it. */
	hidden?: boolean;
	/** Who is responsible instead of us, when we say that we are not. */
	body?: string | null;
	/** Where it goes, and to whom. */
	departmentId?: string | null;
	assigneeId?: string | null;
}

/** Why a deed cannot be done, or null. Permissions first: who may not do it learns nothing else. */
export function deedObstacle(name: DeedName, attempt: Attempt): Obstacle | null {
	const deed = deedOf(name);
	const allowed = deed.by.some((doer) =>
		'permission' in doer
			? attempt.may(doer.permission)
			: attempt.part !== null && doer.part.includes(attempt.part)
	);
	if (!allowed) return 'not_allowed';
	if (deed.track !== attempt.track) return 'other_track';
	if (attempt.hidden) return 'hidden';
	if (!deed.from.includes(attempt.state)) return 'not_from_here';
	return missing(deed, attempt);
}

/** What the deed still lacks before it can be done. */
function missing(deed: Deed, attempt: Attempt): Obstacle | null {
	if (deed.codes && !deed.codes.includes(attempt.code ?? '')) return 'needs_a_code';
	if (attempt.code === 'not_responsible' && deed.codes && !attempt.body) return 'needs_a_body';
	if (deed.whom === 'department' && !attempt.departmentId) return 'needs_a_department';
	if (deed.whom && !attempt.departmentId && !attempt.assigneeId) return 'needs_somebody';
	if (deed.reason && !attempt.words?.trim()) return 'needs_a_reason';
	if (deed.proof && !attempt.words?.trim() && !attempt.photos) return 'needs_proof';
	return null;
}

/** The deeds open to somebody here: what a page offers. Words, codes and proof are asked for later. */
export const possibleDeeds = (
	attempt: Pick<Attempt, 'track' | 'state' | 'may' | 'part' | 'hidden'>
): DeedName[] =>
	(Object.keys(deeds) as DeedName[]).filter((name) => {
		const obstacle = deedObstacle(name, attempt);
		return obstacle === null || obstacle.startsWith('needs_');
	});
