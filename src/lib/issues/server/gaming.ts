import { and, desc, eq, gte, inArray, ne, or, sql } from 'drizzle-orm';
import {
	flagsIn,
	gamingKinds,
	watchedFor,
	type GamingKind,
	type Happening
} from '../../cases/gaming.ts';
import { within } from '../../cases/server/index.ts';
import { caseEvents, cases } from '../../cases/server/schema.ts';
import { policyAt } from '../../clocks/server/index.ts';
import { workingTime } from '../../clocks/working-time.ts';
import type { Actor } from '../../identity/permissions.ts';
import { people } from '../../identity/server/schema.ts';
import type { Db } from '../../platform/server/db.ts';
import { days, later } from '../../platform/time.ts';
import { issues } from './schema.ts';

/** At most so many events are read; beyond them the page says from when on it has read. */
export const mostRead = 50_000;
/** Of each flag so many events are shown, the newest first. */
const mostShown = 10;

const residents = ['reporter', 'supporter', 'resident', 'system'];

/**
 * What looks like a clock being gamed in the cases this person watches and may read, over the last
 * thirty days, with the deeds it is read from. `from` is when the reading begins.
 */
export async function gamingFlags(
	db: Db,
	actor: Actor,
	municipalityId: string,
	now: Date,
	most = mostRead
) {
	const begins = later(now, -watchedFor);
	const read = await happenings(db, actor, municipalityId, begins, now, most);
	const flags = flagsIn(read);
	const shown = flags.map((flag) => ({
		...flag,
		n: flag.evidence.length,
		evidence: flag.evidence.slice(-mostShown).reverse()
	}));
	const events = shown.flatMap(({ evidence }) => evidence);
	const ids = shown.flatMap(({ by }) => by ?? []);
	const [titles, names] = [
		await titlesOf(db, [...new Set(events.map(({ caseId }) => caseId))]),
		await namesOf(db, [...new Set([...ids, ...events.flatMap(({ by }) => by ?? [])])])
	];
	return {
		from: read.length === most ? read[0].at : begins,
		flags: shown.map(({ sign, by, of, n, evidence }) => ({
			...{ sign, of, n, by: by ? { id: by, name: names.get(by) ?? null } : null },
			evidence: evidence.map(({ caseId, seq, kind, at, by: doer, left }) => ({
				...{ seq, kind, at, left: left ?? null, name: (doer && names.get(doer)) ?? null },
				...titles.get(caseId)!
			}))
		}))
	};
}

export type ShownFlag = Awaited<ReturnType<typeof gamingFlags>>['flags'][number];

/** The events signs are read from, in order of time; of too many the newest. */
async function happenings(
	db: Db,
	actor: Actor,
	municipalityId: string,
	begins: Date,
	now: Date,
	most: number
): Promise<Happening[]> {
	// One case for each event of the month: the other way round every case of some years would be read.
	const kase = db
		.select({
			serviceId: cases.serviceId,
			priority: cases.priority,
			wardCode: cases.currentWardCode,
			departmentId: cases.departmentId
		})
		.from(cases)
		.where(
			and(
				eq(cases.id, caseEvents.caseId),
				eq(cases.track, 'issue'),
				eq(cases.hidden, false),
				ne(cases.state, 'submitted'),
				within(actor, 'clock.watch'),
				or(eq(cases.private, false), within(actor, 'case.read_private'))
			)
		)
		.limit(1)
		.as('kase');
	const read = await db
		.select({
			caseId: caseEvents.caseId,
			seq: caseEvents.seq,
			kind: caseEvents.kind,
			actorId: caseEvents.actorId,
			actorRole: caseEvents.actorRole,
			at: caseEvents.occurredAt,
			photos:
				sql<number>`coalesce(jsonb_array_length(${caseEvents.facts} -> 'photoIds'), 0)`.mapWith(
					Number
				),
			due: sql<string | null>`${caseEvents.facts} ->> 'due'`,
			to: sql<string | null>`${caseEvents.facts} ->> 'serviceId'`,
			came: sql<string | null>`${caseEvents.facts} ->> 'fromServiceId'`,
			serviceId: kase.serviceId,
			priority: kase.priority,
			wardCode: kase.wardCode,
			departmentId: kase.departmentId
		})
		.from(caseEvents)
		.innerJoinLateral(kase, sql`true`)
		.where(
			and(
				eq(caseEvents.municipalityId, municipalityId),
				gte(caseEvents.occurredAt, begins),
				inArray(caseEvents.kind, [...gamingKinds]),
				ne(caseEvents.channel, 'import')
			)
		)
		.orderBy(desc(caseEvents.occurredAt), desc(caseEvents.seq))
		.limit(most);
	const promised = await policyAt(db, municipalityId, now);
	return read.reverse().map((event) => ({
		caseId: event.caseId,
		seq: event.seq,
		kind: event.kind as GamingKind,
		by: residents.includes(event.actorRole) ? null : event.actorId,
		at: event.at,
		photos: event.photos,
		serviceId: event.to,
		fromServiceId: event.came,
		left: leftOf(event, promised)
	}));
}

type Promises = Awaited<ReturnType<typeof policyAt>>;

/** Further away than this on the wall, no promise is near. */
const near = days(14);

/** What was left of the next promise when a pause began, in the time it is promised in. */
function leftOf(
	{ at, due, ...served }: { at: Date; due: string | null } & Parameters<Promises>[0],
	promised: Promises
): number | null {
	if (!due) return null;
	const [from, to] = [at.getTime(), Date.parse(due)];
	const policy = to > from && to - from < near ? promised(served) : null;
	return policy?.targets.resolve?.working ? workingTime(policy.calendar, from, to) : to - from;
}

async function titlesOf(db: Db, caseIds: string[]) {
	const found = caseIds.length
		? await db
				.select({ id: cases.id, reference: cases.reference, title: issues.title })
				.from(cases)
				.innerJoin(issues, eq(issues.id, cases.subjectId))
				.where(inArray(cases.id, caseIds))
		: [];
	return new Map(found.map(({ id, ...kase }) => [id, kase]));
}

async function namesOf(db: Db, ids: string[]) {
	const found = ids.length
		? await db
				.select({ id: people.id, name: people.name })
				.from(people)
				.where(inArray(people.id, ids))
		: [];
	return new Map(found.map(({ id, name }) => [id, name]));
}
