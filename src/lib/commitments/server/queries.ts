import { and, asc, desc, eq, gte, inArray, lt, ne, sql, type SQL } from 'drizzle-orm';
import { cases } from '../../cases/server/schema.ts';
import { isFollowing } from '../../delivery/server/index.ts';
import type { Actor } from '../../identity/permissions.ts';
import { departments, people } from '../../identity/server/schema.ts';
import { issues } from '../../issues/server/schema.ts';
import { notFound } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { departmentsOf } from '../../identity/server/index.ts';
import { officesOf, openCommitmentStates, type Standing } from '../rules.ts';
import { wardLabel } from '../wording.ts';
import { maySpeakFor } from './events.ts';
import { commitmentEvents, commitmentIssues, commitments } from './schema.ts';

export interface CommitmentFilter {
	wardCode?: string;
	departmentId?: string;
	personId?: string;
	standing?: Standing;
}

const isOpenState = inArray(commitments.state, [...openCommitmentStates]);

const standsAs = (standing: Standing, now: Date): SQL | undefined => {
	const overdue = lt(commitments.dueAt, now);
	const inTime = gte(commitments.dueAt, now);
	// prettier-ignore
	const conditions: Record<Standing, SQL | undefined> = {
		in_time: and(inArray(commitments.state, ['promised', 'in_progress']), inTime),
		slipped: and(eq(commitments.state, 'slipped'), inTime),
		overdue: and(isOpenState, overdue),
		kept: eq(commitments.state, 'kept'),
		broken: eq(commitments.state, 'broken')
	};
	return conditions[standing];
};

const matching = (municipalityId: string, filter: CommitmentFilter, now: Date) =>
	and(
		eq(commitments.municipalityId, municipalityId),
		filter.wardCode ? eq(commitments.wardCode, filter.wardCode) : undefined,
		filter.departmentId ? eq(commitments.departmentId, filter.departmentId) : undefined,
		filter.personId ? eq(commitments.promisedBy, filter.personId) : undefined,
		filter.standing ? standsAs(filter.standing, now) : undefined
	);

const summary = {
	id: commitments.id,
	number: commitments.number,
	what: commitments.what,
	state: commitments.state,
	wardCode: commitments.wardCode,
	promisedBy: commitments.promisedBy,
	promisedByName: commitments.promisedByName,
	promisedAs: commitments.promisedAs,
	department: departments.name,
	progress: commitments.progress,
	dueAt: commitments.dueAt,
	firstDueAt: commitments.firstDueAt,
	slips: commitments.slips,
	promisedAt: commitments.promisedAt,
	settledAt: commitments.settledAt,
	followerCount: commitments.followerCount,
	/** The last thing said about it. */
	lastWords: sql<string | null>`(select ${commitmentEvents.words} from ${commitmentEvents}
		where ${commitmentEvents.commitmentId} = ${commitments.id} and ${commitmentEvents.words} <> ''
		order by ${commitmentEvents.seq} desc limit 1)`
};

export type CommitmentSummary = Awaited<ReturnType<typeof listCommitments>>[number];

/** Promises that match: those still open first by their date, then the settled ones, newest first. */
export const listCommitments = (
	db: Db,
	municipalityId: string,
	filter: CommitmentFilter,
	{ limit = 20, offset = 0 } = {},
	now = new Date()
) =>
	db
		.select(summary)
		.from(commitments)
		.leftJoin(departments, eq(departments.id, commitments.departmentId))
		.where(matching(municipalityId, filter, now))
		.orderBy(
			sql`case when ${isOpenState} then 0 else 1 end`,
			sql`case when ${isOpenState} then ${commitments.dueAt} end asc`,
			desc(commitments.settledAt),
			desc(commitments.number)
		)
		.limit(limit)
		.offset(offset);

export interface Tally extends Record<Standing, number> {
	all: number;
	/** Of the kept ones, those kept by the date that was promised first. */
	keptOnFirstDate: number;
	/** Every promise whose date ever moved, however it ended. */
	everSlipped: number;
}

/** How promises stand, counted so that every one is in exactly one place. */
export async function tallyCommitments(
	db: Db,
	municipalityId: string,
	filter: Omit<CommitmentFilter, 'standing'>,
	now = new Date()
): Promise<Tally> {
	const count = (condition?: SQL) =>
		sql<number>`count(*) filter (where ${condition ?? sql`true`})::int`;
	const [tally] = await db
		.select({
			all: count(),
			in_time: count(standsAs('in_time', now)),
			slipped: count(standsAs('slipped', now)),
			overdue: count(standsAs('overdue', now)),
			kept: count(standsAs('kept', now)),
			broken: count(standsAs('broken', now)),
			keptOnFirstDate: count(
				and(
					eq(commitments.state, 'kept'),
					sql`${commitments.settledAt} <= ${commitments.firstDueAt}`
				)
			),
			everSlipped: count(sql`${commitments.slips} > 0`)
		})
		.from(commitments)
		.where(matching(municipalityId, filter, now));
	return tally;
}

/** Who has promised anything here: for the filter. */
export const promisersOf = (db: Db, municipalityId: string) =>
	db
		.select({
			personId: commitments.promisedBy,
			name: people.name,
			as: sql<string>`max(${commitments.promisedAs})`
		})
		.from(commitments)
		.innerJoin(people, eq(people.id, commitments.promisedBy))
		.where(eq(commitments.municipalityId, municipalityId))
		.groupBy(commitments.promisedBy, people.name)
		.orderBy(people.name);

/** One promise with its whole life and the public issues it answers. 404 when there is none. */
export async function getCommitment(db: Db, municipalityId: string, number: number) {
	const [found] = await db
		.select({ ...summary, evidence: commitments.evidence, version: commitments.version })
		.from(commitments)
		.leftJoin(departments, eq(departments.id, commitments.departmentId))
		.where(and(eq(commitments.municipalityId, municipalityId), eq(commitments.number, number)));
	if (!found) throw notFound();

	const events = await db
		.select({
			id: commitmentEvents.id,
			kind: commitmentEvents.kind,
			by: people.name,
			at: commitmentEvents.occurredAt,
			facts: commitmentEvents.facts,
			words: commitmentEvents.words
		})
		.from(commitmentEvents)
		.innerJoin(people, eq(people.id, commitmentEvents.actorId))
		.where(eq(commitmentEvents.commitmentId, found.id))
		.orderBy(asc(commitmentEvents.seq));
	return { ...found, events, issues: await issuesBehind(db, found.id) };
}

const issuesBehind = (db: Db, commitmentId: string) =>
	db
		.select({
			reference: issues.reference,
			kind: issues.kind,
			title: issues.title,
			place: issues.place,
			state: cases.state
		})
		.from(commitmentIssues)
		.innerJoin(issues, eq(issues.id, commitmentIssues.issueId))
		.innerJoin(cases, eq(cases.subjectId, issues.id))
		.where(
			and(
				eq(commitmentIssues.commitmentId, commitmentId),
				eq(issues.hidden, false),
				eq(issues.private, false),
				eq(cases.hidden, false),
				eq(cases.private, false),
				ne(cases.state, 'submitted')
			)
		)
		.orderBy(issues.reference);

/** The promise for whoever may speak about it, with its version; 404 for everybody else. */
export async function commitmentForOffice(
	db: Db,
	actor: Actor,
	municipalityId: string,
	number: number,
	now = new Date()
) {
	const [row] = await db
		.select()
		.from(commitments)
		.where(and(eq(commitments.municipalityId, municipalityId), eq(commitments.number, number)));
	if (!row || !(await maySpeakFor(db, actor, row, now))) throw notFound();
	return getCommitment(db, municipalityId, number);
}

/** The promises that answer an issue: its page says so. */
export const commitmentsForIssue = (db: Db, municipalityId: string, issueId: string) =>
	db
		.select(summary)
		.from(commitmentIssues)
		.innerJoin(commitments, eq(commitments.id, commitmentIssues.commitmentId))
		.leftJoin(departments, eq(departments.id, commitments.departmentId))
		.where(
			and(
				eq(commitmentIssues.municipalityId, municipalityId),
				eq(commitmentIssues.issueId, issueId)
			)
		)
		.orderBy(commitments.number);

/** Whether somebody hears of this promise. */
export const followsCommitment = (db: Db, personId: string, commitmentId: string) =>
	isFollowing(db, { personId, subject: 'commitment', subjectId: commitmentId });

/** The offices somebody may promise in, with the names people know them by. */
export async function officesFor(db: Db, actor: Actor, municipalityId: string) {
	const known = await departmentsOf(db, municipalityId);
	return officesOf(actor, municipalityId).map((office) => ({
		...office,
		name:
			office.kind === 'ward'
				? wardLabel(office.wardCode)
				: office.kind === 'department'
					? (known.find(({ id }) => id === office.departmentId)?.name ?? 'Department')
					: 'The whole municipality'
	}));
}
