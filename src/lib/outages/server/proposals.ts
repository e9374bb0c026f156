import { and, eq, inArray, sql } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { statesOfType } from '../../cases/rules.ts';
import { cases } from '../../cases/server/schema.ts';
import type { Actor } from '../../identity/permissions.ts';
import { isPublic, servicesNamed } from '../../issues/server/index.ts';
import { issues, services } from '../../issues/server/schema.ts';
import { notFound } from '../../platform/refusal.ts';
import { rows, type Db } from '../../platform/server/db.ts';
import { cleanText } from '../../platform/text.ts';
import { later } from '../../platform/time.ts';
import {
	activeStates,
	leastReporters,
	longestReason,
	proposalMargin,
	proposalWindow,
	shortestReason
} from '../rules.ts';
import { networkGroups } from '../service-areas.ts';
import { mustPublishSome, ownServices, refuse } from './find.ts';
import { outageDismissals, outages } from './schema.ts';

/** Like reports near each other, that may be one outage. */
export interface Proposal {
	serviceId: string;
	/** Code of the service. */
	service: string;
	serviceName: string;
	issueIds: string[];
	/** How many phones, people or contacts reported it. */
	reporters: number;
	households: number;
	/** When the first was reported. */
	since: Date;
	/** Corners around the reports, as the composer's field takes them. */
	corners: string;
	reports: Array<{ reference: string; title: string; place: string | null; at: Date }>;
}

interface Row {
	[column: string]: unknown;
	service_id: string;
	code: string;
	ids: string[];
	reporters: number;
	households: number;
	since: string;
	hull: string;
}

const list = (values: readonly string[]) =>
	sql.join(
		values.map((each) => sql`${each}`),
		sql`, `
	);

/**
 * Clusters of reports that may be one outage: open, public, of the same service that a network brings,
 * reported within a day by at least four different people, each within the service's own radius for
 * like reports of another. What lies in a known outage, is the evidence of one, or was dismissed before
 * does not count. Nothing is published by this: a person reads the reports and decides.
 */
async function clusters(db: Db, municipalityId: string, now: Date): Promise<Row[]> {
	const since = later(now, -proposalWindow).toISOString();
	return rows<Row>(
		db,
		// Metres on a plane that touches the earth in the middle of the reports, in radii of the service:
		// then one distance, 1, holds for every service.
		sql`with recent as (
			select ${issues.id} as id, ${issues.serviceId} as service_id, ${issues.point} as point, ${issues.createdAt} as at,
				${issues.householdCount} as households, ${services.duplicateMetres} as radius, ${services.code} as code,
				coalesce(${issues.reporterId}::text, ${issues.contactPointId}::text, ${issues.deviceIndex}, ${issues.id}::text) as who
			from ${issues} join ${cases} on ${cases.subjectId} = ${issues.id} join ${services} on ${services.id} = ${issues.serviceId}
			where ${issues.municipalityId} = ${municipalityId}::uuid and ${issues.kind} = 'issue' and ${issues.point} is not null
				and ${issues.createdAt} > ${since}::timestamptz and ${issues.createdAt} <= ${now.toISOString()}::timestamptz
				and ${isPublic} and ${cases.state} in (${list(statesOfType('open', 'paused', 'merged'))})
				and ${services.group} in (${list(Object.keys(networkGroups))}) and ${services.duplicateMetres} > 0
				and not exists (select 1 from ${outages} where ${outages.municipalityId} = ${municipalityId}::uuid
					and (${issues.id} = any(${outages.evidence})
						or (${outages.state} in (${list(activeStates)}) and ${issues.serviceId} = any(${outages.serviceIds}) and st_covers(${outages.area}, ${issues.point}))))
				and not exists (select 1 from ${outageDismissals} where ${outageDismissals.municipalityId} = ${municipalityId}::uuid
					and ${issues.id} = any(${outageDismissals.issueIds}))
		), middle as (
			select avg(st_x(point)) as lon, avg(st_y(point)) as lat from recent
		), clustered as (
			select recent.*, st_clusterdbscan(st_makepoint(
				(st_x(point) - middle.lon) * 111320 * cos(radians(middle.lat)) / radius,
				(st_y(point) - middle.lat) * 110574 / radius), 1.0::float8, 2) over (partition by service_id) as heap
			from recent, middle
		)
		select service_id, code, array_agg(id order by at, id) as ids, count(distinct who)::int as reporters,
			sum(households)::int as households, to_char(min(at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as since,
			st_asgeojson(st_simplifypreservetopology(st_buffer(st_convexhull(st_collect(point))::geography, ${proposalMargin}::float8)::geometry, 0.0002), 5) as hull
		from clustered where heap is not null
		group by service_id, code, heap having count(distinct who) >= ${leastReporters}::int
		order by reporters desc, since`
	);
}

/** What somebody may publish or dismiss now, with the reports that speak for it, the largest first. */
export async function proposalsFor(
	db: Db,
	actor: Actor,
	municipalityId: string,
	now = new Date()
): Promise<Proposal[]> {
	const own = new Set((await ownServices(db, actor, municipalityId)).map(({ id }) => id));
	const found = await clusters(db, municipalityId, now);
	const names = await servicesNamed(db, municipalityId);
	const mine = found.filter(({ service_id }) => own.has(service_id));
	return Promise.all(mine.map((row) => withReports(db, row, names)));
}

/** The proposal that a report belongs to now, whoever asks; undefined when it is in none. */
export async function proposalWith(db: Db, municipalityId: string, like: string, now: Date) {
	const [found] = await db
		.select({ id: issues.id })
		.from(issues)
		.where(and(eq(issues.municipalityId, municipalityId), eq(issues.reference, like.slice(0, 30))));
	if (!found) return undefined;
	const row = (await clusters(db, municipalityId, now)).find(({ ids }) => ids.includes(found.id));
	return row && { serviceId: row.service_id, issueIds: row.ids };
}

async function withReports(db: Db, row: Row, names: Map<string, string>): Promise<Proposal> {
	const reports = await db
		.select({
			reference: issues.reference,
			title: issues.title,
			place: issues.place,
			at: issues.createdAt
		})
		.from(issues)
		.where(inArray(issues.id, row.ids))
		.orderBy(issues.createdAt, issues.id)
		.limit(50);
	return {
		serviceId: row.service_id,
		service: row.code,
		serviceName: names.get(row.service_id) ?? row.code,
		issueIds: row.ids,
		reporters: Number(row.reporters),
		households: Number(row.households),
		since: new Date(row.since),
		corners: cornersOf(row.hull),
		reports
	};
}

/** The outer ring, a corner on each line, latitude first, as telephones say it. */
const cornersOf = (geojson: string) =>
	(JSON.parse(geojson) as { coordinates: number[][][] }).coordinates[0]
		.slice(0, -1)
		.map(([lon, lat]) => `${lat}, ${lon}`)
		.join('\n');

export interface Dismissal {
	municipalityId: string;
	/** A report of the proposal. */
	like: string;
	why: string;
	/** Made on the page: the same form twice is one deed. */
	deedId: string;
}

/**
 * "These are not one outage": its reports are proposed no more, neither alone nor with others. Kept with
 * its reason for good.
 * @throws Refusal 404 for no such proposal or one of another department, 400 without a reason
 */
export const dismissProposal = (
	db: Db,
	actor: Actor,
	{ municipalityId, like, why, deedId }: Dismissal,
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		mustPublishSome(actor, municipalityId);
		const [done] = await tx
			.select({ by: outageDismissals.by })
			.from(outageDismissals)
			.where(eq(outageDismissals.id, deedId));
		if (done && done.by !== actor.id) throw notFound();
		if (done) return;

		const proposal = await proposalWith(tx, municipalityId, like, now);
		const own = await ownServices(tx, actor, municipalityId);
		if (!proposal || !own.some(({ id }) => id === proposal.serviceId)) throw notFound();
		const reason = cleanText(why);
		if (reason.length < shortestReason || reason.length > longestReason)
			throw refuse('needs_a_reason');
		await tx.insert(outageDismissals).values({
			id: deedId,
			municipalityId,
			...proposal,
			why: reason,
			by: actor.id,
			byName: actor.name,
			at: now
		});
		await record(
			tx,
			actor,
			{
				municipalityId,
				deed: 'outage.proposal_dismissed',
				thing: 'outage_proposal',
				thingId: deedId,
				details: { reports: proposal.issueIds.length }
			},
			now
		);
	});

/** What was dismissed lately, and why, the newest first. */
export async function lateDismissals(db: Db, actor: Actor, municipalityId: string) {
	const own = (await ownServices(db, actor, municipalityId)).map(({ id }) => id);
	if (!own.length) return [];
	const found = await db
		.select()
		.from(outageDismissals)
		.where(
			and(
				eq(outageDismissals.municipalityId, municipalityId),
				inArray(outageDismissals.serviceId, own)
			)
		)
		.orderBy(sql`${outageDismissals.at} desc`)
		.limit(10);
	const names = await servicesNamed(db, municipalityId);
	return found.map(({ id, serviceId, issueIds, why, byName, at }) => ({
		id,
		serviceName: names.get(serviceId) ?? '',
		reports: issueIds.length,
		why,
		byName,
		at
	}));
}
