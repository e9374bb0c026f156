import { days } from '../platform/time.ts';
import { openStates, type State } from './rules.ts';

/** How long after a missed promise its reporter may take the case higher. */
export const lateWindow = days(30);

export type LateObstacle = 'not_late' | 'window_over' | 'once' | 'needs_words';

/** Why a reporter cannot take their case higher now, or null. They may once, while a promise to them is missed. */
export function lateObstacle(
	{ state, dueAt, before }: { state: State; dueAt: Date | null; before: boolean },
	now: Date
): Exclude<LateObstacle, 'needs_words'> | null {
	if (!openStates.includes(state) || !dueAt || dueAt >= now) return 'not_late';
	if (before) return 'once';
	return now.getTime() - dueAt.getTime() > lateWindow ? 'window_over' : null;
}
