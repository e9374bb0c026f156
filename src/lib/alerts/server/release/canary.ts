import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import {
	dropCanaries,
	openBroadcast,
	progressOf,
	sendNow,
	settleCanaries,
	wardsTold
} from '../../../delivery/server/index.ts';
import { wardOfPoint, wardsInForce } from '../../../geography/server/index.ts';
import { newId } from '../../../platform/ids.ts';
import { rows, type Db } from '../../../platform/server/db.ts';
import { later, minutes } from '../../../platform/time.ts';
import { findNow, type AlertRow } from '../find.ts';
import { ringsOf } from './rings.ts';

/** Milliseconds until silence is an answer: usually it takes less than two seconds. */
const patience = 15_000;
/** How many wards outside are asked, the nearest first. */
const mostOutside = 5;
/** Metres from the warned wards at which the nearest of them stands. */
const apart = 500;

/** Why an alert may not go out: in words for whoever is on duty; null when it may. */
export async function askCanaries(db: Db, row: AlertRow, now: Date): Promise<string | null> {
	if ((await findNow(db, row)).contentHash !== row.contentHash)
		return 'What it says or where is not what was approved.';
	const { inside, outside } = await standings(db, row, now);
	const warned = row.content!.wards.map(({ code }) => code);
	if (!inside.length || warned.some((code) => !inside.includes(code)))
		return 'A warned ward could not be found again.';
	const heard = verdictOf(inside, await tell(db, row, [...inside, ...outside], now));
	if (heard) return heard;
	return (await findNow(db, row)).contentHash === row.contentHash
		? null
		: 'What it says or where changed while it was tested.';
}

/**
 * What the ring says: null when everybody inside heard it and nobody outside did.
 * @param told wards in which it arrived; null when nothing was heard in time
 */
export function verdictOf(inside: string[], told: string[] | null): string | null {
	if (!told) return 'The canary ring did not answer.';
	if (!inside.every((code) => told.includes(code)))
		return 'A canary inside the area did not get it.';
	return told.every((code) => inside.includes(code)) ? null : 'A canary outside the area got it.';
}

/** Wards as a resident's own is found, of points inside the area, half a kilometre outside, and farther away. */
async function standings(db: Db, row: AlertRow, now: Date) {
	const warned = sql.join(
		row.content!.wards.map(({ code }) => sql`${code}`),
		sql`, `
	);
	const points = await rows<{ inside: boolean; lon: number; lat: number }>(
		db,
		sql`with here as (
				select w.code, w.geom from ${wardsInForce(row.municipalityId, now)}
			), warned as (
				select st_union(geom) as geom, st_buffer(st_union(geom)::geography, ${apart}::int)::geometry as near from here where code in (${warned})
			), spots as (
				select true as inside, st_pointonsurface(st_intersection(h.geom, a.geom)) as point, 0::float8 as away
				from here h, alerts a where a.id = ${row.id}::uuid and h.code in (${warned}) and st_intersects(h.geom, a.geom)
				union all
				(select false, st_pointonsurface(st_difference(h.geom, w.near)), st_distance(h.geom, w.geom) as away
				from here h, warned w where h.code not in (${warned}) and not st_coveredby(h.geom, w.near)
				order by away limit ${mostOutside}::int)
			)
			select inside, st_x(point)::float8 as lon, st_y(point)::float8 as lat from spots`
	);
	const wards = { inside: new Set<string>(), outside: new Set<string>() };
	for (const { inside, lon, lat } of points) {
		const ward = await wardOfPoint(db, row.municipalityId, { lon, lat }, now);
		if (ward) wards[inside ? 'inside' : 'outside'].add(ward.code);
	}
	return { inside: [...wards.inside], outside: [...wards.outside] };
}

/** Sends the test to synthetic phones in these wards, the way the warning itself would go. Answers where it arrived, null when nothing was heard in time. */
async function tell(
	db: Db,
	row: AlertRow,
	wardCodes: string[],
	now: Date
): Promise<string[] | null> {
	const content = row.content!;
	const { ids, broadcastId } = await db.transaction(async (tx) => {
		const ids = await settleCanaries(tx, row.municipalityId, wardCodes, now);
		const { id: broadcastId } = await openBroadcast(
			tx,
			{
				municipalityId: row.municipalityId,
				subject: 'canary',
				subjectId: row.id,
				// Two workers that test the same warning silence neither ring.
				keepsEarlier: true,
				deed: `canary/${newId(now)}`,
				emergency: true,
				synthetic: true,
				phones: ids,
				rings: ringsOf(content),
				path: `/alerts/${content.number}`,
				expiresAt: later(now, minutes(2)),
				template: 'canary',
				texts: [
					{
						language: 'en',
						channel: 'web_push',
						title: 'Test',
						text: `${row.contentHash} ${row.areaHash}`
					}
				]
			},
			now
		);
		return { ids, broadcastId };
	});
	try {
		await sendNow(db, now);
		const silentAt = performance.now() + patience;
		for (;;) {
			const { audience, accepted } = (await progressOf(db, broadcastId))!;
			if (audience > 0 && accepted === audience) return await wardsTold(db, broadcastId);
			if (performance.now() > silentAt) return null;
			await pause(100);
		}
	} finally {
		await dropCanaries(db, ids);
	}
}
