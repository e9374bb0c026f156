import { eq, sql } from 'drizzle-orm';
import type { Actor } from '../../identity/permissions.ts';
import { municipalityById } from '../../identity/server/index.ts';
import { newId } from '../../platform/ids.ts';
import { enqueue } from '../../platform/server/jobs.ts';
import type { Db } from '../../platform/server/db.ts';
import { hours, later } from '../../platform/time.ts';
import type { Frozen } from '../content.ts';
import { stateObstacle } from '../rules.ts';
import { templateOf } from '../templates.ts';
import { pageAbout } from './approvers.ts';
import { move, note } from './events.ts';
import {
	lockAlert,
	lockIncident,
	must,
	mustBeFree,
	warningsOf,
	type AlertAt,
	type AlertRow
} from './find.ts';
import { hashContent } from './preview.ts';
import { notBefore, referencesFor } from './queries.ts';
import { retractQueue } from './queues.ts';
import { alerts } from './schema.ts';

/** How long “it was wrong” is said at least. */
const correctionLife = hours(12);

/**
 * Takes a warning back: one person, one tap. The correction that was approved with it goes out at
 * once. While it is being tested it is stopped instead, and nothing goes out. Tapping twice does it
 * once. Answers with what goes out now, or the stopped alert.
 * @throws Refusal 404 for whoever does not retract here, 409 when nothing of it is out
 */
export const retractAlert = (
	db: Db,
	actor: Actor,
	{ municipalityId, id }: AlertAt,
	now = new Date()
): Promise<AlertRow> =>
	db.transaction(async (tx) => {
		// One tap: whatever else changed on the page does not matter.
		must(actor, 'alert.retract', municipalityId);
		await lockIncident(tx, id);
		const asked = await lockAlert(tx, actor, 'alert.retract', { municipalityId, id });
		const row = asked.state === 'superseded' ? await inForce(tx, asked) : asked;
		if (row.state === 'retracted') return row;
		if (row.state === 'releasing' && row.kind !== 'cancel') return await stop(tx, actor, row, now);
		mustBeFree(
			row.kind === 'alert' || row.kind === 'update'
				? stateObstacle('retract', row)
				: 'not_from_here'
		);

		const all = await warningsOf(tx, row.incidentId, ['live', 'releasing']).for('update');
		const cancel = await insertCancel(tx, actor, row, now);
		await enqueue(tx, retractQueue, { alertId: cancel.id });
		await pageAbout(
			tx,
			row,
			{ key: 'retracted', text: `${actor.name} took a warning back: it was wrong.` },
			now
		);
		for (const each of all)
			if (each.state === 'live')
				await move(
					tx,
					actor,
					each,
					'retracted',
					{ state: 'retracted', retractedBy: actor.id, endedAt: now },
					now
				);
			else await stop(tx, actor, each, now);
		await note(tx, actor, cancel, 'cancel_released', now);
		return cancel;
	});

/** The version that took its place a moment ago: whoever taps means the warning, whichever version it shows. */
const inForce = async (tx: Db, row: AlertRow): Promise<AlertRow> =>
	(await warningsOf(tx, row.incidentId)).at(-1) ?? row;

const stop = (tx: Db, actor: Actor, row: AlertRow, now: Date) =>
	move(tx, actor, row, 'stop_asked', { stopAskedBy: actor.id }, now);

/** The next version of the incident: what was approved beforehand, word for word. */
async function insertCancel(tx: Db, actor: Actor, row: AlertRow, now: Date): Promise<AlertRow> {
	const [{ last }] = await tx
		.select({ last: sql<number>`max(${alerts.version})::int` })
		.from(alerts)
		.where(eq(alerts.incidentId, row.incidentId));
	const said = row.content!;
	const least = later(now, correctionLife);
	const expiresAt = row.expiresAt! > least ? row.expiresAt! : least;
	const { level, cap } = templateOf('correction');
	const content: Frozen = {
		...said,
		version: Number(last) + 1,
		kind: 'cancel',
		template: 'correction',
		level,
		cap,
		texts: said.correction,
		correction: [],
		expiresAt: expiresAt.toISOString(),
		nextUpdateAt: null
	};
	const id = newId(now);
	const municipality = (await municipalityById(tx, row.municipalityId))!;
	const [cancel] = await tx
		.insert(alerts)
		.values({
			id,
			municipalityId: row.municipalityId,
			incidentId: row.incidentId,
			version: content.version,
			kind: 'cancel',
			capStatus: row.capStatus,
			state: 'releasing',
			template: 'correction',
			slots: row.slots,
			areaWish: row.areaWish,
			area: row.area,
			areaHash: row.areaHash,
			areaSize: row.areaSize,
			expiresAt,
			content,
			contentHash: hashContent(content),
			composedBy: row.composedBy,
			composedByName: row.composedByName,
			editors: row.editors,
			// Approved together with the warning, by whoever approved that.
			approvedBy: row.approvedBy,
			approvedByName: row.approvedByName,
			breakGlassBy: row.breakGlassBy,
			fastTrackBy: row.fastTrackBy,
			retractedBy: actor.id,
			issuedAt: now,
			createdAt: now,
			updatedAt: now
		})
		.returning();
	await tx.execute(
		sql`update alerts set geom = (select geom from alerts where id = ${row.id}::uuid) where id = ${id}::uuid`
	);
	const references = await referencesFor(tx, municipality, cancel, now);
	const issuedAt = notBefore(references, now);
	await tx.update(alerts).set({ references, issuedAt }).where(eq(alerts.id, id));
	return { ...cancel, references, issuedAt };
}
