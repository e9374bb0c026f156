import { and, eq, gt, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { newId } from '../../platform/ids.ts';
import { wardsInForce } from '../../geography/server/index.ts';
import { rows, type Db } from '../../platform/server/db.ts';
import { isPossible } from '../rules.ts';
import { nothingChecked } from '../zones.ts';
import { pageAbout } from './approvers.ts';
import { move } from './events.ts';
import { lockById, lockIncident, warningsOf, type AlertRow } from './find.ts';
import { alerts, zones } from './schema.ts';
import { zoneFault } from './zone-fault.ts';

const tooLate = 'Its time was over before it could go out.';
const stopped = 'Somebody stopped it while it was being tested.';
const nothingLeft = 'What it belongs to is no longer live.';
const overtaken = 'A newer version is out. Begin again from that one.';

/** Whether a later version went out first: what this one says is older than what people know. */
const isOvertaken = async (tx: Db, { incidentId, version }: AlertRow) =>
	(await tx.$count(
		alerts,
		and(eq(alerts.incidentId, incidentId), gt(alerts.version, version), isNotNull(alerts.liveAt))
	)) > 0;

/**
 * The canary ring said yes: it is live, and what it replaces or clears ends in the same moment. Where
 * it may not go out any more it is held instead: read `state` of the answer before anything is sent.
 */
export async function wentLive(tx: Db, id: string, now = new Date()): Promise<AlertRow> {
	await lockIncident(tx, id);
	const row = await lockById(tx, id);
	if (!isPossible('canary_ok', row.state)) return row;
	const before = row.kind === 'cancel' ? [] : await warningsOf(tx, row.incidentId).for('update');
	const why = row.stopAskedBy
		? stopped
		: row.expiresAt && now >= row.expiresAt
			? tooLate
			: row.kind !== 'alert' && row.kind !== 'cancel' && !before.length
				? nothingLeft
				: row.kind !== 'cancel' && (await isOvertaken(tx, row))
					? overtaken
					: await zoneFault(tx, row, row.content!);
	if (why) return await hold(tx, row, why, now);

	const live = await move(tx, null, row, 'went_live', { state: 'live', liveAt: now }, now);
	if (row.kind === 'alert' || row.kind === 'update') await layZones(tx, live, now);
	await pageAbout(
		tx,
		row,
		{ key: 'live', text: 'This is out now, to everybody in its area.' },
		now
	);
	if (row.kind === 'update')
		for (const each of before)
			await move(tx, null, each, 'superseded', { state: 'superseded', endedAt: now }, now);
	if (row.kind === 'all_clear') await clearZones(tx, live, before, now);
	return live;
}

/** The canary ring said no, or did not answer: nothing was sent, and whoever is on duty is called. */
export async function wasHeld(
	tx: Db,
	id: string,
	reason: string,
	now = new Date()
): Promise<AlertRow> {
	const row = await lockById(tx, id);
	return isPossible('canary_fail', row.state) ? await hold(tx, row, reason, now) : row;
}

async function hold(tx: Db, row: AlertRow, why: string, now: Date) {
	await pageAbout(
		tx,
		row,
		{ key: `held/${row.revision}`, text: `A warning is held and nothing was sent: ${why}` },
		now
	);
	return await move(tx, null, row, 'held', { state: 'held', heldWhy: why }, now, { why });
}

/** Each ward of the area is a zone that is cleared by itself. A zone that an update warns again is open again. */
async function layZones(tx: Db, row: AlertRow, now: Date) {
	const parts = await rows<{ code: string; number: number; geom: string }>(
		tx,
		sql`select w.code, w.number, st_asewkt(st_multi(st_collectionextract(st_intersection(w.geom, a.geom), 3))) as geom
			from alerts a, ${wardsInForce(row.municipalityId, now)}
				and a.id = ${row.id}::uuid and w.code in (${sql.join(
					row.content!.wards.map(({ code }) => sql`${code}`),
					sql`, `
				)})`
	);
	for (const { code, number, geom } of parts)
		await tx
			.insert(zones)
			.values({
				id: newId(now),
				municipalityId: row.municipalityId,
				incidentId: row.incidentId,
				name: `Ward ${number}`,
				wardCode: code,
				geom,
				checks: nothingChecked
			})
			.onConflictDoUpdate({
				target: [zones.incidentId, zones.wardCode],
				set: { geom, checks: nothingChecked, checkedBy: null, clearedBy: null, clearedAt: null }
			});
}

async function clearZones(tx: Db, row: AlertRow, before: AlertRow[], now: Date) {
	await tx
		.update(zones)
		.set({ clearedBy: row.id, clearedAt: now })
		.where(and(eq(zones.incidentId, row.incidentId), inArray(zones.id, row.zoneIds)));
	const open = await tx.$count(
		zones,
		and(eq(zones.incidentId, row.incidentId), isNull(zones.clearedAt))
	);
	if (open) return;
	for (const each of before)
		await move(tx, null, each, 'cleared', { state: 'cleared', endedAt: now }, now);
}
