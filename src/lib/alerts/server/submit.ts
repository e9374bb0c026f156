import { and, eq, sql } from 'drizzle-orm';
import type { Actor } from '../../identity/permissions.ts';
import { municipalityById } from '../../identity/server/index.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import { enqueue } from '../../platform/server/jobs.ts';
import type { Db } from '../../platform/server/db.ts';
import { later } from '../../platform/time.ts';
import { readSlots, type Frozen } from '../content.ts';
import { breakGlassAfter, changeObstacle, escalateAfter } from '../rules.ts';
import { nextApprovers, pageAbout } from './approvers.ts';
import { capPartsOf } from './cap-parts.ts';
import { capsOf } from './cap/compose.ts';
import { ownCapFaults } from './cap/own-faults.ts';
import { move } from './events.ts';
import { readDraft, type NewDraft } from './draft.ts';
import {
	handOf,
	lockAlert,
	must,
	mustBeFree,
	standingOf,
	warningsOf,
	type AlertAt,
	type AlertRow
} from './find.ts';
import { houseOf } from './genuine/house.ts';
import { hashContent, previewAlert, type Preview, type ToPreview } from './preview.ts';
import { notBefore, referencesFor, toAlert } from './queries.ts';
import { clockQueue } from './queues.ts';
import { alerts, incidents } from './schema.ts';
import { zoneFault } from './zone-fault.ts';

/** An alert as the preview wants it. */
export async function toPreview(tx: Db, row: AlertRow): Promise<ToPreview> {
	const [{ number }] = await tx
		.select({ number: incidents.number })
		.from(incidents)
		.where(eq(incidents.id, row.incidentId));
	const about =
		row.kind === 'all_clear' ? (await warningsOf(tx, row.incidentId)).at(-1) : undefined;
	return {
		number,
		version: row.version,
		kind: row.kind,
		capStatus: row.capStatus,
		template: row.template,
		about: about?.template ?? null,
		values: readSlots(row.slots),
		gazette: row.gazette,
		areaWish: row.areaWish,
		expiresAt: row.expiresAt,
		nextUpdateAt: row.nextUpdateAt
	};
}

/** How a draft would arrive, and what is still wrong with it. */
export async function previewOf(db: Db, row: AlertRow, now: Date): Promise<Preview> {
	const municipality = await municipalityById(db, row.municipalityId);
	if (!municipality) throw notFound();
	return await previewAlert(db, municipality, await toPreview(db, row), now);
}

/** How a form that was not kept yet would arrive; its number is drawn when it is kept. */
export async function previewFacts(
	db: Db,
	actor: Actor,
	{ id, municipalityId, ...facts }: NewDraft,
	now = new Date()
): Promise<Preview> {
	must(actor, 'alert.compose', municipalityId);
	const municipality = (await municipalityById(db, municipalityId))!;
	const [row] = await db
		.select()
		.from(alerts)
		.where(and(eq(alerts.id, id), eq(alerts.municipalityId, municipalityId)));
	const read = readDraft(facts);
	const kept = row ? await toPreview(db, row) : null;
	return await previewAlert(
		db,
		municipality,
		{
			number: kept?.number ?? 'XXX-XXX',
			version: kept?.version ?? 1,
			kind: kept?.kind ?? 'alert',
			capStatus: kept?.capStatus ?? (municipality.kind === 'exercise' ? 'exercise' : 'actual'),
			about: kept?.about ?? null,
			...read,
			values: readSlots(read.slots)
		},
		now
	);
}

/**
 * Sends a draft for approval: every check has to pass, then what it says and where is frozen and
 * hashed, the clock starts, and the first approver is called.
 * @throws Refusal 404, 409 when it cannot be done, 400 with the first check that does not pass
 */
export const submitAlert = (
	db: Db,
	actor: Actor,
	at: AlertAt,
	now = new Date()
): Promise<AlertRow> =>
	db.transaction(async (tx) => {
		const row = await lockAlert(tx, actor, 'alert.compose', at);
		if (row.state === 'pending' && row.submittedBy === actor.id) return row;
		mustBeFree(changeObstacle('submit', standingOf(row), await handOf(tx, actor)));
		const { content, checks, measured } = await previewOf(tx, row, now);
		const failed = checks.find(({ why }) => why);
		if (failed?.why) throw new Refusal(400, failed.why, failed.field);
		if (!content || !measured) throw new Error(`Alert ${row.id} passed its checks without content`);
		const unsafe = await zoneFault(tx, row, content);
		if (unsafe) throw new Refusal(409, unsafe, 'zones');
		await mustOutlast(tx, row);
		await mustBeGoodCap(tx, row, content, measured.hash, now);

		await tx.execute(
			sql`update alerts set geom = st_geomfromgeojson(${JSON.stringify(measured.area)}::text) where id = ${row.id}::uuid`
		);
		const submitted: AlertRow = {
			...row,
			submittedBy: actor.id,
			pagedIds: []
		};
		const [first] = await nextApprovers(tx, submitted, now);
		if (first)
			await pageAbout(
				tx,
				row,
				{
					key: `approve/${row.revision}/${first.id}`,
					text: 'A warning waits for you: read it and approve it or give it back within 2 minutes.',
					people: [first.id]
				},
				now
			);
		for (const wait of [escalateAfter, breakGlassAfter])
			await enqueue(tx, clockQueue, {}, { runAt: later(now, wait) });
		return await move(
			tx,
			actor,
			row,
			'submitted',
			{
				state: 'pending',
				content,
				contentHash: hashContent(content),
				area: measured.area,
				areaHash: measured.hash,
				areaSize: measured.size,
				submittedBy: actor.id,
				submittedByName: actor.name,
				submittedAt: now,
				escalatedAt: null,
				pagedIds: first ? [first.id] : []
			},
			now
		);
	});

/**
 * Nothing that the standard would refuse waits for approval: it could not be signed afterwards.
 * @throws Refusal 400 naming the rule of CAP 1.2 that is broken
 */
async function mustBeGoodCap(tx: Db, row: AlertRow, content: Frozen, areaHash: string, now: Date) {
	const municipality = (await municipalityById(tx, row.municipalityId))!;
	const references = await referencesFor(tx, municipality, row, now);
	const trial = toAlert({
		...row,
		references,
		content,
		areaHash,
		contentHash: hashContent(content),
		issuedAt: notBefore(references, now),
		expiresAt: new Date(content.expiresAt)
	});
	const messages = trial ? capsOf(trial, houseOf(municipality), await capPartsOf(tx, trial)) : [];
	const [fault] = messages.flatMap(ownCapFaults);
	if (fault) throw new Refusal(400, `Common Alerting Protocol: ${fault.field} ${fault.says}.`);
}

/** An all clear holds at least as long as what it clears: or the old warning would outlive it on some phone. */
async function mustOutlast(tx: Db, row: AlertRow) {
	if (row.kind !== 'all_clear') return;
	const about = (await warningsOf(tx, row.incidentId)).at(-1);
	if (!about) throw new Refusal(409, 'Nothing of this is live any more.');
	if (row.expiresAt! < about.expiresAt!)
		throw new Refusal(
			400,
			'The all clear has to hold as long as the warning it clears.',
			'expires'
		);
}
