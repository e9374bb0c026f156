import {
	and,
	asc,
	desc,
	eq,
	gt,
	inArray,
	isNull,
	lt,
	ne,
	not,
	or,
	sql,
	type SQL
} from 'drizzle-orm';
import { openStates } from '../../cases/rules.ts';
import { cases } from '../../cases/server/schema.ts';
import { departments } from '../../identity/server/schema.ts';
import type { Db } from '../../platform/server/db.ts';
import { days, later } from '../../platform/time.ts';
import { heaps, newDays, stuckDays, type Heap } from '../ward-desk.ts';
import { issues } from './schema.ts';
import { isPublic } from './visible.ts';

interface Ward {
	municipalityId: string;
	wardCode: string;
}

const isOpenState = inArray(cases.state, openStates);

/** A question to the councillor that nobody answered: a new suggestion, or a case somebody asked them about. */
export const awaitsCouncillor = or(
	and(eq(cases.track, 'suggestion'), eq(cases.state, 'open'), isNull(cases.councillorAnsweredAt)),
	and(
		sql`${cases.councillorAskedAt} is not null`,
		or(isNull(cases.councillorAnsweredAt), lt(cases.councillorAnsweredAt, cases.councillorAskedAt))
	)
)!;

/** What everyone may read of a ward: raised there, or lying there today. */
export const inWard = ({ municipalityId, wardCode }: Ward) =>
	and(
		eq(cases.municipalityId, municipalityId),
		or(eq(cases.currentWardCode, wardCode), eq(cases.wardCode, wardCode)),
		isPublic,
		isNull(issues.erasedAt)
	)!;

/** Raised close to the ward's line, or somewhere that nobody could place. */
const maybeIn = ({ municipalityId, wardCode }: Ward) =>
	and(
		eq(cases.municipalityId, municipalityId),
		isPublic,
		isNull(issues.erasedAt),
		isOpenState,
		or(
			and(
				sql`${wardCode} = any(${issues.maybeWardCodes})`,
				or(isNull(cases.currentWardCode), ne(cases.currentWardCode, wardCode))
			),
			and(isNull(cases.currentWardCode), isNull(cases.wardCode))
		)
	)!;

const conditions: Record<Heap, (ward: Ward, now: Date) => SQL> = {
	waiting: (ward) => and(inWard(ward), awaitsCouncillor)!,
	new: (ward, now) =>
		and(inWard(ward), isOpenState, gt(cases.openedAt, later(now, -days(newDays))))!,
	stuck: (ward, now) =>
		and(
			inWard(ward),
			isOpenState,
			eq(cases.track, 'issue'),
			or(
				eq(cases.state, 'on_hold'),
				gt(cases.reopenedCount, 0),
				lt(cases.openedAt, later(now, -days(stuckDays)))
			)
		)!,
	claimed: (ward) => and(inWard(ward), eq(cases.state, 'resolved_claimed'))!,
	followed: (ward) => and(inWard(ward), isOpenState, not(eq(behind, 0)))!,
	open: (ward) => and(inWard(ward), isOpenState)!,
	unplaced: (ward) => maybeIn(ward)
};

/** Who stands behind an issue besides the one who raised it. */
const behind = sql<number>`greatest(${issues.supportCount}, ${issues.householdCount} - 1)`;

const orders: Record<Heap, SQL[]> = {
	waiting: [asc(sql`coalesce(${cases.councillorAskedAt}, ${cases.openedAt})`)],
	new: [desc(cases.openedAt)],
	stuck: [desc(cases.reopenedCount), asc(cases.openedAt)],
	claimed: [asc(cases.stateSince)],
	followed: [desc(behind), desc(issues.followerCount)],
	open: [asc(cases.openedAt)],
	unplaced: [desc(cases.openedAt)]
};

/** How many lie on each heap of a ward. */
export async function wardHeaps(
	db: Db,
	ward: Ward,
	now = new Date()
): Promise<Record<Heap, number>> {
	const counted = heaps.map((heap) => [
		heap,
		sql<number>`count(*) filter (where ${conditions[heap](ward, now)})::int`
	]);
	const [row] = await db
		.select(Object.fromEntries(counted) as Record<Heap, SQL<number>>)
		.from(cases)
		.innerJoin(issues, eq(issues.id, cases.subjectId))
		.where(eq(cases.municipalityId, ward.municipalityId));
	return row;
}

/** One heap of a ward, most urgent first. Nothing in it is private, and nobody who reported is named. */
export const wardList = (
	db: Db,
	ward: Ward,
	heap: Heap,
	{ limit = 50, offset = 0 } = {},
	now = new Date()
) =>
	db
		.select({
			id: issues.id,
			caseId: cases.id,
			reference: issues.reference,
			kind: issues.kind,
			title: issues.title,
			description: issues.description,
			place: issues.place,
			wardCode: cases.currentWardCode,
			state: cases.state,
			stateSince: cases.stateSince,
			reason: cases.reason,
			openedAt: cases.openedAt,
			askedAt: sql<Date>`coalesce(${cases.councillorAskedAt}, ${cases.openedAt})`.mapWith(
				cases.openedAt
			),
			reopenedCount: cases.reopenedCount,
			department: departments.name,
			households: issues.householdCount,
			supporters: issues.supportCount,
			followers: issues.followerCount
		})
		.from(cases)
		.innerJoin(issues, eq(issues.id, cases.subjectId))
		.leftJoin(departments, eq(departments.id, cases.departmentId))
		.where(conditions[heap](ward, now))
		.orderBy(...orders[heap], asc(cases.id))
		.limit(limit)
		.offset(offset);

export type WardRow = Awaited<ReturnType<typeof wardList>>[number];
