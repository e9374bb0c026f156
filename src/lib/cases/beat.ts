import type { Beat } from '../clocks/clock.ts';
import { fromUs, type ProjectedEvent } from './projection.ts';
import { stateType, type State } from './rules.ts';

/**
 * The events of a case as its clock hears them. What moves no clock is left out. A case that left a
 * job again keeps the clock it would have had alone: nothing of the job's time counts for it.
 */
export function beatsOf(events: ProjectedEvent[]): Beat[] {
	const beats: Beat[] = [];
	let state: State | undefined;
	let alone: number | undefined;
	for (const event of events) {
		state = event.stateTo ?? state ?? event.stateFrom;
		if (event.kind === 'job_joined') alone = beats.length;
		if (event.kind === 'job_left' && alone !== undefined) beats.length = alone;
		else if (movesClock(event)) beats.push(beatOf(event, state));
	}
	return beats;
}

const answers = ['reply', 'claim', 'decline'];

/** Whether an event can move a clock: the others, such as one more supporter, cost nothing. */
export const movesClock = (event: Pick<ProjectedEvent, 'kind' | 'stateTo' | 'visibility'>) =>
	event.kind === 'opened' ||
	event.kind === 'job_moved' ||
	event.stateTo !== null ||
	(event.visibility !== 'internal' && answers.includes(event.kind));

function beatOf(event: ProjectedEvent, state: State): Beat {
	// A part of a job runs, stands and ends with the job.
	const standing = state === 'merged' ? (event.facts.jobState ?? 'open') : state;
	const type = stateType[standing];
	const ours = fromUs(event);
	const kind = event.kind === 'job_moved' ? (event.facts.jobKind ?? event.kind) : event.kind;
	const spoken = ours || event.kind === 'job_moved';
	return {
		at: event.occurredAt,
		// Held for moderation is our doing, so the promise runs.
		then: type === 'paused' ? 'stands' : type === 'open' || type === 'held' ? 'runs' : 'ends',
		why: event.facts.code ?? null,
		acknowledged: spoken && standing !== 'open' && standing !== 'submitted',
		replied: spoken && answers.includes(kind)
	};
}
