import { and, eq, gte, isNull, lte } from 'drizzle-orm';
import { enqueue, job } from '../../platform/server/jobs.ts';
import type { Db } from '../../platform/server/db.ts';
import { later, minutes, seconds } from '../../platform/time.ts';
import { breakGlassAfter, escalateAfter, mustEscalate, mustExpire, waited } from '../rules.ts';
import { approversOf, nextApprovers, pageAbout } from './approvers.ts';
import { move, note } from './events.ts';
import { lockById } from './find.ts';
import { wasHeld } from './live.ts';
import { callNeighbours } from './people/neighbours.ts';
import { clockQueue, releaseQueue, retractQueue } from './queues.ts';
import { alertEvents, alerts } from './schema.ts';

/** The canary ring has answered by then, or the worker that asked it is dead. */
const longestRelease = seconds(25);
/** So long it was tried by one worker after the other: whoever is on duty decides. A retraction is never given up. */
const hopeless = minutes(3);

/** What the clock has to do now: ids only, each done in a transaction of its own. */
async function due(db: Db, now: Date) {
	const unanswered = await db
		.select({ id: alerts.id })
		.from(alerts)
		.where(
			and(
				eq(alerts.state, 'pending'),
				isNull(alerts.escalatedAt),
				lte(alerts.submittedAt, later(now, -escalateAfter))
			)
		);
	const glass = await db
		.select({ id: alerts.id })
		.from(alerts)
		.where(and(eq(alerts.state, 'pending'), lte(alerts.submittedAt, later(now, -breakGlassAfter))));
	const over = await db
		.select({ id: alerts.id })
		.from(alerts)
		.where(and(eq(alerts.state, 'live'), lte(alerts.expiresAt, now)));
	const stuck = await db
		.select({ id: alerts.id, kind: alerts.kind, updatedAt: alerts.updatedAt })
		.from(alerts)
		.where(and(eq(alerts.state, 'releasing'), lte(alerts.updatedAt, later(now, -longestRelease))));
	return { unanswered, glass, over, stuck };
}

/**
 * Calls the next approver, offers the glass, ends what is over, lets out again what a dead worker had in
 * hand, and asks neighbours to knock. Safe to run twice, at any time.
 */
export async function turnClock(db: Db, now = new Date()): Promise<void> {
	const { unanswered, glass, over, stuck } = await due(db, now);
	for (const { id } of unanswered) await db.transaction((tx) => escalate(tx, id, now));
	for (const { id } of glass) await db.transaction((tx) => offerGlass(tx, id, now));
	for (const { id } of over) await db.transaction((tx) => expire(tx, id, now));
	for (const { id, kind, updatedAt } of stuck)
		await db.transaction(async (tx) => {
			if (kind !== 'cancel' && updatedAt <= later(now, -hopeless))
				await wasHeld(tx, id, 'Its release did not come to an end.', now);
			else await enqueue(tx, kind === 'cancel' ? retractQueue : releaseQueue, { alertId: id });
		});
	await callNeighbours(db, now);
}

async function escalate(tx: Db, id: string, now: Date) {
	const row = await lockById(tx, id);
	if (!mustEscalate(row, now)) return;
	const [next] = await nextApprovers(tx, row, now);
	if (next)
		await pageAbout(
			tx,
			row,
			{
				key: `approve/${row.revision}/${next.id}`,
				text: 'Nobody answered for 2 minutes. A warning waits for you: approve it or give it back.',
				people: [next.id]
			},
			now
		);
	await move(
		tx,
		null,
		row,
		'escalated',
		{ escalatedAt: now, pagedIds: next ? [...row.pagedIds, next.id] : row.pagedIds },
		now
	);
}

async function offerGlass(tx: Db, id: string, now: Date) {
	const row = await lockById(tx, id);
	if (row.state !== 'pending' || waited(row, now) < breakGlassAfter) return;
	const offered = await tx.$count(
		alertEvents,
		and(
			eq(alertEvents.alertId, id),
			eq(alertEvents.what, 'glass_offered'),
			gte(alertEvents.at, row.submittedAt!)
		)
	);
	if (offered) return;
	const approvers = await approversOf(tx, row.municipalityId, now);
	const commanders = approvers.filter(({ role }) => role === 'incident_commander');
	await pageAbout(
		tx,
		row,
		{
			key: `glass/${row.revision}`,
			text: 'Nobody answered for 4 minutes. You may release a warning alone, if it is happening now.',
			people: commanders.map((each) => each.id)
		},
		now
	);
	await note(tx, null, row, 'glass_offered', now);
}

async function expire(tx: Db, id: string, now: Date) {
	const row = await lockById(tx, id);
	if (!row.expiresAt || !mustExpire({ state: row.state, expiresAt: row.expiresAt }, now)) return;
	await move(tx, null, row, 'expired', { state: 'expired', endedAt: now }, now);
}

/** Cron counts minutes: it runs at the minute, and once more half a minute later. */
export const alertClock = job({
	...clockQueue,
	run: async ({ db, now }) => await turnClock(db, now)
});

export const alertHalfMinute = job({
	name: 'alert-half-minute',
	payload: clockQueue.payload,
	run: async ({ db, now }) => {
		await turnClock(db, now);
		await enqueue(db, clockQueue, {}, { runAt: later(now, 30_000), key: 'half-minute' });
	}
});
