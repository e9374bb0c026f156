import { and, desc, asc, eq, gte, inArray, lt, or, sql, type SQL } from 'drizzle-orm';
import { cases } from '../../cases/server/schema.ts';
import { followedBy } from '../../delivery/server/index.ts';
import type { Asker } from '../../identity/asker.ts';
import { departments } from '../../identity/server/schema.ts';
import { isId } from '../../platform/ids.ts';
import type { Db } from '../../platform/server/db.ts';
import { standings, type Filters, type Sort } from '../filters.ts';
import { issues, services } from './schema.ts';
import { serviceWords } from './service-words.ts';
import { raisedBy, visibleTo } from './visible.ts';

/** Whose list it is, and who reads it. */
export interface ListOf {
	municipalityId: string;
	timezone: string;
	asker: Asker;
}

/** What a page of a list holds: with long words in every card it still weighs no more than 14 kB. */
export const pageSize = 12;
/** Above this a list says "more than"; counting on would cost every reader. */
export const mostCounted = 10_000;

const words = sql`lower(${issues.title} || ' ' || coalesce(${issues.description}, '') || ' ' || coalesce(${issues.place}, ''))`;
const escapeLike = (text: string) => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/** Every word must stand there, or something spelt nearly like it. Served by the trigram index. */
const matches = (q: string): SQL | undefined =>
	and(
		...q
			.toLowerCase()
			.split(' ')
			.filter(Boolean)
			.slice(0, 8)
			.map((word) =>
				word.length < 4
					? sql`${words} like ${`%${escapeLike(word)}%`}`
					: sql`(${words} like ${`%${escapeLike(word)}%`} or ${word} <% ${words})`
			)
	);

const dayIn = (day: string, timezone: string, after = 0) =>
	sql`((${day}::date + ${after}::int)::timestamp at time zone ${timezone})`;

/** The rows a list shows, as a condition over issues, their cases and services. */
export function shown(
	{ municipalityId, timezone, asker }: ListOf,
	filters: Filters
): SQL | undefined {
	const { q, service, group, ward, state, kind, from, to, mine } = filters;
	return and(
		eq(issues.municipalityId, municipalityId),
		visibleTo(asker),
		kind === 'all' ? undefined : eq(issues.kind, kind),
		state === 'all' ? undefined : inArray(cases.state, [...standings[state]]),
		service ? eq(services.code, service) : undefined,
		group ? eq(services.group, group) : undefined,
		ward ? or(eq(issues.currentWardCode, ward), eq(issues.wardCode, ward)) : undefined,
		from ? gte(issues.createdAt, dayIn(from, timezone)) : undefined,
		to ? lt(issues.createdAt, dayIn(to, timezone, 1)) : undefined,
		mine ? raisedBy(asker) : undefined,
		q ? matches(q) : undefined
	);
}

const orders: Record<Sort, SQL[]> = {
	newest: [desc(issues.createdAt), desc(issues.id)],
	oldest: [asc(issues.createdAt), asc(issues.id)],
	supported: [desc(issues.supportCount), desc(issues.id)]
};

interface Place {
	supportCount: number;
	createdAt: Date;
	id: string;
}

/** Where a page ended, so that the next one starts behind it whatever was added since. */
const placeOf = (sort: Sort, row: Place) =>
	`${sort === 'supported' ? row.supportCount : row.createdAt.getTime()}~${row.id}`;

function behind(sort: Sort, after: string): SQL | undefined {
	const [, value, id] = /^(\d{1,13})~(.{36})$/.exec(after) ?? [];
	if (!isId(id)) return undefined;
	if (sort === 'supported')
		return sql`(${issues.supportCount}, ${issues.id}) < (${Number(value)}::bigint, ${id}::uuid)`;
	const at = sql`${new Date(Number(value)).toISOString()}::timestamptz`;
	return sort === 'newest'
		? sql`(${issues.createdAt}, ${issues.id}) < (${at}, ${id}::uuid)`
		: sql`(${issues.createdAt}, ${issues.id}) > (${at}, ${id}::uuid)`;
}

const columns = {
	id: issues.id,
	reference: issues.reference,
	kind: issues.kind,
	title: issues.title,
	language: issues.language,
	place: issues.place,
	point: issues.point,
	wardCode: issues.currentWardCode,
	createdAt: issues.createdAt,
	supportCount: issues.supportCount,
	householdCount: issues.householdCount,
	state: cases.state,
	reason: cases.reason,
	stateSince: cases.stateSince,
	claimedAt: cases.claimedAt,
	closedAt: cases.closedAt,
	service: services.name,
	serviceCode: services.code,
	icon: services.icon,
	department: departments.name
};

const from = (db: Db) =>
	db
		.select(columns)
		.from(issues)
		.innerJoin(cases, eq(cases.subjectId, issues.id))
		.leftJoin(services, eq(services.id, issues.serviceId))
		.leftJoin(departments, eq(departments.id, cases.departmentId));

export type Listed = Awaited<ReturnType<typeof from>>[number];

/** The service as the reader's language calls it. */
const inTheirWords = (row: Listed): Listed => ({
	...row,
	service: row.service && serviceWords(row.service)
});

/** One page of a list, and where the next one starts, if there is one. */
export async function listIssues(db: Db, list: ListOf, filters: Filters, size = pageSize) {
	const { sort, after } = filters;
	const found = await from(db)
		.where(and(shown(list, filters), behind(sort, after)))
		.orderBy(...orders[sort])
		.limit(size + 1);
	const issuesShown = found.slice(0, size).map(inTheirWords);
	const last = issuesShown.at(-1);
	return { issues: issuesShown, next: found.length > size && last ? placeOf(sort, last) : null };
}

/** What the account of whoever asks follows without having raised it, newest first. */
export async function followedIssues(db: Db, { municipalityId, asker }: ListOf, most = 50) {
	if (!asker.actor) return [];
	const followed = await followedBy(db, { personId: asker.actor.id });
	const ids = followed.filter(({ subject }) => subject === 'issue').map((each) => each.subjectId);
	const found = await from(db)
		.where(
			and(
				eq(issues.municipalityId, municipalityId),
				visibleTo(asker),
				// Where no account reported it, whose it is stays unknown rather than false.
				sql`(${raisedBy(asker)}) is not true`,
				inArray(issues.id, ids)
			)
		)
		.orderBy(...orders.newest)
		.limit(most);
	return found.map(inTheirWords);
}

/** How many a list holds, counted up to `mostCounted` + 1. */
export async function countIssues(db: Db, list: ListOf, filters: Filters): Promise<number> {
	const counted = db
		.select({ one: sql`1` })
		.from(issues)
		.innerJoin(cases, eq(cases.subjectId, issues.id))
		.leftJoin(services, eq(services.id, issues.serviceId))
		.where(shown(list, filters))
		.limit(mostCounted + 1)
		.as('counted');
	const [{ n }] = await db.select({ n: sql<string>`count(*)` }).from(counted);
	return Number(n);
}

/** The services and groups a list can be narrowed to. */
export async function filterChoices(db: Db, municipalityId: string) {
	const rows = await db
		.select({ code: services.code, name: services.name, group: services.group })
		.from(services)
		.where(and(eq(services.municipalityId, municipalityId), eq(services.active, true)))
		.orderBy(services.position, services.name);
	const found = rows.map(({ code, name, group }) => ({
		code,
		name: serviceWords(name),
		group: serviceWords(group)
	}));
	return { services: found, groups: [...new Set(found.map(({ group }) => group))] };
}

/** A list for a file: everything it holds, page by page, at most `most` rows. */
export async function allListed(db: Db, list: ListOf, filters: Filters, most = 50_000) {
	const all: Listed[] = [];
	let after: string | null = '';
	while (after !== null && all.length < most) {
		const page: Awaited<ReturnType<typeof listIssues>> = await listIssues(
			db,
			list,
			{ ...filters, after },
			1000
		);
		all.push(...page.issues);
		after = page.next;
	}
	return all;
}
