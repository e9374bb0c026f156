import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import type { Actor } from '../../identity/permissions.ts';
import { Refusal } from '../../platform/refusal.ts';
import { rows, type Db } from '../../platform/server/db.ts';
import { hours, later } from '../../platform/time.ts';
import type { AlertArea } from '../alert.ts';
import { noArea } from '../area.ts';
import { isSafe, type ZoneChecks } from '../zones.ts';
import { insertDraft } from './draft.ts';
import { lockAlert, must, type AlertRow } from './find.ts';
import { alerts, zones } from './schema.ts';
import { namesWithin } from './within.ts';

interface FollowUp {
	municipalityId: string;
	/** The live alert it follows. */
	id: string;
	/** Made where it is asked for: sending it twice makes one. */
	draftId: string;
}

/** The live warning; once more what was begun already. */
async function begin(tx: Db, actor: Actor, { municipalityId, id, draftId }: FollowUp) {
	const row = await lockAlert(tx, actor, 'alert.compose', { municipalityId, id });
	const [known] = await tx.select().from(alerts).where(eq(alerts.id, draftId));
	if (known?.municipalityId === municipalityId) return { row, known };
	if (row.state !== 'live' || (row.kind !== 'alert' && row.kind !== 'update'))
		throw new Refusal(409, 'Only a warning that is live can be followed up.');
	return { row, known: null };
}

/** Begins the next version of a live warning: a draft with the same words and area, approved like any other. */
export const startUpdate = (
	db: Db,
	actor: Actor,
	facts: FollowUp,
	now = new Date()
): Promise<AlertRow> =>
	db.transaction(async (tx) => {
		const { row, known } = await begin(tx, actor, facts);
		if (known) return known;
		return await insertDraft(
			tx,
			actor,
			{
				id: facts.draftId,
				municipalityId: row.municipalityId,
				incidentId: row.incidentId,
				capStatus: row.capStatus,
				kind: 'update',
				template: row.template,
				slots: row.slots,
				gazette: row.gazette,
				areaWish: { ...noArea, sameAs: row.id },
				expiresAt: row.expiresAt,
				nextUpdateAt: null
			},
			now
		);
	});

/**
 * Begins the all clear of some zones, each of which was looked at. It is approved like a warning.
 * @throws Refusal 409 naming the zone that was not looked at
 */
export const startAllClear = (
	db: Db,
	actor: Actor,
	{ zoneIds, ...facts }: FollowUp & { zoneIds: string[] },
	now = new Date()
): Promise<AlertRow> =>
	db.transaction(async (tx) => {
		const { row, known } = await begin(tx, actor, facts);
		if (known) return known;
		if (!zoneIds.length) throw new Refusal(400, 'Choose the zones that are safe.', 'zones');
		const chosen = await tx
			.select()
			.from(zones)
			.where(
				and(
					eq(zones.incidentId, row.incidentId),
					inArray(zones.id, zoneIds),
					isNull(zones.clearedAt)
				)
			)
			.orderBy(asc(zones.wardCode));
		if (chosen.length !== new Set(zoneIds).size)
			throw new Refusal(409, 'One of these zones is cleared already. Read again how they stand.');
		const unsafe = chosen.find(({ checks }) => !isSafe(checks));
		if (unsafe)
			throw new Refusal(409, `${unsafe.name}: look at everything on its list first.`, 'zones');
		const [{ shape }] = await rows<{ shape: string }>(
			tx,
			sql`select st_asgeojson(st_multi(st_union(geom)), 6) as shape from alert_zones where id in (${sql.join(
				chosen.map(({ id }) => sql`${id}::uuid`),
				sql`, `
			)})`
		);
		const names = await namesWithin(tx, row.municipalityId, JSON.parse(shape) as AlertArea);
		const named = names.slice(0, 3).join(', ');
		const place = chosen.length === 1 ? chosen[0].name : chosen.map(({ name }) => name).join(', ');
		const least = later(now, hours(12));
		return await insertDraft(
			tx,
			actor,
			{
				id: facts.draftId,
				municipalityId: row.municipalityId,
				incidentId: row.incidentId,
				capStatus: row.capStatus,
				kind: 'all_clear',
				template: 'all_clear',
				slots: {
					...row.slots,
					place: (named ? `${place}: ${named}` : place).slice(0, 90),
					actBy: null
				},
				gazette: '',
				areaWish: { ...noArea, corners: shape },
				expiresAt: row.expiresAt! > least ? row.expiresAt : least,
				nextUpdateAt: null,
				zoneIds: chosen.map(({ id }) => id)
			},
			now
		);
	});

/** The zones of an incident, and how far each is. */
export const zonesOf = (db: Db, municipalityId: string, incidentId: string) =>
	db
		.select({
			id: zones.id,
			name: zones.name,
			wardCode: zones.wardCode,
			checks: zones.checks,
			checkedAt: zones.checkedAt,
			clearedAt: zones.clearedAt
		})
		.from(zones)
		.where(and(eq(zones.municipalityId, municipalityId), eq(zones.incidentId, incidentId)))
		.orderBy(asc(zones.wardCode));

/** Writes down what was looked at in a zone. */
export const checkZone = (
	db: Db,
	actor: Actor,
	facts: { municipalityId: string; incidentId: string; zoneId: string; checks: ZoneChecks },
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		const { municipalityId, incidentId, zoneId, checks } = facts;
		must(actor, 'alert.compose', municipalityId);
		const changed = await tx
			.update(zones)
			.set({ checks, checkedBy: actor.id, checkedAt: now })
			.where(
				and(
					eq(zones.id, zoneId),
					eq(zones.incidentId, incidentId),
					eq(zones.municipalityId, municipalityId),
					isNull(zones.clearedAt)
				)
			)
			.returning({ id: zones.id });
		if (!changed.length) throw new Refusal(409, 'This zone is cleared already.');
		await record(
			tx,
			actor,
			{
				municipalityId,
				deed: 'alert.zone_checked',
				thing: 'alert_zone',
				thingId: zoneId,
				details: checks
			},
			now
		);
	});
