import {
	aliasedTable,
	and,
	eq,
	gt,
	inArray,
	isNotNull,
	isNull,
	lt,
	or,
	sql,
	type SQL
} from 'drizzle-orm';
import { readable } from '../../cases/server/index.ts';
import { cases } from '../../cases/server/schema.ts';
import { statesOfType } from '../../cases/rules.ts';
import { caseClocks } from '../../clocks/server/schema.ts';
import type { Actor } from '../../identity/permissions.ts';
import { departments, people } from '../../identity/server/schema.ts';
import { isId } from '../../platform/ids.ts';
import type { Db } from '../../platform/server/db.ts';
import { queueViews, type QueueFilters, type QueueSort, type QueueView } from '../queue.ts';
import { issues, services } from './schema.ts';

const open = statesOfType('open', 'paused');
const closed = statesOfType('closed', 'merged');

/** Asked, and not answered since. */
export const waitsForCouncillor = and(
	isNotNull(cases.councillorAskedAt),
	or(isNull(cases.councillorAnsweredAt), lt(cases.councillorAnsweredAt, cases.councillorAskedAt))
)!;

/** What each view of the queue holds. */
const holds = (view: QueueView, actor: Actor): SQL | undefined => {
	const isOpen = inArray(cases.state, open);
	// prettier-ignore
	const views: Record<QueueView, SQL | undefined> = {
		open: isOpen,
		mine: and(isOpen, eq(cases.assigneeId, actor.id)),
		nobody: and(isOpen, isNull(cases.assigneeId)),
		late: and(isOpen, lt(cases.dueAt, sql`now()`)),
		paused: eq(cases.state, 'on_hold'),
		claimed: eq(cases.state, 'resolved_claimed'),
		councillor: and(isOpen, waitsForCouncillor),
		reopened: and(isOpen, gt(cases.reopenedCount, 0)),
		private: and(isOpen, eq(cases.private, true)),
		unplaced: and(isOpen, isNull(cases.currentWardCode)),
		unrouted: and(isOpen, isNull(cases.departmentId)),
		held: eq(cases.state, 'submitted'),
		closed: inArray(cases.state, closed),
		all: undefined
	};
	return views[view];
};

const rank = sql`case ${cases.priority} when 'emergency' then 0 when 'high' then 1 when 'normal' then 2 else 3 end`;

/** After everything that is due: what stands still, and what nothing was promised about. */
const never = new Date('2200-01-01T00:00:00Z');

interface Order {
	keys: SQL[];
	down: boolean;
}

// prettier-ignore
const orders: Record<QueueSort, Order> = {
	oldest: { keys: [sql`${cases.openedAt}`], down: false },
	newest: { keys: [sql`${cases.openedAt}`], down: true },
	moved:  { keys: [sql`${cases.lastEventAt}`], down: true },
	quiet:  { keys: [sql`${cases.lastEventAt}`], down: false },
	urgent: { keys: [rank, sql`${cases.openedAt}`], down: false },
	due:    { keys: [sql`coalesce(${cases.dueAt}, ${never.toISOString()}::timestamptz)`], down: false }
};

const assignees = aliasedTable(people, 'assignees');

const columns = {
	id: cases.id,
	reference: cases.reference,
	title: issues.title,
	place: issues.place,
	state: cases.state,
	reason: cases.reason,
	priority: cases.priority,
	serviceName: services.name,
	wardCode: cases.currentWardCode,
	departmentName: departments.name,
	assigneeId: cases.assigneeId,
	assigneeName: assignees.name,
	openedAt: cases.openedAt,
	stateSince: cases.stateSince,
	lastEventAt: cases.lastEventAt,
	dueAt: cases.dueAt,
	/** By when the department that was given it owes its part to the one that gave it. */
	partDue: caseClocks.partDue,
	reopenedCount: cases.reopenedCount,
	households: issues.householdCount,
	parts: cases.parts,
	private: cases.private,
	waitsForCouncillor: sql<boolean>`(${waitsForCouncillor})`,
	version: cases.version
};

const joined = (db: Db) =>
	db
		.select(columns)
		.from(cases)
		.innerJoin(issues, eq(issues.id, cases.subjectId))
		.leftJoin(services, eq(services.id, cases.serviceId))
		.leftJoin(departments, eq(departments.id, cases.departmentId))
		.leftJoin(assignees, eq(assignees.id, cases.assigneeId))
		.leftJoin(caseClocks, eq(caseClocks.caseId, cases.id))
		.$dynamic();

export type QueueRow = Awaited<ReturnType<typeof queuePage>>['rows'][number];

const inReach = (actor: Actor, municipalityId: string) =>
	and(eq(cases.municipalityId, municipalityId), eq(cases.track, 'issue'), readable(actor));

function chosen(actor: Actor, { service, ward, department, assignee, search, view }: QueueFilters) {
	return and(
		holds(view, actor),
		isId(service) ? eq(cases.serviceId, service) : undefined,
		ward ? or(eq(cases.currentWardCode, ward), eq(cases.wardCode, ward)) : undefined,
		isId(department) ? eq(cases.departmentId, department) : undefined,
		assignee === 'me' ? eq(cases.assigneeId, actor.id) : undefined,
		assignee === 'none' ? isNull(cases.assigneeId) : undefined,
		isId(assignee) ? eq(cases.assigneeId, assignee) : undefined,
		search ? matches(search) : undefined
	);
}

const literally = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** Words of the title, description and place, or a part of the reference however it was typed. */
const matches = (search: string) =>
	or(
		sql`lower(${issues.title} || ' ' || coalesce(${issues.description}, '') || ' ' || coalesce(${issues.place}, '')) like ${literally(search.toLowerCase())}`,
		sql`replace(${cases.reference}, '-', '') like ${literally(search.toUpperCase().replace(/[\s-]/g, ''))}`
	);

/** Where a page begins: the last row of the page before, as its sort sees it. */
const afterRow = (sort: QueueSort, cursor: string): SQL | undefined => {
	const { keys, down } = orders[sort];
	const [id, ...values] = cursor.split('_').reverse();
	if (!isId(id) || values.length !== keys.length) return undefined;
	if (!values.every((value) => /^\d{1,13}$/.test(value))) return undefined;
	const [at, ...ranks] = values.map(Number);
	const instant = new Date(at);
	const given = [
		...ranks.map((rank) => sql`${rank}::bigint`),
		sql`${instant.toISOString()}::timestamptz`,
		sql`${id}::uuid`
	];
	const row = sql.join([...keys, sql`${cases.id}`], sql`, `);
	return sql`(${row}) ${sql.raw(down ? '<' : '>')} (${sql.join(given, sql`, `)})`;
};

const priorityRank = { emergency: 0, high: 1, normal: 2, low: 3 };

const cursorOf = (
	sort: QueueSort,
	row: { id: string; dueAt: Date | null } & Record<'openedAt' | 'lastEventAt', Date> & {
			priority: keyof typeof priorityRank;
		}
) => {
	const at = timeIn(sort, row);
	const head = sort === 'urgent' ? `${priorityRank[row.priority]}_` : '';
	return `${head}${at.getTime()}_${row.id}`;
};

function timeIn(
	sort: QueueSort,
	row: { openedAt: Date; lastEventAt: Date; dueAt: Date | null }
): Date {
	if (sort === 'due') return row.dueAt ?? never;
	return sort === 'moved' || sort === 'quiet' ? row.lastEventAt : row.openedAt;
}

export const queuePageSize = 50;

/**
 * One page of the queue, as far as this person may see. `after` is the cursor of the page before;
 * `next` is the one of the page after, or null at the end.
 */
export async function queuePage(
	db: Db,
	actor: Actor,
	municipalityId: string,
	filters: QueueFilters,
	{ after, size = queuePageSize }: { after?: string | null; size?: number } = {}
) {
	const { keys, down } = orders[filters.sort];
	const direction = sql.raw(down ? 'desc' : 'asc');
	const rows = await joined(db)
		.where(
			and(
				inReach(actor, municipalityId),
				chosen(actor, filters),
				after ? afterRow(filters.sort, after) : undefined
			)
		)
		.orderBy(...[...keys, sql`${cases.id}`].map((key) => sql`${key} ${direction}`))
		.limit(size + 1);
	const page = rows.slice(0, size);
	const last = page.at(-1);
	return { rows: page, next: rows.length > size && last ? cursorOf(filters.sort, last) : null };
}

/** How many there are in each view, and how many the filters leave. */
export async function queueCounts(
	db: Db,
	actor: Actor,
	municipalityId: string
): Promise<Record<QueueView, number>> {
	const counts = Object.fromEntries(
		queueViews.map((view) => {
			const where = holds(view, actor);
			return [
				view,
				where ? sql<number>`(count(*) filter (where ${where}))::int` : sql<number>`count(*)::int`
			];
		})
	) as Record<QueueView, SQL<number>>;
	const [row] = await db.select(counts).from(cases).where(inReach(actor, municipalityId));
	return row as Record<QueueView, number>;
}

/** How many cases a queue holds with all its filters. */
export async function queueTotal(
	db: Db,
	actor: Actor,
	municipalityId: string,
	filters: QueueFilters
): Promise<number> {
	const [{ n }] = await db
		.select({ n: sql<number>`count(*)::int` })
		.from(cases)
		.innerJoin(issues, eq(issues.id, cases.subjectId))
		.where(and(inReach(actor, municipalityId), chosen(actor, filters)));
	return n;
}
