import { m } from '../i18n/index.ts';
import { tableOf } from '../i18n/table.ts';
import { counted, withCapital } from '../platform/text.ts';
import type { IconName } from '../ui/icons.ts';
import { sayModeration } from './moderation.ts';
import { deeds, type DeedName, type EventFacts, type EventKind, type State } from './rules.ts';
import { declineWords, holdWords, stateWords } from './wording.ts';

/** An event as it was appended, with its words where the reader may have them. */
export interface Happened {
	kind: EventKind;
	actorRole: string;
	/** Of an office-bearer only: residents are never named here. */
	actorName?: string | null;
	channel?: string;
	stateTo?: State | null;
	facts: EventFacts;
}

/** What the timeline calls things by. */
export interface Names {
	department: (id: string | null | undefined) => string | undefined;
	service: (id: string | undefined) => string | undefined;
	/** Only when the reporter asked for it to be shown. */
	reporter?: string | null;
}

/** One line of the timeline in plain words. */
export interface Told {
	title: string;
	/** Who did it, in which office. */
	who: string;
	icon: IconName;
	tone: '' | 'good' | 'wait' | 'bad' | 'plain';
	/** Whose corner the words get: a resident's at the start, the municipality's at the end. */
	voice: 'resident' | 'office';
}

const residents = ['reporter', 'supporter', 'resident'];
const isResident = ({ actorRole }: Happened) => residents.includes(actorRole);

const channels: Readonly<Record<string, string>> = tableOf({
	web: m.states_by_web,
	phone: m.states_by_phone,
	sms: m.states_by_sms,
	email: m.states_by_email,
	desk: m.states_by_desk,
	api: m.states_by_api,
	import: m.states_by_import
});

/** The resident behind an event, by part; by name only when they asked for that. */
export const residentOf = (event: Pick<Happened, 'actorRole'>, names: Pick<Names, 'reporter'>) =>
	event.actorRole === 'supporter' ? m.states_neighbour() : (names.reporter ?? m.states_reporter());

/** Whoever acts in these roles acts as the department that holds the case. */
const inDepartment = ['field_worker', 'department_officer', 'supervisor', 'director'];

const office = (event: Happened, names: Names): string => {
	if (event.actorRole === 'councillor')
		return event.actorName
			? m.states_councillor_named({ name: event.actorName })
			: m.states_councillor();
	if (event.actorRole === 'system') return '';
	if (event.actorRole === 'partner') return holder(event);
	const own = event.facts.fromDepartmentId ?? event.facts.departmentId;
	return (
		(inDepartment.includes(event.actorRole) && names.department(own)) || m.states_municipality()
	);
};

type Sentence = (event: Happened, names: Names) => string;

const holder = ({ facts }: Happened) => facts.holder ?? m.states_municipality();

const resident: Sentence = (event, names) => residentOf(event, names);
const code = (words: Readonly<Record<string, string>>, { facts }: Happened) =>
	words[facts.code ?? ''];
const because = (label: string, reason: string | undefined) =>
	reason ? `${label}: ${reason}` : label;

/** Why a reporter takes a report back, as everybody reads it. */
export const withdrawWords: Readonly<Record<string, string>> = tableOf({
	fixed: m.states_withdraw_fixed,
	mistake: m.states_withdraw_mistake,
	twice: m.states_withdraw_twice,
	other: m.states_withdraw_other
});

export const retireWords: Readonly<Record<string, string>> = tableOf({
	duplicated: m.states_retire_duplicated,
	started: m.states_retire_started,
	unfeasible: m.states_retire_unfeasible,
	done: m.states_retire_done,
	other: m.states_retire_other
});

const openedTo = (department: string | undefined) =>
	department ? m.states_did_open_to({ department }) : m.states_did_open();
const passedTo = (department: string | undefined) =>
	department ? m.states_did_pass_to({ department }) : m.states_did_pass();

/** The resident by part, or the office, with a capital: they begin the sentence. */
const somebody: Sentence = (event, names) =>
	withCapital(
		isResident(event) ? resident(event, names) : office(event, names) || m.states_municipality()
	);

// prettier-ignore
const sentences: Record<EventKind, Sentence> = {
	opened: ({ facts }, { department }) => openedTo(department(facts.departmentId)),
	release: () => m.states_did_publish(),
	acknowledge: () => stateWords.acknowledged.label,
	take: () => m.states_did_take(),
	assign: ({ facts }) => (facts.assigneeId ? m.states_did_give() : stateWords.assigned.label),
	reassign: () => m.states_did_give_else(),
	reroute: ({ facts }, { department }) => passedTo(department(facts.departmentId)),
	start: () => stateWords.in_progress.label,
	hold: (event) => because(stateWords.on_hold.label, code(holdWords, event)),
	claim: () => stateWords.resolved_claimed.label,
	decline: (event) => because(stateWords.declined.label, code(declineWords, event)),
	confirm: (event, names) => m.states_did_confirm({ who: resident(event, names) }),
	contradict: (event, names) => m.states_did_contradict({ who: resident(event, names) }),
	reopen: (event, names) => (isResident(event) ? m.states_did_reopen_by({ who: resident(event, names) }) : m.states_did_reopen()),
	withdraw: (event, names) => because(m.states_did_withdraw({ who: resident(event, names) }), code(withdrawWords, event)),

	consider: () => stateWords.evaluating.label,
	accept: () => stateWords.accepted.label,
	reject: () => stateWords.rejected.label,
	retire: (event) => because(stateWords.retired.label, code(retireWords, event)),
	take_back: (event, names) => because(m.states_did_withdraw({ who: resident(event, names) }), code(withdrawWords, event)),
	publish: () => m.states_did_publish(),

	reply: (event, names) => m.states_did_write({ who: office(event, names) || m.states_municipality() }),
	note: () => m.states_did_note(),
	resident_note: (event, names) => m.states_did_write({ who: withCapital(resident(event, names)) }),
	councillor_reply: (event, names) => m.states_did_write({ who: office(event, names) }),
	councillor_asked: (event, names) => isResident(event) || event.actorRole !== 'councillor' ? m.states_did_ask_councillor() : m.states_did_ask_department({ who: office(event, names) }),
	department_asked: (event, names) => m.states_did_ask_department({ who: office(event, names) }),
	escalated: () => m.states_did_escalate(),
	photo_added: (event, names) => m.states_did_add_photos({ who: somebody(event, names), n: event.facts.photoIds?.length ?? 1 }),
	photo_removed: () => m.states_did_remove_photo(),
	supported: ({ facts }) => joined(facts.count ?? 1),
	service_changed: ({ facts }, { service }) => m.states_did_change_service({ from: service(facts.fromServiceId) ?? m.states_another(), to: service(facts.serviceId) ?? m.states_another() }),
	ward_changed: () => m.states_did_change_ward(),
	priority_changed: ({ facts }) => because(m.states_did_change_priority(), facts.priority),
	name_hidden: () => m.states_did_hide_name(),
	name_shown: () => m.states_did_show_name(),
	moderated: ({ facts }) => sayModeration(facts.act, facts.code),
	contradicted: () => m.states_did_differ(),
	commitment_linked: () => m.states_did_promise(),
	referred: (event) => m.states_did_refer({ name: holder(event) }),
	referral_accepted: (event) => m.states_did_take_over({ name: holder(event) }),
	referral_returned: (event) => m.states_did_give_back({ name: holder(event) }),
	referral_recalled: (event) => m.states_did_recall({ name: holder(event) }),
	referral_asked: (event) => `${holder(event)} asks`,
	referral_answered: (event) => `Answer to ${holder(event)}`,
	referral_late: (event) => m.states_did_answer_late({ name: holder(event) }),
	responsible: (event) => m.states_did_responsible({ name: holder(event) }),
	imported: () => m.states_did_import(),

	job_joined: () => m.jobs_joined(),
	job_left: () => m.jobs_left(),
	job_moved: ({ facts }) => sayJob(facts),
	job_gained: ({ facts }) => m.jobs_gained(counted(facts.count ?? 1)),
	job_lost: ({ facts }) => m.jobs_lost(counted(facts.count ?? 1))
};

/** What the case that leads a job did, as a part of it tells. */
const sayJob = ({ jobKind, jobState }: EventFacts) =>
	jobKind === 'reply' || jobKind === 'councillor_reply' || !jobState
		? m.jobs_said()
		: m.jobs_moved({ state: stateWords[jobState].label });

/** How many more people said it affects them too, as one line. */
export const joined = (n: number) => m.states_did_join({ n });

// prettier-ignore
const remarkIcons: Partial<Record<EventKind, IconName>> = {
	reply: 'msg', note: 'edit', resident_note: 'msg', councillor_reply: 'msg', councillor_asked: 'msg', department_asked: 'msg',
	escalated: 'arrow', photo_added: 'camera', photo_removed: 'camera', supported: 'people',
	service_changed: 'edit', ward_changed: 'pin', priority_changed: 'flag', name_hidden: 'me',
	name_shown: 'me', moderated: 'shield', contradicted: 'people', commitment_linked: 'flag', imported: 's-in',
	referred: 'arrow', referral_accepted: 's-go', referral_returned: 'arrow', referral_recalled: 'arrow',
	referral_asked: 'msg', referral_answered: 'msg', referral_late: 'msg', responsible: 'pin',
	job_joined: 'people', job_left: 'arrow', job_moved: 'people', job_gained: 'people', job_lost: 'people',
	opened: 's-in', reassign: 's-go', reroute: 'arrow', release: 's-in', publish: 's-in'
};

/** The state a deed leads to, which lends its line a ring and a tone. */
const stateOf = ({ kind, stateTo }: Happened): State | undefined => {
	if (stateTo) return stateTo;
	const to = kind in deeds ? deeds[kind as DeedName].to : 'same';
	return to === 'same' ? undefined : to;
};

/** One event as everybody may read it: what happened, who did it, and the shape of its ring. */
export function tell(event: Happened, names: Names): Told {
	const state = stateOf(event);
	const look = state && stateWords[state];
	const icon = remarkIcons[event.kind] ?? look?.icon ?? 'more';
	return {
		title: sentences[event.kind]?.(event, names) ?? m.states_did_something(),
		who: whoLine(event, names),
		icon,
		tone: event.kind === 'contradict' ? 'bad' : look && !remarkIcons[event.kind] ? look.tone : '',
		voice: isResident(event) ? 'resident' : 'office'
	};
}

function whoLine(event: Happened, names: Names): string {
	if (event.kind === 'opened' || event.kind === 'imported')
		return channels[event.channel ?? ''] ?? '';
	const named = event.kind === 'reply' || event.kind === 'councillor_reply';
	if (named || isResident(event) || event.actorRole === 'system') return '';
	return office(event, names);
}
