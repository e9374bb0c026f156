import { plural } from '../platform/text.ts';

/** What a department still holds. */
export interface Holdings {
	/** Cases that somebody must still act on or answer for. */
	cases: number;
	/** Services that send new reports to it. */
	services: number;
}

/** Why a department cannot close yet, or null. `movedTo` says who takes what it holds. */
export const closingObstacle = (holds: Holdings, movedTo: { id: string } | null) =>
	!movedTo && (holds.cases > 0 || holds.services > 0) ? 'holds_work' : null;

/** `12 open cases and 3 services`. */
export const holdingsWords = ({ cases, services }: Holdings): string =>
	[cases && plural(cases, 'open case'), services && plural(services, 'service')]
		.filter(Boolean)
		.join(' and ');
