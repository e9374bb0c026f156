import { can, type Actor, type Permission } from '../../identity/permissions.ts';
import type { Db } from '../../platform/server/db.ts';
import {
	approvalObstacle,
	breakGlassObstacle,
	changeObstacle,
	fastTrackObstacle,
	isPossible,
	retryObstacle,
	type AlertEvent,
	type Obstacle
} from '../rules.ts';
import { obstacleWords } from '../wording.ts';
import { compareWithLive, findNow, handOf, standingOf, type AlertRow } from './find.ts';

/** Whether a deed is offered, and if not, why; null where the person does not hold the permission at all. */
export type May = { why: string | null } | null;

/** What this person may do with it now: the page shows the answer of the same rules the deed asks. */
export async function whatMayBeDone(db: Db, actor: Actor, row: AlertRow, now: Date) {
	const hand = await handOf(db, actor);
	const standing = standingOf(row);
	const found = await findNow(db, row);
	const live = row.kind === 'update' ? await compareWithLive(db, row) : null;
	const holds = (permission: Permission) =>
		can(actor, permission, { municipalityId: row.municipalityId });
	const may = (permission: Permission, event: AlertEvent, obstacle: () => Obstacle | null): May => {
		if (!holds(permission) || !isPossible(event, row.state)) return null;
		const why = obstacle();
		return { why: why && obstacleWords[why] };
	};
	const free = () => null;
	const isWarning = row.kind === 'alert' || row.kind === 'update';
	return {
		change: may('alert.compose', 'change', () => changeObstacle('change', standing, hand)),
		submit: may('alert.compose', 'submit', () => changeObstacle('submit', standing, hand)),
		takeBack: may('alert.compose', 'edit', () => changeObstacle('edit', standing, hand)),
		approve: may('alert.approve', 'approve', () => approvalObstacle(standing, hand, found, now)),
		breakGlass: may('alert.break_glass', 'break_glass', () =>
			breakGlassObstacle(standing, found, now)
		),
		fastTrack:
			row.kind === 'update' && row.state === 'pending'
				? may('alert.approve', 'fast_track', () =>
						fastTrackObstacle({ ...standing, isUpdate: true }, live, found, now)
					)
				: null,
		return: may('alert.approve', 'return', free),
		reject: may('alert.approve', 'reject', free),
		retry: may('alert.approve', 'retry', () => retryObstacle(standing, hand, found, now)),
		retract: isWarning
			? (may('alert.retract', 'retract', free) ?? may('alert.retract', 'stop', free))
			: row.kind === 'all_clear'
				? may('alert.retract', 'stop', free)
				: null,
		followUp: isWarning && row.state === 'live' && holds('alert.compose')
	};
}
