import { and, asc, desc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import { mayRead, ownedOf, type Case } from '../../cases/server/index.ts';
import { caseEvents, cases } from '../../cases/server/schema.ts';
import type { State } from '../../cases/rules.ts';
import { can, grantsFor, type Actor } from '../../identity/permissions.ts';
import { departmentsOf } from '../../identity/server/index.ts';
import { municipalities } from '../../identity/server/schema.ts';
import { issues } from '../../issues/server/schema.ts';
import { notFound } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { custody, timeByHolder } from '../custody.ts';
import { openReferralStates, possibleAnswers, type Side } from '../rules.ts';
import { isLate } from './answer.ts';
import { referrals, referralWords } from './schema.ts';
import type { Referral } from './send.ts';

/** What a receiver sees of a case: what was sent along, and never who reported it. */
export interface Seen {
	title: string;
	description: string | null;
	language: string;
	place: string | null;
	point: { lat: number; lon: number } | null;
}

/** On which side of a referral somebody of the office stands; neither: it does not exist for them. */
export function sidesOf(actor: Actor, referral: Referral, kase: Case | null): Side[] {
	const sides: Side[] = [];
	if (kase && mayRead(actor, kase) && can(actor, 'case.assign', ownedOf(kase)))
		sides.push('sender');
	const receives = referral.toMunicipalityId
		? can(actor, 'referral.answer', { municipalityId: referral.toMunicipalityId })
		: referral.carried.own &&
			can(actor, 'case.assign', {
				municipalityId: referral.municipalityId,
				departmentId: referral.toDepartmentId
			});
	if (receives) sides.push('receiver');
	return sides;
}

/** One referral as whoever asks may see it. @throws 404 when they stand on neither side */
export async function referralPage(db: Db, actor: Actor, id: string) {
	const { referral, kase } = await findReferral(db, id);
	const sides = sidesOf(actor, referral, kase);
	if (sides.length === 0) throw notFound();
	return { ...(await shown(db, referral, kase, sides)), sides };
}

export async function findReferral(db: Db, id: string) {
	const [found] = await db
		.select({ referral: referrals, kase: cases })
		.from(referrals)
		.leftJoin(cases, eq(cases.id, referrals.caseId))
		.where(eq(referrals.id, id));
	if (!found) throw notFound();
	return found;
}

/** The facts of a referral for one of its pages. */
export async function shown(db: Db, referral: Referral, kase: Case | null, sides: Side[]) {
	const late = isLate(referral, kase);
	const state = late && referral.state !== 'over' ? ('over' as const) : referral.state;
	const answers = late
		? sides.includes('receiver')
			? possibleAnswers('receiver', referral.acceptedAt ? 'accepted' : 'waiting', false)
			: []
		: sides.flatMap((side) => possibleAnswers(side, referral.state, referral.asked));
	return {
		id: referral.id,
		reference: referral.reference,
		from: referral.fromName,
		municipality: await nameOf(db, referral.municipalityId),
		here: kase !== null,
		to: referral.toName,
		state,
		late,
		asked: referral.asked,
		loop: referral.loop,
		carried: referral.carried,
		sentAt: referral.sentAt,
		acceptedAt: referral.acceptedAt,
		endedAt: referral.endedAt,
		caseState: kase?.state ?? null,
		answers,
		seen: await seenOf(db, referral, kase),
		said: await saidOf(db, referral.id)
	};
}

export type ShownReferral = Awaited<ReturnType<typeof shown>>;

const nameOf = async (db: Db, id: string) =>
	(await db.select().from(municipalities).where(eq(municipalities.id, id)))[0].name;

/** Looked up here, so that what is erased or hidden is gone here too; a copy only across installations. */
async function seenOf(db: Db, { carried }: Referral, kase: Case | null): Promise<Seen> {
	if (!kase) {
		const { title = '', description = null, place = null, point = null } = carried.copy ?? {};
		return { title, description, place, point, language: 'en' };
	}
	const [issue] = await db.select().from(issues).where(eq(issues.id, kase.subjectId));
	const words = carried.words && !issue.hidden;
	return {
		title: words ? issue.title : (carried.service ?? 'A private report'),
		description: words ? issue.description : null,
		language: issue.language,
		place: issue.place,
		point: issue.point
	};
}

export const saidOf = (db: Db, referralId: string) =>
	db
		.select({
			id: referralWords.id,
			kind: referralWords.kind,
			by: referralWords.by,
			via: referralWords.via,
			text: referralWords.text,
			late: referralWords.late,
			at: referralWords.at
		})
		.from(referralWords)
		.where(eq(referralWords.referralId, referralId))
		.orderBy(asc(referralWords.at), asc(referralWords.id));

const most = 200;
const listed = {
	id: referrals.id,
	reference: referrals.reference,
	state: referrals.state,
	asked: referrals.asked,
	loop: referrals.loop,
	from: referrals.fromName,
	to: referrals.toName,
	carried: referrals.carried,
	sentAt: referrals.sentAt,
	acceptedAt: referrals.acceptedAt,
	municipality: municipalities.name,
	caseState: cases.state
};

/** What was handed to the departments and the municipality of whoever asks, what waits longest first. */
export async function receivedReferrals(db: Db, actor: Actor, municipalityId: string) {
	const whole = can(actor, 'referral.answer', { municipalityId });
	const departments = grantsFor(actor, 'case.assign').flatMap(({ grant }) =>
		grant.municipalityId === municipalityId && grant.departmentId ? [grant.departmentId] : []
	);
	const found = await db
		.select(listed)
		.from(referrals)
		.innerJoin(municipalities, eq(municipalities.id, referrals.municipalityId))
		.leftJoin(cases, eq(cases.id, referrals.caseId))
		.where(
			and(
				isNull(referrals.endedAt),
				or(
					whole ? eq(referrals.toMunicipalityId, municipalityId) : sql`false`,
					departments.length
						? and(
								eq(referrals.municipalityId, municipalityId),
								inArray(referrals.toDepartmentId, departments),
								sql`(${referrals.carried} ->> 'own')::boolean`
							)
						: sql`false`
				)
			)
		)
		.orderBy(asc(referrals.sentAt))
		.limit(most);
	return found.filter((each) => !leftBehind(each));
}

const leftBehind = ({ caseState }: { caseState: State | null }) =>
	caseState !== null && caseState !== 'referred_out';

/** What this municipality handed over and does not have back, what waits longest first. */
export async function sentReferrals(db: Db, actor: Actor, municipalityId: string) {
	const found = await db
		.select({ ...listed, kase: cases })
		.from(referrals)
		.innerJoin(municipalities, eq(municipalities.id, referrals.municipalityId))
		.innerJoin(cases, eq(cases.id, referrals.caseId))
		.where(and(eq(referrals.municipalityId, municipalityId), isNull(referrals.endedAt)))
		.orderBy(asc(referrals.sentAt))
		.limit(most);
	return found.flatMap(({ kase, ...each }) =>
		!leftBehind(each) && mayRead(actor, kase) ? [each] : []
	);
}

export interface Partner {
	name: string;
	waiting: number;
	accepted: number;
	/** When the one that waits longest was sent. */
	longest: Date | null;
	/** Median time from sending to acceptance, in milliseconds; null under five. */
	median: number | null;
	returned: number;
}

/** How each partner answers: what waits there and since when. */
export async function ageing(db: Db, municipalityId: string): Promise<Partner[]> {
	const open = inArray(referrals.state, [...openReferralStates]);
	const rows = await db
		.select({
			name: referrals.toName,
			waiting: sql<number>`(count(*) filter (where ${referrals.state} = 'waiting' and ${cases.state} = 'referred_out'))::int`,
			accepted: sql<number>`(count(*) filter (where ${referrals.state} = 'accepted' and ${cases.state} = 'referred_out'))::int`,
			returned: sql<number>`(count(*) filter (where ${referrals.state} = 'returned'))::int`,
			longest: sql<
				string | null
			>`min(${referrals.sentAt}) filter (where ${referrals.state} = 'waiting' and ${cases.state} = 'referred_out')`,
			n: sql<number>`count(${referrals.acceptedAt})::int`,
			median: sql<
				number | null
			>`percentile_cont(0.5) within group (order by extract(epoch from ${referrals.acceptedAt} - ${referrals.sentAt}))::float8`
		})
		.from(referrals)
		.innerJoin(cases, eq(cases.id, referrals.caseId))
		.where(eq(referrals.municipalityId, municipalityId))
		.groupBy(referrals.toName)
		.orderBy(desc(sql`count(*) filter (where ${open})`), asc(referrals.toName));
	return rows.map(({ n, median, longest, ...row }) => ({
		...row,
		longest: longest ? new Date(longest) : null,
		median: n >= 5 && median !== null ? median * 1000 : null
	}));
}

/** Who has had a case and for how long, with the one it waits at; null when it was never handed over. */
export async function custodyOf(db: Db, kase: { id: string; municipalityId: string }, now: Date) {
	const handed = await db
		.select()
		.from(referrals)
		.where(eq(referrals.caseId, kase.id))
		.orderBy(asc(referrals.sentAt));
	if (handed.length === 0) return null;
	const events = await db
		.select({
			kind: caseEvents.kind,
			at: caseEvents.occurredAt,
			stateTo: caseEvents.stateTo,
			facts: caseEvents.facts
		})
		.from(caseEvents)
		.where(eq(caseEvents.caseId, kase.id))
		.orderBy(asc(caseEvents.seq));
	const departments = await departmentsOf(db, kase.municipalityId);
	const municipality = await nameOf(db, kase.municipalityId);
	const called = ({ departmentId, name }: { departmentId: string | null; name: string | null }) =>
		name ?? departments.find(({ id }) => id === departmentId)?.name ?? municipality;
	const times = timeByHolder(custody(events), now).map((each) => ({
		name: called(each),
		time: each.time,
		holdsNow: each.holdsNow
	}));
	const [kaseNow] = await db.select().from(cases).where(eq(cases.id, kase.id));
	const waits = handed.find(({ state }) => state === 'waiting' && kaseNow.state === 'referred_out');
	return {
		holders: times,
		total: times.reduce((sum, { time }) => sum + time, 0),
		waiting: waits
			? { id: waits.id, name: waits.toName, from: waits.fromName, at: waits.sentAt }
			: null,
		current: handed.find(({ endedAt }) => !endedAt)?.id ?? null
	};
}

export type Custody = NonNullable<Awaited<ReturnType<typeof custodyOf>>>;
