import type { Actor } from '../../identity/permissions.ts';
import { municipalityById } from '../../identity/server/index.ts';
import { log } from '../../platform/server/log.ts';
import { enqueue } from '../../platform/server/jobs.ts';
import type { Db } from '../../platform/server/db.ts';
import { cleanText } from '../../platform/text.ts';
import {
	approvalObstacle,
	breakGlassObstacle,
	fastTrackObstacle,
	refusalObstacle,
	retryObstacle,
	waited,
	type Obstacle
} from '../rules.ts';
import { approversOf, pageAbout } from './approvers.ts';
import { unsubmitted } from './draft.ts';
import { move } from './events.ts';
import {
	compareWithLive,
	findNow,
	handOf,
	lockAlert,
	mustBeFree,
	standingOf,
	type AlertAt,
	type AlertRow
} from './find.ts';
import { notBefore, referencesFor } from './queries.ts';
import { releaseQueue } from './queues.ts';

/** Whoever tries to carry an exercise into the world, or the world into training, is written down. */
function refuseAndLog(obstacle: Obstacle | null, row: AlertRow, actor: Actor) {
	if (obstacle === 'training_never_live' || obstacle === 'content_changed')
		log.warn({ alert: row.id, capStatus: row.capStatus, by: actor.id, obstacle }, 'alert refused');
	mustBeFree(obstacle);
}

/** Queues the release of what was approved; it begins when the deed commits. */
async function release(
	tx: Db,
	actor: Actor,
	row: AlertRow,
	what: string,
	change: Partial<AlertRow>,
	now: Date
): Promise<AlertRow> {
	const municipality = (await municipalityById(tx, row.municipalityId))!;
	const references = await referencesFor(tx, municipality, row, now);
	await enqueue(tx, releaseQueue, { alertId: row.id });
	return await move(
		tx,
		actor,
		row,
		what,
		{
			...change,
			state: 'releasing',
			issuedAt: notBefore(references, now),
			stopAskedBy: null,
			heldWhy: '',
			references
		},
		now,
		{ details: { waitedSeconds: Math.round(waited(row, now) / 1000) } }
	);
}

/**
 * A second person lets it out, and approves with it what is said should it be wrong.
 * @throws Refusal 404 for whoever does not approve here, 409 with the reason
 */
export const approveAlert = (
	db: Db,
	actor: Actor,
	at: AlertAt,
	now = new Date()
): Promise<AlertRow> =>
	db.transaction(async (tx) => {
		const row = await lockAlert(tx, actor, 'alert.approve', at);
		const [hand, found] = [await handOf(tx, actor), await findNow(tx, row)];
		refuseAndLog(approvalObstacle(standingOf(row), hand, found, now), row, actor);
		return await release(
			tx,
			actor,
			row,
			'approved',
			{ approvedBy: actor.id, approvedByName: actor.name },
			now
		);
	});

/**
 * An incident commander lets it out alone when nobody answered for four minutes. It is never an
 * approval: everybody who could have approved is told, and it is looked at afterwards.
 */
export const breakGlass = (
	db: Db,
	actor: Actor,
	at: AlertAt,
	now = new Date()
): Promise<AlertRow> =>
	db.transaction(async (tx) => {
		const row = await lockAlert(tx, actor, 'alert.break_glass', at);
		refuseAndLog(breakGlassObstacle(standingOf(row), await findNow(tx, row), now), row, actor);
		const all = await approversOf(tx, row.municipalityId, now);
		await pageAbout(
			tx,
			row,
			{
				key: `glass-broken/${row.revision}`,
				text: `${actor.name} released a warning alone, because nobody answered for 4 minutes. Look at it now.`,
				people: all.map(({ id }) => id)
			},
			now
		);
		return await release(tx, actor, row, 'glass_broken', { breakGlassBy: actor.id }, now);
	});

/**
 * Lets an update out at once: it tells people to do the same and warns nobody else. It is never an
 * approval: everybody who could have approved is told, and it is on the record.
 * @throws Refusal 404 for whoever does not approve here, 409 with the reason
 */
export const fastTrack = (db: Db, actor: Actor, at: AlertAt, now = new Date()): Promise<AlertRow> =>
	db.transaction(async (tx) => {
		const row = await lockAlert(tx, actor, 'alert.approve', at);
		const standing = { ...standingOf(row), isUpdate: row.kind === 'update' };
		const live = await compareWithLive(tx, row);
		refuseAndLog(fastTrackObstacle(standing, live, await findNow(tx, row), now), row, actor);
		const all = await approversOf(tx, row.municipalityId, now);
		await pageAbout(
			tx,
			row,
			{
				key: `fast-tracked/${row.revision}`,
				text: `${actor.name} let an update out at once: same action, no wider area. Look at it.`,
				people: all.map(({ id }) => id).filter((id) => id !== actor.id)
			},
			now
		);
		return await release(tx, actor, row, 'fast_tracked', { fastTrackBy: actor.id }, now);
	});

/** Tries again what was held. */
export const retryAlert = (
	db: Db,
	actor: Actor,
	at: AlertAt,
	now = new Date()
): Promise<AlertRow> =>
	db.transaction(async (tx) => {
		const row = await lockAlert(tx, actor, 'alert.approve', at);
		const [hand, found] = [await handOf(tx, actor), await findNow(tx, row)];
		refuseAndLog(retryObstacle(standingOf(row), hand, found, now), row, actor);
		return await release(tx, actor, row, 'retried', {}, now);
	});

/** Gives it back with a reason. Whoever does so can no longer change it. */
export const returnAlert = (
	db: Db,
	actor: Actor,
	{ why, ...at }: AlertAt & { why: string },
	now = new Date()
): Promise<AlertRow> =>
	db.transaction(async (tx) => {
		const row = await lockAlert(tx, actor, 'alert.approve', at);
		const reason = cleanText(why);
		mustBeFree(refusalObstacle('return', row, reason));
		await pageAbout(
			tx,
			row,
			{
				key: `returned/${row.revision}`,
				text: `${actor.name} gave a warning back: ${reason}`,
				people: [...new Set([row.composedBy, ...(row.submittedBy ? [row.submittedBy] : [])])]
			},
			now
		);
		return await move(
			tx,
			actor,
			row,
			'returned',
			{
				...unsubmitted,
				returners: [...new Set([...row.returners, actor.id])],
				returnedBy: actor.id,
				returnedWhy: reason
			},
			now,
			{ why: reason, before: row.content as unknown as Record<string, unknown> }
		);
	});

/** Refuses it for good. */
export const rejectAlert = (
	db: Db,
	actor: Actor,
	{ why, ...at }: AlertAt & { why: string },
	now = new Date()
): Promise<AlertRow> =>
	db.transaction(async (tx) => {
		const row = await lockAlert(tx, actor, 'alert.approve', at);
		const reason = cleanText(why);
		mustBeFree(refusalObstacle('reject', row, reason));
		return await move(
			tx,
			actor,
			row,
			'rejected',
			{ state: 'rejected', rejectedBy: actor.id, endedAt: now },
			now,
			{ why: reason }
		);
	});
