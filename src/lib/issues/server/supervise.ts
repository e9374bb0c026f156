import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { openStates } from '../../cases/rules.ts';
import { within } from '../../cases/server/index.ts';
import { caseEvents, cases, confirmations } from '../../cases/server/schema.ts';
import { caseClimbs } from '../../clocks/server/schema.ts';
import type { Actor } from '../../identity/permissions.ts';
import { people } from '../../identity/server/schema.ts';
import { rows, type Db } from '../../platform/server/db.ts';
import { days, later } from '../../platform/time.ts';
import { issues } from './schema.ts';

const inTime = (now: Date) => sql`${now.toISOString()}::timestamptz`;

/** The open cases whose promises somebody watches. */
const watched = (actor: Actor, municipalityId: string) =>
	and(
		eq(cases.municipalityId, municipalityId),
		eq(cases.track, 'issue'),
		eq(cases.hidden, false),
		inArray(cases.state, openStates),
		within(actor, 'clock.watch')
	);

interface Counted {
	/** What is counted here: all, what one person holds, or what stands still for one reason. */
	sort: 'all' | 'holder' | 'reason';
	holder: string | null;
	reason: string | null;
	open: number;
	late: number;
	soon: number;
	paused: number;
	unpromised: number;
	longest: string | null;
}

const mostHolders = 50;

/** How many stand how, who holds how much, and why what stands still does: one walk over the open cases. */
export async function workload(db: Db, actor: Actor, municipalityId: string, now: Date) {
	const soon = inTime(later(now, days(1)));
	const n = (condition: ReturnType<typeof sql>) => sql`(count(*) filter (where ${condition}))::int`;
	const paused = sql`${cases.state} = 'on_hold'`;
	const reason = sql`case when ${paused} then coalesce(${cases.reason}, '') end`;
	const counted = await rows<Counted & Record<string, unknown>>(
		db,
		sql`select case grouping(holder, reason) when 3 then 'all' when 1 then 'holder' else 'reason' end as sort,
				holder, reason, count(*)::int as open, ${n(sql`due < ${inTime(now)}`)} as late,
				${n(sql`due >= ${inTime(now)} and due < ${soon}`)} as soon, ${n(sql`reason is not null`)} as paused,
				${n(sql`due is null and reason is null`)} as unpromised, min(since) filter (where reason is not null) as longest
			from (
				select ${cases.assigneeId} as holder, ${reason} as reason, ${cases.dueAt} as due, ${cases.stateSince} as since
				from ${cases} where ${watched(actor, municipalityId)}
			) as watched
			group by grouping sets ((), (holder), (reason))`
	);
	const of = (sort: Counted['sort']) => counted.filter((each) => each.sort === sort);
	const [{ open, late, soon: nearly, paused: still, unpromised }] = of('all');
	return {
		counts: { open, late, soon: nearly, paused: still, unpromised },
		holders: await named(db, of('holder')),
		pauses: of('reason')
			.filter(({ reason: why }) => why !== null)
			.sort((a, b) => b.open - a.open)
			.map(({ reason: why, open: held, longest }) => ({
				...{ reason: why || null, n: held, longest: new Date(longest!) }
			}))
	};
}

/** Who they are, those with most that is late first. */
async function named(db: Db, holders: Counted[]) {
	const ids = holders.flatMap(({ holder }) => holder ?? []);
	const found = ids.length
		? await db
				.select({ id: people.id, name: people.name })
				.from(people)
				.where(inArray(people.id, ids))
		: [];
	const names = new Map(found.map(({ id, name }) => [id, name]));
	return holders
		.map(({ holder: id, open, late, paused }) => ({
			...{ id, name: (id && names.get(id)) ?? null, open, late, paused }
		}))
		.sort(
			(a, b) =>
				b.late - a.late ||
				b.open - a.open ||
				(a.name ?? '\u{FFFF}').localeCompare(b.name ?? '\u{FFFF}')
		)
		.slice(0, mostHolders);
}

/** What is broken next, and what is broken already: the earliest promise first. */
export const nextBroken = (db: Db, actor: Actor, municipalityId: string, most = 15) =>
	db
		.select({
			reference: cases.reference,
			title: issues.title,
			state: cases.state,
			dueAt: sql<Date>`${cases.dueAt}`.mapWith(cases.dueAt),
			assigneeName: people.name,
			wardCode: cases.currentWardCode
		})
		.from(cases)
		.innerJoin(issues, eq(issues.id, cases.subjectId))
		.leftJoin(people, eq(people.id, cases.assigneeId))
		.where(and(watched(actor, municipalityId), sql`${cases.dueAt} is not null`))
		.orderBy(asc(cases.dueAt), asc(cases.id))
		.limit(most);

/** What was carried up and nobody has answered, the longest waiting first. */
export const unansweredClimbs = (db: Db, actor: Actor, municipalityId: string, most = 15) =>
	db
		.select({
			id: caseClimbs.id,
			reference: cases.reference,
			title: issues.title,
			level: caseClimbs.level,
			at: caseClimbs.at
		})
		.from(caseClimbs)
		.innerJoin(cases, eq(cases.id, caseClimbs.caseId))
		.innerJoin(issues, eq(issues.id, cases.subjectId))
		.where(and(watched(actor, municipalityId), isNull(caseClimbs.answeredAt)))
		.orderBy(asc(caseClimbs.at), asc(caseClimbs.id))
		.limit(most);

/**
 * Where residents answered differently to one claim that it is done, and nobody of the municipality has
 * done anything since: a person has to look (cases.md 4). The longest waiting first.
 */
export const differing = (db: Db, actor: Actor, municipalityId: string, most = 15) => {
	const both = db
		.select({
			caseId: confirmations.caseId,
			yes: sql<number>`(count(*) filter (where ${confirmations.fixed}))::int`.as('yes'),
			no: sql<number>`(count(*) filter (where not ${confirmations.fixed}))::int`.as('no'),
			at: sql<string>`max(${confirmations.at})`.as('at')
		})
		.from(confirmations)
		.where(eq(confirmations.municipalityId, municipalityId))
		.groupBy(confirmations.claimEventId, confirmations.caseId)
		.having(sql`bool_or(${confirmations.fixed}) and bool_or(not ${confirmations.fixed})`)
		.as('both');
	return db
		.select({
			reference: cases.reference,
			title: issues.title,
			state: cases.state,
			yes: both.yes,
			no: both.no,
			at: sql<Date>`${both.at}`.mapWith(cases.openedAt)
		})
		.from(both)
		.innerJoin(cases, eq(cases.id, both.caseId))
		.innerJoin(issues, eq(issues.id, cases.subjectId))
		.where(
			and(
				eq(cases.hidden, false),
				within(actor, 'clock.watch'),
				sql`not exists (select 1 from ${caseEvents} where ${caseEvents.caseId} = ${cases.id}
					and ${caseEvents.occurredAt} > ${both.at}
					and ${caseEvents.actorRole} not in ('reporter', 'supporter', 'resident', 'system'))`
			)
		)
		.orderBy(asc(both.at), asc(cases.id))
		.limit(most);
};
