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

const channels: Record<string, string> = {
	web: 'by the web',
	phone: 'by telephone',
	sms: 'by SMS',
	email: 'by e-mail',
	desk: 'at the counter',
	api: 'by another app',
	import: 'from another system'
};

/** The resident behind an event, by part; by name only when they asked for that. */
export const residentOf = (event: Pick<Happened, 'actorRole'>, names: Pick<Names, 'reporter'>) =>
	event.actorRole === 'supporter'
		? 'a neighbour'
		: (names.reporter ?? 'the resident who reported it');

/** Whoever acts in these roles acts as the department that holds the case. */
const inDepartment = ['field_worker', 'department_officer', 'supervisor', 'director'];

const withCapital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

const office = (event: Happened, names: Names): string => {
	if (event.actorRole === 'councillor')
		return event.actorName ? `Councillor ${event.actorName}` : 'The councillor';
	if (event.actorRole === 'system') return '';
	const own = event.facts.fromDepartmentId ?? event.facts.departmentId;
	return (inDepartment.includes(event.actorRole) && names.department(own)) || 'The municipality';
};

type Sentence = (event: Happened, names: Names) => string;

const resident: Sentence = (event, names) => residentOf(event, names);
const code = (words: Record<string, string>, { facts }: Happened) => words[facts.code ?? ''];
const because = (label: string, reason: string | undefined) =>
	reason ? `${label}: ${reason}` : label;

/** Why a reporter takes a report back, as everybody reads it. */
export const withdrawWords: Record<string, string> = {
	fixed: 'it is no longer a problem',
	mistake: 'it was reported by mistake',
	twice: 'it was reported twice',
	other: 'for a reason of their own'
};

export const retireWords: Record<string, string> = {
	duplicated: 'another suggestion says the same',
	started: 'work has already started',
	unfeasible: 'it cannot be done',
	done: 'it is done',
	other: 'for another reason'
};

// prettier-ignore
const sentences: Record<EventKind, Sentence> = {
	opened: ({ facts }, { department }) => because('Received, number given', department(facts.departmentId) && `sent to ${department(facts.departmentId)}`),
	release: () => 'Looked at and published',
	acknowledge: () => stateWords.acknowledged.label,
	take: () => 'Taken by a person in the team',
	assign: ({ facts }) => (facts.assigneeId ? 'Given to a person in the team' : stateWords.assigned.label),
	reassign: () => 'Given to somebody else in the team',
	reroute: ({ facts }, { department }) => `Passed on to ${department(facts.departmentId) ?? 'another department'}`,
	start: () => stateWords.in_progress.label,
	hold: (event) => because(stateWords.on_hold.label, code(holdWords, event)),
	claim: () => stateWords.resolved_claimed.label,
	decline: (event) => because(stateWords.declined.label, code(declineWords, event)),
	confirm: (event, names) => `Fixed, says ${resident(event, names)}`,
	contradict: (event, names) => `Not fixed, says ${resident(event, names)}. Opened again`,
	reopen: (event, names) => (isResident(event) ? `Opened again by ${resident(event, names)}` : 'Opened again'),
	withdraw: (event, names) => because(`Taken back by ${resident(event, names)}`, code(withdrawWords, event)),

	consider: () => stateWords.evaluating.label,
	accept: () => stateWords.accepted.label,
	reject: () => stateWords.rejected.label,
	retire: (event) => because(stateWords.retired.label, code(retireWords, event)),
	take_back: (event, names) => because(`Taken back by ${resident(event, names)}`, code(withdrawWords, event)),
	publish: () => 'Looked at and published',

	reply: (event, names) => `${office(event, names) || 'The municipality'} wrote`,
	note: () => 'Note for colleagues',
	resident_note: (event, names) => `${withCapital(resident(event, names))} wrote`,
	councillor_reply: (event, names) => `${office(event, names)} wrote`,
	councillor_asked: (event, names) => isResident(event) || event.actorRole !== 'councillor' ? 'The councillor was asked' : `${office(event, names)} asked the department`,
	department_asked: (event, names) => `${office(event, names)} asked the department`,
	escalated: () => 'Taken to a more senior desk',
	photo_added: (event, names) => `${isResident(event) ? withCapital(resident(event, names)) : office(event, names) || 'The municipality'} added ${(event.facts.photoIds?.length ?? 1) === 1 ? 'a photo' : `${event.facts.photoIds?.length} photos`}`,
	photo_removed: () => 'A photo was taken down',
	supported: ({ facts }) => joined(facts.count ?? 1),
	service_changed: ({ facts }, { service }) => `Category changed from ${service(facts.fromServiceId) ?? 'another'} to ${service(facts.serviceId) ?? 'another'}`,
	ward_changed: () => 'The ward was corrected',
	priority_changed: ({ facts }) => because('Priority changed', facts.priority),
	name_hidden: () => 'Your name is no longer shown',
	name_shown: () => 'Your name is shown',
	moderated: ({ facts }) => sayModeration(facts.act, facts.code),
	contradicted: () => 'Answers differ: one resident says it is fixed, another says it is not',
	commitment_linked: () => 'A promise was made about this',
	imported: () => 'Brought over from another system'
};

/** How many more people said it affects them too, as one line. */
export const joined = (n: number) =>
	n === 1 ? 'One more neighbour joined' : `${n} more neighbours joined`;

// prettier-ignore
const remarkIcons: Partial<Record<EventKind, IconName>> = {
	reply: 'msg', note: 'edit', resident_note: 'msg', councillor_reply: 'msg', councillor_asked: 'msg', department_asked: 'msg',
	escalated: 'arrow', photo_added: 'camera', photo_removed: 'camera', supported: 'people',
	service_changed: 'edit', ward_changed: 'pin', priority_changed: 'flag', name_hidden: 'me',
	name_shown: 'me', moderated: 'shield', contradicted: 'people', commitment_linked: 'flag', imported: 's-in',
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
		title: sentences[event.kind]?.(event, names) ?? 'Something changed',
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
