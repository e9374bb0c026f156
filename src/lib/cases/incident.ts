import { stateType, type State } from './rules.ts';

/** What is asked of a case before it joins a job (cases.md 7). */
export interface Joinable {
	reference: string;
	openedAt: Date;
	state: State;
	hidden: boolean;
	private: boolean;
	/** How many other cases are part of the job it leads already. */
	parts: number;
}

export type JoinObstacle =
	| 'needs_two'
	| 'too_many'
	| 'not_open'
	| 'private_one'
	| 'hidden_one'
	| 'two_jobs'
	| 'needs_a_title';

/** At most this many at a time; more can join later. */
export const mostJoined = 100;
export const longestTitle = 120;

const joins = ({ state }: Joinable) =>
	['open', 'paused'].includes(stateType[state]) && state !== 'referred_out';

/** Why these cases cannot become one job, and because of which of them; or null. */
export function joinObstacle(
	cases: Joinable[],
	title: string
): { obstacle: JoinObstacle; reference?: string } | null {
	if (cases.length < 2) return { obstacle: 'needs_two' };
	if (cases.length > mostJoined) return { obstacle: 'too_many' };
	const first = (obstacle: JoinObstacle, is: (each: Joinable) => boolean) => {
		const found = cases.find(is);
		return found && { obstacle, reference: found.reference };
	};
	const leads = cases.filter(({ parts }) => parts > 0);
	return (
		first('hidden_one', ({ hidden }) => hidden) ??
		first('private_one', (each) => each.private) ??
		first('not_open', (each) => !joins(each)) ??
		(leads.length > 1 ? { obstacle: 'two_jobs' as const, reference: leads[1].reference } : null) ??
		(leads.length || title ? null : { obstacle: 'needs_a_title' as const })
	);
}

/**
 * The case that leads: the one that leads a job already, else the one that waits longest, so that
 * joining never gives the municipality more time than it had.
 */
export const leaderOf = <Each extends Joinable>(cases: Each[]): Each =>
	cases.find(({ parts }) => parts > 0) ??
	[...cases].sort((a, b) => a.openedAt.getTime() - b.openedAt.getTime())[0];
