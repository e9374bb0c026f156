import { eq, sql } from 'drizzle-orm';
import type { Actor } from '../../identity/permissions.ts';
import type { Db } from '../../platform/server/db.ts';
import { enqueue } from '../../platform/server/jobs.ts';
import { cleanText } from '../../platform/text.ts';
import { outageDeeds, type OutageMove } from '../rules.ts';
import { note } from './draft.ts';
import { lockOutage, mustBePossible, wasDone, type Outage, type OutageAt } from './find.ts';
import { outageEvents, outages } from './schema.ts';
import { outageMoved } from './tell.ts';

export interface Move extends OutageAt {
	deed: OutageMove;
	/** Made on the page: the same form twice is one deed. */
	deedId: string;
	/** `forecast`, `again`: when it is expected back; null while nobody knows. */
	forecast?: Date | null;
	why?: string;
}

// prettier-ignore
const audited: Record<OutageMove, string> = {
	publish: 'outage.published', assign: 'outage.assigned', crew: 'outage.crew_on_site',
	forecast: 'outage.forecast_moved', resolve: 'outage.resolved', again: 'outage.reopened',
	close: 'outage.closed'
};

/**
 * Says something about an outage that everybody reads: that it is public, with a team, worked on,
 * expected at another time, back, off again, closed. Whoever follows it is told what changes their day.
 * @throws Refusal 404 for whoever may not, 409 when somebody was quicker, 400 naming the field
 */
export const moveOutage = (db: Db, actor: Actor, move: Move, now = new Date()): Promise<Outage> =>
	db.transaction(async (tx) => {
		const { deed, deedId, version, forecast = null } = move;
		const before = await lockOutage(tx, actor, move);
		if (await wasDone(tx, deedId, before.id)) return before;
		const why = cleanText(move.why ?? '');
		mustBePossible(deed, before, { version, forecast, why }, now);

		const [after] = await tx
			.update(outages)
			.set({
				...changeBy(deed, before, forecast, now),
				version: before.version + 1,
				updatedAt: now
			})
			.where(eq(outages.id, before.id))
			.returning();
		await tx.insert(outageEvents).values({
			id: deedId,
			municipalityId: before.municipalityId,
			outageId: before.id,
			seq: await nextSeq(tx, before.id),
			kind: deed,
			state: after.state,
			forecastBefore: before.forecastEnd,
			forecastAfter: after.forecastEnd,
			why,
			by: actor.id,
			byName: actor.name,
			at: now
		});
		await enqueue(tx, outageMoved, { eventId: deedId }, { key: deedId });
		await note(tx, actor, after, audited[deed], now, { event: deedId });
		return after;
	});

function changeBy(deed: OutageMove, before: Outage, forecast: Date | null, now: Date) {
	const { to } = outageDeeds[deed];
	const state = to === 'same' ? before.state : to;
	return {
		state,
		...(deed === 'publish' && { publishedAt: now }),
		...((deed === 'forecast' || deed === 'again') && { forecastEnd: forecast }),
		...(deed === 'resolve' && { endedAt: now }),
		...(deed === 'again' && { endedAt: null }),
		...(deed === 'close' && { closedAt: now })
	};
}

async function nextSeq(tx: Db, outageId: string): Promise<number> {
	const [{ last }] = await tx
		.select({ last: sql<number>`coalesce(max(${outageEvents.seq}), 0)` })
		.from(outageEvents)
		.where(eq(outageEvents.outageId, outageId));
	return Number(last) + 1;
}
