import { grantsFor, type Actor } from '../identity/permissions.ts';

/** The heaps on a councillor's desk. Every number on it is a link to one of these lists. */
export const heaps = [
	'waiting',
	'new',
	'stuck',
	'claimed',
	'followed',
	'open',
	'unplaced'
] as const;
export type Heap = (typeof heaps)[number];

export const isHeap = (text: string | null): text is Heap => heaps.includes(text as Heap);

/** A case is new for a week, and stuck when it is open for more than a month. */
export const newDays = 7;
export const stuckDays = 30;

export interface Seat {
	wardCode: string;
	term: 'ward' | 'pr' | 'acting' | null;
}

/** The wards somebody speaks for here, each once, by the strongest seat; a proportional councillor has those allocated to them. */
export function seatsOf(actor: Actor, municipalityId: string): Seat[] {
	const seats = grantsFor(actor, 'case.comment').flatMap(({ grant }) =>
		grant.municipalityId === municipalityId && grant.wardCode
			? [{ wardCode: grant.wardCode, term: grant.term }]
			: []
	);
	const strength = ({ term }: Seat) => (term === 'pr' ? 1 : 0);
	seats.sort((a, b) => strength(a) - strength(b));
	return seats.filter(
		({ wardCode }, at) => seats.findIndex((each) => each.wardCode === wardCode) === at
	);
}

// prettier-ignore
export const heapWords: Record<Heap, { title: string; tile: string; empty: string }> = {
	waiting:  { title: 'Waiting for your answer', tile: 'wait for your answer', empty: 'Nobody waits for you.' },
	new:      { title: 'New this week', tile: 'new this week', empty: 'Nothing new in seven days. Silence is not satisfaction.' },
	stuck:    { title: 'Stuck: paused, opened again, or open for more than 30 days', tile: 'stuck', empty: 'Nothing is stuck.' },
	claimed:  { title: 'Said to be fixed, not confirmed by anybody who lives with it', tile: 'said to be fixed, not confirmed', empty: 'Every repair that was claimed has been confirmed.' },
	followed: { title: 'Neighbours behind it: open, most people first', tile: 'with neighbours behind it', empty: 'No open issue has a second household behind it yet.' },
	open:     { title: 'Everything open', tile: 'open in all', empty: 'Nothing is open.' },
	unplaced: { title: 'Maybe your ward: near its line, or without a place', tile: 'maybe your ward', empty: 'Nothing lies in doubt.' }
};

export const termWords: Record<'ward' | 'pr' | 'acting', string> = {
	ward: 'Ward councillor',
	pr: 'Proportional councillor, allocated to this ward',
	acting: 'Acting councillor, while the seat is vacant'
};
