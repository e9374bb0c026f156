import { and, asc, desc, eq, gt, inArray, ne, or, sql, type SQL } from 'drizzle-orm';
import type { AlertArea } from '../../alerts/alert.ts';
import { areaMap } from '../../alerts/server/index.ts';
import { statesOfType } from '../../cases/rules.ts';
import { cases } from '../../cases/server/schema.ts';
import type { Asker } from '../../identity/asker.ts';
import type { Actor } from '../../identity/permissions.ts';
import { isPublic, serviceWords } from '../../issues/server/index.ts';
import { issues, services } from '../../issues/server/schema.ts';
import { isFollowing } from '../../delivery/server/index.ts';
import { notFound } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { days, later } from '../../platform/time.ts';
import { activeStates } from '../rules.ts';
import type { TimeFrame, ToPublish } from '../service-alerts.ts';
import { isTheirs, mustPublishSome } from './find.ts';
import { outageEvents, outages } from './schema.ts';

/** How long what is back stays in the lists of everybody, and in what is published as current. */
const backFor = days(7);
const currentFor = days(1);
const mostListed = 100;
const mostPublished = 500;

const inList = {
	id: outages.id,
	number: outages.number,
	state: outages.state,
	planned: outages.planned,
	serviceIds: outages.serviceIds,
	areaDesc: outages.areaDesc,
	wardCodes: outages.wardCodes,
	startsAt: outages.startsAt,
	forecastEnd: outages.forecastEnd,
	words: outages.words,
	language: outages.language,
	reference: outages.reference,
	households: outages.households,
	publishedAt: outages.publishedAt,
	endedAt: outages.endedAt,
	closedAt: outages.closedAt,
	createdByName: outages.createdByName,
	version: outages.version,
	updatedAt: outages.updatedAt
};

type Row = Awaited<ReturnType<typeof rowsWhere>>[number];

const rowsWhere = (db: Db, where: SQL | undefined, limit = mostListed) =>
	db
		.select(inList)
		.from(outages)
		.where(where)
		.orderBy(desc(outages.startsAt), desc(outages.number))
		.limit(limit);

interface Off {
	code: string;
	name: string;
	group: string;
	icon: string;
}

export type OutageSummary = Row & { services: Off[] };

/** Names each outage's services, in the language of whoever asks unless told otherwise. */
async function named<Each extends { serviceIds: string[] }>(
	db: Db,
	list: Each[],
	say = serviceWords
): Promise<Array<Each & { services: Off[] }>> {
	const ids = [...new Set(list.flatMap(({ serviceIds }) => serviceIds))];
	const found = ids.length
		? await db.select().from(services).where(inArray(services.id, ids)).orderBy(services.position)
		: [];
	return list.map((each) => ({
		...each,
		services: found
			.filter(({ id }) => each.serviceIds.includes(id))
			.map(({ code, name, group, icon }) => ({ code, name: say(name), group, icon }))
	}));
}

export interface PublicOutages {
	/** Off now. */
	now: OutageSummary[];
	/** Will be off, the next first. */
	coming: OutageSummary[];
	/** Back, closed or called off within seven days. */
	over: OutageSummary[];
}

/** What everybody may read of the outages of a municipality, or of one of its wards. */
export async function listOutages(
	db: Db,
	municipalityId: string,
	{ wardCode }: { wardCode?: string } = {},
	now = new Date()
): Promise<PublicOutages> {
	const lately = later(now, -backFor);
	const found = await rowsWhere(
		db,
		and(
			eq(outages.municipalityId, municipalityId),
			or(
				inArray(outages.state, [...activeStates]),
				and(
					inArray(outages.state, ['resolved', 'closed']),
					or(gt(outages.endedAt, lately), gt(outages.closedAt, lately))
				)
			),
			wardCode ? sql`${wardCode} = any(${outages.wardCodes})` : undefined
		)
	);
	const all = await named(db, found);
	const active = all.filter(({ state }) => (activeStates as readonly string[]).includes(state));
	return {
		now: active.filter(({ startsAt }) => startsAt <= now),
		coming: active.filter(({ startsAt }) => startsAt > now).reverse(),
		over: all.filter((each) => !active.includes(each))
	};
}

/**
 * One outage as everybody reads it, with its whole history and a map.
 * @throws Refusal 404 for drafts, and what is not there
 */
export async function getOutage(
	db: Db,
	asker: Asker,
	municipalityId: string,
	number: number,
	now = new Date()
) {
	const [found] = await rowsWhere(db, isNumber(municipalityId, number), 1);
	if (!found?.publishedAt) throw notFound();
	const [outage] = await named(db, [found]);
	const { actor } = asker;
	const about = { subject: 'outage' as const, subjectId: found.id };
	return {
		...outage,
		publishedAt: found.publishedAt,
		follows: actor ? await isFollowing(db, { ...about, personId: actor.id }) : false,
		map: await mapOfOutage(db, municipalityId, found.id, now),
		history: await historyOf(db, found.id)
	};
}

const isNumber = (municipalityId: string, number: number) =>
	and(eq(outages.municipalityId, municipalityId), eq(outages.number, number));

/** Newest first. */
const historyOf = (db: Db, outageId: string) =>
	db
		.select()
		.from(outageEvents)
		.where(eq(outageEvents.outageId, outageId))
		.orderBy(desc(outageEvents.seq));

async function mapOfOutage(db: Db, municipalityId: string, id: string, now: Date) {
	const [{ shape }] = await db
		.select({ shape: sql<string>`st_asgeojson(${outages.area}, 6)` })
		.from(outages)
		.where(eq(outages.id, id));
	return areaMap(db, municipalityId, JSON.parse(shape) as AlertArea, now);
}

/** All outages of a municipality for whoever publishes some: drafts of theirs, and all that is public. */
export async function outagesForOffice(db: Db, actor: Actor, municipalityId: string) {
	mustPublishSome(actor, municipalityId);
	const found = await db
		.select(inList)
		.from(outages)
		.where(eq(outages.municipalityId, municipalityId))
		.orderBy(
			asc(
				sql`array_position(array['draft','open','assigned','crew','resolved','closed'], ${outages.state})`
			),
			desc(outages.startsAt)
		)
		.limit(200);
	const seen = [];
	for (const each of found)
		if (each.state !== 'draft' || (await isTheirs(db, actor, each))) seen.push(each);
	return named(db, seen);
}

/** One outage with everything the office knows of it; 404 for whoever may not speak about it. */
export async function outageToWork(
	db: Db,
	actor: Actor,
	municipalityId: string,
	number: number,
	now = new Date()
) {
	mustPublishSome(actor, municipalityId);
	const [found] = await db
		.select({ ...inList, areaWish: outages.areaWish, evidence: outages.evidence })
		.from(outages)
		.where(isNumber(municipalityId, number));
	if (!found || !(await isTheirs(db, actor, found))) throw notFound();
	const [outage] = await named(db, [found]);
	return {
		...outage,
		map: await mapOfOutage(db, municipalityId, found.id, now),
		history: await historyOf(db, found.id),
		openReports: await openReportsIn(db, found.id),
		others: await othersHere(db, municipalityId, found.id),
		evidenceReports: found.evidence.length
			? await db
					.select({ reference: issues.reference, title: issues.title, place: issues.place })
					.from(issues)
					.where(inArray(issues.id, found.evidence))
					.orderBy(issues.createdAt)
			: []
	};
}

/** How many open public reports of its services lie inside it. */
async function openReportsIn(db: Db, outageId: string): Promise<number> {
	const [{ n }] = await db
		.select({ n: sql`count(*)`.mapWith(Number) })
		.from(outages)
		.innerJoin(
			issues,
			sql`${issues.municipalityId} = ${outages.municipalityId} and ${issues.serviceId} = any(${outages.serviceIds}) and st_covers(${outages.area}, ${issues.point})`
		)
		.innerJoin(cases, eq(cases.subjectId, issues.id))
		.where(
			and(
				eq(outages.id, outageId),
				isPublic,
				inArray(cases.state, statesOfType('open', 'paused', 'merged'))
			)
		);
	return n;
}

/** Numbers of other active outages of one of its services over some of its ground: two may be one. */
async function othersHere(db: Db, municipalityId: string, outageId: string): Promise<number[]> {
	const found = await db
		.select({ number: outages.number })
		.from(outages)
		.where(
			and(
				eq(outages.municipalityId, municipalityId),
				ne(outages.id, outageId),
				inArray(outages.state, [...activeStates]),
				sql`exists (select 1 from service_outages as o where o.id = ${outageId}::uuid and o.service_ids && ${outages.serviceIds} and st_intersects(o.area, ${outages.area}))`
			)
		)
		.orderBy(outages.number);
	return found.map(({ number }) => number);
}

const publishedFields = { ...inList, wkt: sql<string>`st_astext(${outages.area}, 6)` };

async function published(db: Db, where: SQL | undefined): Promise<ToPublish[]> {
	const found = await db
		.select(publishedFields)
		.from(outages)
		.where(and(ne(outages.state, 'draft'), where))
		.orderBy(desc(outages.startsAt), desc(outages.number))
		.limit(mostPublished);
	// In the municipality's own words: machines ask in no language.
	const all = await named(db, found, (name) => name);
	return all.flatMap((each) =>
		each.publishedAt ? [{ ...each, publishedAt: each.publishedAt }] : []
	);
}

/** Outages as they are published for machines: at most 500, those that begin last first. */
export function outagesToPublish(
	db: Db,
	municipalityId: string,
	{ frame, planned }: { frame: TimeFrame; planned?: boolean },
	now = new Date()
): Promise<ToPublish[]> {
	const since = later(now, -(frame === 'current' ? currentFor : backFor));
	return published(
		db,
		and(
			eq(outages.municipalityId, municipalityId),
			planned === undefined ? undefined : eq(outages.planned, planned),
			frame === 'all'
				? undefined
				: or(
						inArray(outages.state, [...activeStates]),
						and(eq(outages.state, 'resolved'), gt(outages.endedAt, since)),
						frame === '7days' ? gt(outages.closedAt, since) : undefined
					)
		)
	);
}

/** The same for one. @throws Refusal 404 for drafts, and what is not there */
export async function outageToPublish(
	db: Db,
	municipalityId: string,
	number: number
): Promise<ToPublish> {
	const [found] = await published(db, isNumber(municipalityId, number));
	if (!found) throw notFound();
	return found;
}
