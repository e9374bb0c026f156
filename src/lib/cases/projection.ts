import { stateType, type EventFacts, type EventKind, type State } from './rules.ts';

/** What events do to the row of a case. Replaying all events of a case gives its row again. */
export interface Projection {
	state: State;
	stateSince: Date;
	reason: string | null;
	departmentId: string | null;
	assigneeId: string | null;
	serviceId: string | null;
	wardCode: string | null;
	currentWardCode: string | null;
	priority: string;
	openedAt: Date;
	acknowledgedAt: Date | null;
	firstReplyAt: Date | null;
	claimedAt: Date | null;
	closedAt: Date | null;
	verifiedAt: Date | null;
	reopenedCount: number;
	councillorAskedAt: Date | null;
	councillorAnsweredAt: Date | null;
	escalatedAt: Date | null;
	lastEventAt: Date;
	/** The case that leads the job, while this one is part of it. */
	mergedIntoId: string | null;
	/** How many other cases are part of the job this one leads. */
	parts: number;
}

export interface ProjectedEvent {
	kind: EventKind;
	stateFrom: State;
	stateTo: State | null;
	occurredAt: Date;
	actorRole: string;
	visibility: 'public' | 'private' | 'internal';
	facts: EventFacts;
}

/** A case as its first event finds it. */
const beginning = ({ stateFrom, occurredAt, facts }: ProjectedEvent): Projection => ({
	state: stateFrom,
	stateSince: occurredAt,
	reason: null,
	departmentId: facts.departmentId ?? null,
	assigneeId: null,
	serviceId: facts.serviceId ?? null,
	wardCode: facts.wardCode ?? null,
	currentWardCode: facts.wardCode ?? null,
	priority: facts.priority ?? 'normal',
	openedAt: occurredAt,
	acknowledgedAt: null,
	firstReplyAt: null,
	claimedAt: null,
	closedAt: null,
	verifiedAt: null,
	reopenedCount: 0,
	councillorAskedAt: null,
	councillorAnsweredAt: null,
	escalatedAt: null,
	lastEventAt: occurredAt,
	mergedIntoId: null,
	parts: 0
});

/** The row after some events, from its beginning or from where it stood. In whatever batches they come, the row is the same. */
export const replay = (events: ProjectedEvent[], from?: Projection): Projection | undefined =>
	events.reduce<Projection | undefined>(
		(row, event) => project(event.kind === 'opened' || !row ? beginning(event) : row, event),
		from
	);

const residents = ['reporter', 'supporter', 'resident', 'system'];

/** Somebody who answers for it said or did something that the reporter can see. Councillors answer for suggestions. */
export const fromUs = ({ visibility, actorRole, stateTo }: ProjectedEvent) =>
	visibility !== 'internal' &&
	!residents.includes(actorRole) &&
	(actorRole !== 'councillor' || stateTo !== null);

const replies: EventKind[] = ['reply', 'councillor_reply'];

/** The row after one event. Pure. */
export function project(before: Projection, event: ProjectedEvent): Projection {
	const after = { ...before, ...moved(before, event), ...changed(event) };
	const at = event.occurredAt;
	after.lastEventAt = at;
	if (event.kind === 'job_gained') after.parts += event.facts.count ?? 0;
	if (event.kind === 'job_lost') after.parts -= event.facts.count ?? 0;
	if (after.state !== 'merged') after.mergedIntoId = null;

	// Acknowledged: the first human update whose state differs from `open` (cases.md 5.1).
	if (fromUs(event) && after.state !== 'open' && after.state !== 'submitted')
		after.acknowledgedAt ??= at;
	if (event.visibility !== 'internal' && replies.includes(event.kind)) after.firstReplyAt ??= at;
	return after;
}

/** What a step on the ladder does. */
function moved(before: Projection, event: ProjectedEvent): Partial<Projection> {
	const { stateTo, occurredAt: at, facts } = event;
	if (!stateTo || stateTo === before.state) return {};

	const step = { state: stateTo, stateSince: at, reason: facts.code ?? null };
	const [from, to] = [stateType[before.state], stateType[stateTo]];
	if (to === 'claimed') return { ...step, claimedAt: at };
	if (stateTo === 'verified_closed') return { ...step, closedAt: at, verifiedAt: at };
	if (to === 'closed') return { ...step, closedAt: at };
	if (from !== 'claimed' && from !== 'closed') return step;
	return {
		...step,
		claimedAt: null,
		closedAt: null,
		verifiedAt: null,
		reopenedCount: before.reopenedCount + 1
	};
}

/** What an event changes beside the state. */
function changed({ kind, facts, occurredAt: at }: ProjectedEvent): Partial<Projection> {
	const change: Partial<Projection> = {};
	if (facts.departmentId !== undefined) change.departmentId = facts.departmentId;
	if (facts.assigneeId !== undefined) change.assigneeId = facts.assigneeId;
	if (kind === 'service_changed' && facts.serviceId) change.serviceId = facts.serviceId;
	if (kind === 'ward_changed' && facts.wardCode) change.currentWardCode = facts.wardCode;
	if (kind === 'priority_changed' && facts.priority) change.priority = facts.priority;
	if (kind === 'councillor_asked') change.councillorAskedAt = at;
	if (kind === 'councillor_reply') change.councillorAnsweredAt = at;
	if (kind === 'escalated') change.escalatedAt = at;
	if (kind === 'job_joined') change.mergedIntoId = facts.intoId ?? null;
	return change;
}
