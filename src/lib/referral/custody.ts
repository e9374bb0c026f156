import { stateType, type EventFacts, type EventKind, type State } from '../cases/rules.ts';

/** An event as custody hears it. */
export interface Handled {
	kind: EventKind | string;
	at: Date;
	stateTo: State | null;
	facts: EventFacts;
}

/** Who has had a case: a department of ours by id, or another body by name. */
export interface HeldBy {
	departmentId: string | null;
	name: string | null;
}

export interface Stretch extends HeldBy {
	from: Date;
	/** Null while it still has it. */
	to: Date | null;
}

/**
 * Who held a case, from when to when, out of its events. A holder's time ends when the next one
 * accepts, never when it sends (cases.md 5.4, V8); what is over stands still until it is opened again.
 */
export function custody(events: readonly Handled[]): Stretch[] {
	const held: Stretch[] = [];
	let home: HeldBy = { departmentId: null, name: null };
	for (const event of events) {
		const { kind, at, facts } = event;
		const now = held.at(-1);
		const running = now && now.to === null;
		if (facts.departmentId !== undefined && kind !== 'referral_accepted')
			home = { departmentId: facts.departmentId, name: null };
		const next = holderAfter(event, home, running ? now : null);
		if (running && next && same(now, next)) continue;
		if (running) now.to = next && at < now.from ? now.from : at;
		if (next) held.push({ ...next, from: at, to: null });
		else if (running) now.to = at;
		if (kind === 'referral_accepted' && facts.departmentId)
			home = { departmentId: facts.departmentId, name: null };
	}
	return held;
}

function holderAfter(event: Handled, home: HeldBy, now: HeldBy | null): HeldBy | null {
	const { kind, stateTo, facts } = event;
	if (kind === 'referral_accepted')
		return facts.departmentId
			? { departmentId: facts.departmentId, name: null }
			: { departmentId: null, name: String(facts.holder ?? '') };
	const type = stateTo ? stateType[stateTo] : null;
	if (type === 'closed' || type === 'claimed' || type === 'merged') return null;
	if (kind === 'opened') return home;
	// Any step of ours brings it back: given back, taken back, opened again, begun.
	if (stateTo && stateTo !== 'referred_out') return home;
	if (!now) return null;
	return now.name === null ? home : now;
}

const same = (a: HeldBy, b: HeldBy) => a.departmentId === b.departmentId && a.name === b.name;

export interface HolderTime extends HeldBy {
	/** Milliseconds, day and night. */
	time: number;
	holdsNow: boolean;
}

/** Each holder's time apart, in the order they first had it. The sum is the whole time it was open. */
export function timeByHolder(held: readonly Stretch[], now: Date): HolderTime[] {
	const times: HolderTime[] = [];
	for (const { departmentId, name, from, to } of held) {
		const time = (to ?? now).getTime() - from.getTime();
		const known = times.find((each) => same(each, { departmentId, name }));
		if (known) {
			known.time += time;
			known.holdsNow ||= to === null;
		} else times.push({ departmentId, name, time, holdsNow: to === null });
	}
	return times;
}
