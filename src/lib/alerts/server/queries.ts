import { and, asc, desc, eq, gt, inArray, isNotNull, ne } from 'drizzle-orm';
import { can, type Actor } from '../../identity/permissions.ts';
import { municipalityById, type Municipality } from '../../identity/server/index.ts';
import { notFound } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import type { Alert, Reference, State } from '../alert.ts';
import { partsOf } from '../parts.ts';
import { capIdentifier } from './cap/compose.ts';
import type { AlertRow } from './find.ts';
import { houseOf } from './genuine/house.ts';
import { alertEvents, alerts, incidents } from './schema.ts';

/** What everybody may know of: it went out, and how it ended. */
export const publicStates: State[] = ['live', 'superseded', 'retracted', 'cleared', 'expired'];

/** A frozen version as every output takes it; null for what was never submitted. */
export function toAlert(row: AlertRow): Alert | null {
	const { content } = row;
	if (!content || !row.contentHash || !row.areaHash) return null;
	return {
		id: row.id,
		incidentId: row.incidentId,
		number: content.number,
		version: row.version,
		municipalityId: row.municipalityId,
		status: row.capStatus,
		kind: row.kind,
		state: row.state,
		template: row.template,
		level: content.level,
		cap: content.cap,
		texts: content.texts,
		area: content.area,
		wards: content.wards,
		places: content.places,
		legalBasis: content.legalBasis,
		issuedAt: row.issuedAt,
		onsetAt: row.issuedAt,
		expiresAt: new Date(content.expiresAt),
		nextUpdateAt: content.nextUpdateAt ? new Date(content.nextUpdateAt) : null,
		contentHash: row.contentHash,
		areaHash: row.areaHash,
		references: row.references.map((each) => ({ ...each, sent: new Date(each.sent) }))
	};
}

const toAlerts = (rows: AlertRow[]) =>
	rows.map(toAlert).filter((each): each is Alert => each !== null);

/** One version by its id, whatever its state: for those who release it. */
export async function alertById(
	db: Db,
	municipalityId: string,
	id: string
): Promise<Alert | undefined> {
	const [row] = await db
		.select()
		.from(alerts)
		.where(and(eq(alerts.municipalityId, municipalityId), eq(alerts.id, id)));
	return row ? (toAlert(row) ?? undefined) : undefined;
}

/** Only what is meant for these residents: never an exercise outside training, never a test. */
const meantFor = async (db: Db, municipalityId: string) =>
	(await municipalityById(db, municipalityId))?.kind === 'exercise' ? 'exercise' : 'actual';

/** What is in force now, newest first. */
export const liveAlerts = async (
	db: Db,
	municipalityId: string,
	now = new Date()
): Promise<Alert[]> =>
	toAlerts(
		await db
			.select()
			.from(alerts)
			.where(
				and(
					eq(alerts.municipalityId, municipalityId),
					eq(alerts.state, 'live'),
					gt(alerts.expiresAt, now),
					eq(alerts.capStatus, await meantFor(db, municipalityId))
				)
			)
			.orderBy(desc(alerts.issuedAt))
	);

/** The archive, newest first: never a draft or what waits. */
export const recentAlerts = async (db: Db, municipalityId: string, limit = 50): Promise<Alert[]> =>
	toAlerts(
		await db
			.select()
			.from(alerts)
			.where(
				and(
					eq(alerts.municipalityId, municipalityId),
					inArray(alerts.state, publicStates),
					eq(alerts.capStatus, await meantFor(db, municipalityId))
				)
			)
			.orderBy(desc(alerts.issuedAt), desc(alerts.version))
			.limit(limit)
	);

/** All public versions of an incident by its number, newest first. */
export const versionsOf = async (
	db: Db,
	municipalityId: string,
	number: string
): Promise<Alert[]> =>
	toAlerts(
		(
			await db
				.select({ alert: alerts })
				.from(alerts)
				.innerJoin(incidents, eq(incidents.id, alerts.incidentId))
				.where(
					and(
						eq(incidents.municipalityId, municipalityId),
						eq(incidents.number, number),
						inArray(alerts.state, publicStates),
						eq(alerts.capStatus, await meantFor(db, municipalityId))
					)
				)
				.orderBy(desc(alerts.version))
		).map(({ alert }) => alert)
	);

/** The newest public version of an incident. */
export const latestOf = async (db: Db, municipalityId: string, number: string) =>
	(await versionsOf(db, municipalityId, number))[0] as Alert | undefined;

/** Earlier messages of the incident that have not expired, oldest first: CAP's references. */
export async function referencesFor(
	tx: Db,
	municipality: Municipality,
	row: AlertRow,
	now: Date
): Promise<AlertRow['references']> {
	const earlier = await tx
		.select()
		.from(alerts)
		.where(
			and(
				eq(alerts.incidentId, row.incidentId),
				ne(alerts.id, row.id),
				isNotNull(alerts.liveAt),
				gt(alerts.expiresAt, now)
			)
		)
		.orderBy(asc(alerts.version));
	const { slug, sender } = houseOf(municipality);
	return earlier.flatMap((each) =>
		partsOf(each.content!.area).map((_, i) => ({
			identifier: capIdentifier(each, slug, i + 1),
			sender,
			sent: each.issuedAt!.toISOString()
		}))
	);
}

/**
 * When a message is sent that refers to others: now, but never before what it refers to (CAP 1.2, 3.2.1),
 * though the clock of this machine may be behind the one that sent those.
 */
export const notBefore = (references: AlertRow['references'], now: Date): Date =>
	references.reduce((latest, { sent }) => (new Date(sent) > latest ? new Date(sent) : latest), now);

/** For the office: everything, the urgent first. */
export async function alertsForOffice(db: Db, actor: Actor, municipalityId: string) {
	if (!can(actor, 'alert.read', { municipalityId })) throw notFound();
	return await db
		.select({
			id: alerts.id,
			number: incidents.number,
			version: alerts.version,
			kind: alerts.kind,
			capStatus: alerts.capStatus,
			state: alerts.state,
			template: alerts.template,
			slots: alerts.slots,
			composedByName: alerts.composedByName,
			submittedByName: alerts.submittedByName,
			submittedAt: alerts.submittedAt,
			escalatedAt: alerts.escalatedAt,
			approvedByName: alerts.approvedByName,
			issuedAt: alerts.issuedAt,
			liveAt: alerts.liveAt,
			endedAt: alerts.endedAt,
			expiresAt: alerts.expiresAt,
			heldWhy: alerts.heldWhy,
			updatedAt: alerts.updatedAt
		})
		.from(alerts)
		.innerJoin(incidents, eq(incidents.id, alerts.incidentId))
		.where(eq(alerts.municipalityId, municipalityId))
		.orderBy(desc(alerts.updatedAt))
		.limit(200);
}

/** The address of a page where somebody practises: in an exercise municipality in which they write warnings, under its own host where it has one. */
export async function trainingOf(
	db: Db,
	actor: Actor,
	path = '/office/alerts'
): Promise<string | null> {
	for (const { municipalityId } of actor.grants) {
		if (!can(actor, 'alert.compose', { municipalityId })) continue;
		const place = await municipalityById(db, municipalityId);
		if (place?.kind === 'exercise')
			return place.hosts.length ? `https://${place.hosts[0]}${path}` : `${path}?m=${place.code}`;
	}
	return null;
}

/** One alert for the office, with its number and its history. */
export async function alertForOffice(db: Db, actor: Actor, municipalityId: string, id: string) {
	if (!can(actor, 'alert.read', { municipalityId })) throw notFound();
	const [found] = await db
		.select({ alert: alerts, number: incidents.number })
		.from(alerts)
		.innerJoin(incidents, eq(incidents.id, alerts.incidentId))
		.where(and(eq(alerts.municipalityId, municipalityId), eq(alerts.id, id)));
	if (!found) throw notFound();
	const history = await db
		.select()
		.from(alertEvents)
		.where(eq(alertEvents.alertId, id))
		.orderBy(asc(alertEvents.seq));
	const versions = await db
		.select({
			id: alerts.id,
			version: alerts.version,
			kind: alerts.kind,
			state: alerts.state
		})
		.from(alerts)
		.where(eq(alerts.incidentId, found.alert.incidentId))
		.orderBy(asc(alerts.version));
	return { ...found.alert, number: found.number, history, versions };
}

export type OfficeAlert = Awaited<ReturnType<typeof alertForOffice>>;
export type { Reference };
