import type { Grant } from './permissions.ts';

/** A councillor's term in one ward; `null` counts as elected, as terms of earlier imports are. */
export interface SeatTerm {
	term: Grant['term'];
	startsAt: Date;
	endsAt: Date | null;
}

export type ActingObstacle = 'seat_is_taken' | 'somebody_acts_already';

const elected = ({ term }: SeatTerm) => (term ?? 'ward') === 'ward';
const holdsAt = ({ startsAt, endsAt }: SeatTerm, at: Date) =>
	startsAt <= at && (!endsAt || endsAt > at);

/** Why nobody can act for a ward from that instant on, or null. Its elected seat must be vacant. */
export function actingObstacle(terms: SeatTerm[], from: Date): ActingObstacle | null {
	if (terms.some((each) => elected(each) && holdsAt(each, from))) return 'seat_is_taken';
	const acts = (each: SeatTerm) => each.term === 'acting' && (!each.endsAt || each.endsAt > from);
	return terms.some(acts) ? 'somebody_acts_already' : null;
}

/** When an acting term ends: on the day that was chosen, or when an elected councillor begins. */
export function actingUntil(terms: SeatTerm[], from: Date, until: Date | null): Date | null {
	const next = terms.filter((each) => elected(each) && each.startsAt > from);
	const ends = [...next.map(({ startsAt }) => startsAt), ...(until ? [until] : [])];
	return ends.length ? new Date(Math.min(...ends.map(Number))) : null;
}

export interface Vacancy {
	wardCode: string;
	/** Who acts there now, or from a day to come. */
	acting: { name: string; startsAt: Date; endsAt: Date | null } | null;
}

/** The wards without an elected councillor at an instant, and who acts there. */
export function vacancies(
	wards: Array<{ code: string }>,
	terms: Array<SeatTerm & { wardCode: string | null; name: string }>,
	now: Date
): Vacancy[] {
	return wards.flatMap(({ code }) => {
		const here = terms.filter(({ wardCode }) => wardCode === code);
		if (here.some((each) => elected(each) && holdsAt(each, now))) return [];
		const acting = here.find(({ term, endsAt }) => term === 'acting' && (!endsAt || endsAt > now));
		return [{ wardCode: code, acting: acting ?? null }];
	});
}
