import { and, asc, desc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { openStates, type State } from '../../cases/rules.ts';
import { jobOf, partsOf, readable, within, type Case } from '../../cases/server/index.ts';
import { cases } from '../../cases/server/schema.ts';
import type { Asker } from '../../identity/asker.ts';
import type { Actor } from '../../identity/permissions.ts';
import { notFound } from '../../platform/refusal.ts';
import { rows, type Db } from '../../platform/server/db.ts';
import { days, later } from '../../platform/time.ts';
import { issuePage } from './page.ts';
import { issues, services } from './schema.ts';
import { isPublic, visibleTo } from './visible.ts';

/** The job a case belongs to, as its page tells of it. */
export interface JobFacts {
	title: string;
	/** The case that leads it. */
	reference: string;
	leads: boolean;
	state: State;
	reports: number;
}

/** The job of a case for whoever may see the case that leads it; null while it stands alone. */
export async function jobFacts(db: Db, asker: Asker, kase: Case): Promise<JobFacts | null> {
	if (!kase.parts && !kase.mergedIntoId) return null;
	const job = await jobOf(db, kase);
	if (!job) return null;
	const { leader, title } = job;
	const [seen] = await db
		.select({ id: issues.id })
		.from(issues)
		.innerJoin(cases, eq(cases.subjectId, issues.id))
		.where(and(eq(cases.id, leader.id), visibleTo(asker)));
	if (!seen) return null;
	const leads = leader.id === kase.id;
	return {
		title,
		reference: leader.reference,
		leads,
		state: leader.state,
		reports: leader.parts + 1
	};
}

/**
 * How many households speak in some reports together. Whoever reported or supported is known by their
 * account, else their contact, else their phone (kept 30 days); an address makes several people one
 * household. Somebody who spoke in several of them is one. Nothing is stored for this.
 */
export async function jointHouseholds(db: Db, issueIds: string[]): Promise<number> {
	const among = sql`in (${sql.join(
		issueIds.map((id) => sql`${id}::uuid`),
		sql`, `
	)})`;
	const [{ n }] = await rows<{ n: number }>(
		db,
		sql`
		with reporters as (
			select distinct coalesce(reporter_id::text, contact_point_id::text, device_index, id::text) as who
			from issues where id ${among}
		), supporters as (
			select coalesce(person_id::text, contact_point_id::text, by_whom) as who, max(lower(trim(address))) as address
			from supports where issue_id ${among} and withdrawn_at is null group by 1
		)
		select ((select count(*) from reporters) + (
			select count(distinct coalesce(address, who)) from supporters where who not in (select who from reporters)
		))::int as n`
	);
	return Number(n);
}

const mostShown = 100;

/**
 * A job as everybody reads it: the case that leads it, how many households and reports stand behind
 * it, and its one history. @throws 404 for what is none, or is not theirs to see
 */
export async function incidentPage(
	db: Db,
	asker: Asker,
	municipality: { id: string; timezone: string },
	reference: string
) {
	const issue = await issuePage(db, asker, municipality, reference);
	const [leader] = await db
		.select()
		.from(cases)
		.where(and(eq(cases.id, issue.caseId), gt(cases.parts, 0)));
	const job = leader && (await jobOf(db, leader));
	if (!job) throw notFound();
	const parts = await partsOf(db, leader);
	const subjects = [leader.subjectId, ...parts.map(({ subjectId }) => subjectId)];
	return {
		issue: { ...issue, receiptIndex: null },
		title: job.title,
		households: await jointHouseholds(db, subjects),
		reports: subjects.length,
		parts: await listed(db, subjects)
	};
}

/** The reports of a job that everybody may read, the first one first. */
const listed = (db: Db, subjectIds: string[]) =>
	db
		.select({
			reference: issues.reference,
			title: issues.title,
			place: issues.place,
			language: issues.language,
			createdAt: issues.createdAt
		})
		.from(issues)
		.innerJoin(cases, eq(cases.subjectId, issues.id))
		.where(and(inArray(issues.id, subjectIds), isPublic))
		.orderBy(asc(issues.createdAt), asc(issues.id))
		.limit(mostShown);

export type JoinChoice = Awaited<ReturnType<typeof joinChoices>>[number];

const nearMetres = 1000;

/**
 * The open reports somebody may make one job of: those that were chosen, and of one alone also what was
 * reported of the same service within a kilometre or in the same ward in the last two weeks.
 */
export async function joinChoices(
	db: Db,
	actor: Actor,
	municipalityId: string,
	chosen: string[],
	now = new Date()
) {
	const columns = {
		id: cases.id,
		reference: cases.reference,
		title: issues.title,
		place: issues.place,
		state: cases.state,
		service: services.name,
		openedAt: cases.openedAt,
		wardCode: cases.currentWardCode,
		parts: cases.parts,
		households: issues.householdCount,
		version: cases.version
	};
	const mine = and(
		eq(cases.municipalityId, municipalityId),
		eq(cases.track, 'issue'),
		readable(actor),
		within(actor, 'case.assign'),
		inArray(cases.state, openStates),
		eq(cases.private, false),
		isNull(issues.erasedAt)
	);
	const candidates = () =>
		db
			.select(columns)
			.from(cases)
			.innerJoin(issues, eq(issues.id, cases.subjectId))
			.leftJoin(services, eq(services.id, cases.serviceId));
	const first = chosen.length
		? await candidates()
				.where(and(mine, inArray(cases.id, chosen)))
				.orderBy(asc(cases.openedAt))
		: [];
	if (first.length !== 1) return first.map((each) => ({ ...each, chosen: true }));

	const [{ id }] = first;
	const [of] = await db
		.select({ kase: cases, point: issues.point })
		.from(cases)
		.innerJoin(issues, eq(issues.id, cases.subjectId))
		.where(eq(cases.id, id));
	const close = of.point
		? sql`st_dwithin(${issues.point}::geography, st_setsrid(st_makepoint(${of.point.lon}::float8, ${of.point.lat}::float8), 4326)::geography, ${nearMetres}::float8)`
		: undefined;
	const ward = of.kase.currentWardCode
		? eq(cases.currentWardCode, of.kase.currentWardCode)
		: undefined;
	const near =
		of.point && ward ? sql`(${close} or (${issues.point} is null and ${ward}))` : (close ?? ward);
	const like = await candidates()
		.where(
			and(
				mine,
				sql`${cases.id} <> ${id}::uuid`,
				of.kase.serviceId ? eq(cases.serviceId, of.kase.serviceId) : isNull(cases.serviceId),
				gt(cases.openedAt, later(now, -days(14))),
				near ?? sql`false`
			)
		)
		.orderBy(desc(cases.parts), desc(cases.openedAt))
		.limit(40);
	return [
		{ ...first[0], chosen: true },
		...like.map((each) => ({ ...each, chosen: each.parts > 0 }))
	];
}
