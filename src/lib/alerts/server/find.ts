import { and, eq, inArray, sql } from 'drizzle-orm';
import { can, type Actor, type Permission } from '../../identity/permissions.ts';
import { linkedPeople, municipalityById } from '../../identity/server/index.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import { rows, type Db } from '../../platform/server/db.ts';
import type { Compared, Found, Hand, Obstacle, Standing } from '../rules.ts';
import { templateOf } from '../templates.ts';
import { obstacleWords } from '../wording.ts';
import { hashArea } from './measure-area.ts';
import { hashContent } from './preview.ts';
import { alerts } from './schema.ts';
import { textsInForce } from './templates.ts';

export type AlertRow = typeof alerts.$inferSelect;

/** Which alert, and which state of it the person saw. */
export interface AlertAt {
	municipalityId: string;
	id: string;
	/** The revision that was on the page: an older one is refused. */
	revision?: number;
}

/** @throws Refusal 404 for whoever does not hold the permission in this municipality */
export function must(actor: Actor, permission: Permission, municipalityId: string) {
	if (!can(actor, permission, { municipalityId })) throw notFound();
}

/** The alert, locked until the deed's transaction ends; 404 for whoever may not do this here. */
export async function lockAlert(
	tx: Db,
	actor: Actor,
	permission: Permission,
	{ municipalityId, id, revision }: AlertAt
): Promise<AlertRow> {
	must(actor, permission, municipalityId);
	const found = await lockById(tx, id, municipalityId);
	if (revision !== undefined && revision !== found.revision)
		throw new Refusal(409, obstacleWords.not_from_here, 'version');
	return found;
}

export async function lockById(tx: Db, id: string, municipalityId?: string): Promise<AlertRow> {
	const [found] = await tx
		.select()
		.from(alerts)
		.where(
			and(eq(alerts.id, id), municipalityId ? eq(alerts.municipalityId, municipalityId) : undefined)
		)
		.for('update');
	if (!found) throw notFound();
	return found;
}

/** Locks every version of an alert's incident, always in the same order, so that two deeds wait and never block each other. */
export const lockIncident = (tx: Db, id: string) =>
	tx
		.select({ id: alerts.id })
		.from(alerts)
		.where(
			sql`${alerts.incidentId} = (select i.incident_id from alerts i where i.id = ${id}::uuid)`
		)
		.orderBy(alerts.version)
		.for('update');

/** Versions of an incident that still say what to do, the oldest first; `states`: which of them, those that are live. */
export const warningsOf = (db: Db, incidentId: string, states: AlertRow['state'][] = ['live']) =>
	db
		.select()
		.from(alerts)
		.where(
			and(
				eq(alerts.incidentId, incidentId),
				inArray(alerts.state, states),
				inArray(alerts.kind, ['alert', 'update'])
			)
		)
		.orderBy(alerts.version);

/** Far ahead: what has no end yet cannot be too late. */
const noEnd = new Date(8.64e15);

/** What the rules ask of it. */
export const standingOf = (row: AlertRow): Standing => ({
	state: row.state,
	capStatus: row.capStatus,
	cap: templateOf(row.template).cap,
	submittedBy: row.submittedBy,
	submittedAt: row.submittedAt,
	editors: row.editors,
	returners: row.returners,
	expiresAt: row.expiresAt ?? noEnd,
	contentHash: row.contentHash,
	areaSize: row.areaSize,
	stopAskedBy: row.stopAskedBy
});

/** Whoever does it, with their other accounts. */
export const handOf = async (tx: Db, { id }: Actor): Promise<Hand> => ({
	id,
	linked: await linkedPeople(tx, id)
});

/** Worked out anew at the moment of release: nothing that was frozen is believed unseen. */
export async function findNow(tx: Db, row: AlertRow): Promise<Found> {
	const municipality = await municipalityById(tx, row.municipalityId);
	const sound =
		row.content !== null &&
		row.area !== null &&
		row.content.areaHash === row.areaHash &&
		hashArea(row.content.area) === row.areaHash &&
		hashArea(row.area) === row.areaHash &&
		row.content.texts.every(({ reviewedBy }) => reviewedBy);
	const inForce = await textsInForce(tx, row.municipalityId);
	return {
		contentHash: sound ? hashContent(row.content!) : 'not sound',
		templatesHold: Object.entries(row.content?.templates ?? {}).every(
			([key, hash]) => inForce.get(key)?.hash === hash
		),
		training: municipality?.kind === 'exercise'
	};
}

/** How an update compares with the version that is live; null where none is. */
export async function compareWithLive(tx: Db, row: AlertRow): Promise<Compared | null> {
	const live = (await warningsOf(tx, row.incidentId)).at(-1);
	if (!live) return null;
	const [{ within }] = await rows<{ within: boolean }>(
		tx,
		sql`select coalesce(st_covers(l.geom, u.geom), false) as within from alerts l, alerts u
			where l.id = ${live.id}::uuid and u.id = ${row.id}::uuid`
	);
	return {
		approved: live.approvedBy !== null || live.fastTrackBy !== null,
		sameAction: actionOf(live) === actionOf(row),
		within
	};
}

/** What people are told to do: the template's words, where to, which way, on which ground. */
const actionOf = ({ template, slots, gazette, content }: AlertRow) =>
	JSON.stringify([template, slots.towards, slots.route, slots.person, gazette, content?.level]);

/** @throws Refusal in the words of the obstacle */
export function mustBeFree(obstacle: Obstacle | null) {
	if (obstacle)
		throw new Refusal(
			obstacle === 'needs_a_reason' ? 400 : 409,
			obstacleWords[obstacle],
			obstacle === 'needs_a_reason' ? 'why' : undefined
		);
}
