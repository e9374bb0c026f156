import { and, asc, count, eq, isNull, sql } from 'drizzle-orm';
import { possibleDeeds, stateType, type EventKind } from '../../cases/rules.ts';
import { lateObstacle } from '../../cases/late.ts';
import {
	carriedUpByReporter,
	historyOf,
	jobOf,
	lastClaim,
	type Case,
	type Visibility
} from '../../cases/server/index.ts';
import { joined, tell, type Names, type Told } from '../../cases/timeline.ts';
import { clockOf } from '../../clocks/server/index.ts';
import { isFollowing } from '../../delivery/server/index.ts';
import type { Asker } from '../../identity/asker.ts';
import { can } from '../../identity/permissions.ts';
import { departmentsOf } from '../../identity/server/index.ts';
import { photos } from '../../photos/server/schema.ts';
import type { Db } from '../../platform/server/db.ts';
import { answersTo } from './answer-claim.ts';
import { jobFacts } from './incident.ts';
import { services, supports } from './schema.ts';
import { serviceWords } from './service-words.ts';
import { standingIn, type Standing } from './standing.ts';
import { ownedBy } from './visible.ts';

/** One line of an issue's history, ready to be read. */
export interface Line extends Told {
	id: string;
	/** What happened, as a code; neighbours joining is `supported`. */
	kind: EventKind;
	at: Date;
	/** Whom besides the reporter and staff it is for. */
	visibility: Visibility;
	words: string | null;
	language: string;
	photos: Picture[];
}

export interface Picture {
	id: string;
	alt: string;
	eventId: string | null;
	private: boolean;
}

/** Everything the page of an issue shows to whoever asks. @throws 404 for what they may not see */
export async function issuePage(
	db: Db,
	asker: Asker,
	municipality: { id: string; timezone: string },
	reference: string
) {
	const standing = await standingIn(db, asker, municipality.id, reference);
	const { issue, kase, part } = standing;
	const owned = ownedBy(issue, kase);
	const staff = can(asker.actor, 'case.read', owned);
	const near = part === 'reporter' || can(asker.actor, 'case.read_private', owned);

	const departments = await departmentsOf(db, municipality.id);
	const known = await servicesHere(db, municipality.id);
	const department = (id: string | null | undefined) =>
		departments.find((each) => each.id === id)?.name;
	const names: Names = {
		department,
		service: (id) => known.find((each) => each.id === id)?.name,
		reporter: issue.showName ? issue.reporterName : null
	};
	const pictures = await picturesOf(db, issue.id, near);
	const seen: Visibility[] = ['public', ...(near ? (['private'] as const) : [])];
	// Notes are for those who work on it: a councillor reads the case, not what officials tell each other.
	if (can(asker.actor, 'case.reply', owned)) seen.push('internal');

	const lines = await linesOf(db, standing, names, pictures, seen, municipality.timezone);
	return {
		...factsOf(standing),
		moderated: lines.some(({ kind }) => kind === 'moderated'),
		reporter: names.reporter ?? null,
		service: known.find(({ id }) => id === (kase.serviceId ?? issue.serviceId)) ?? null,
		department: department(kase.departmentId) ?? null,
		staff,
		part,
		deeds: part
			? possibleDeeds({ track: kase.track, state: kase.state, may: () => false, part })
			: [],
		mySupport: part === 'supporter',
		following: asker.actor
			? await isFollowing(db, { subject: 'issue', subjectId: issue.id, personId: asker.actor.id })
			: false,
		ask: await askOf(db, standing, department(kase.departmentId)),
		photos: pictures.filter(({ eventId }) => !eventId),
		clock: await clockOf(db, kase.id, new Date()),
		job: await jobFacts(db, asker, kase),
		mayTakeHigher: await mayTakeHigher(db, standing),
		lines
	};
}

export type IssuePage = Awaited<ReturnType<typeof issuePage>>;

const factsOf = ({ issue, kase, part }: Standing) => ({
	id: issue.id,
	caseId: kase.id,
	reference: issue.reference,
	kind: issue.kind,
	title: issue.title,
	description: issue.description,
	language: issue.language,
	place: issue.place,
	point: issue.point,
	wardCode: issue.currentWardCode,
	firstWardCode: issue.wardCode,
	maybeWardCodes: issue.maybeWardCodes,
	createdAt: issue.createdAt,
	state: kase.state,
	stateType: stateType[kase.state],
	stateSince: kase.stateSince,
	reason: kase.reason,
	private: issue.private,
	held: kase.state === 'submitted',
	hidden: issue.hidden || kase.hidden,
	supportCount: issue.supportCount,
	householdCount: issue.householdCount,
	reopenedCount: kase.reopenedCount,
	/** The reporter's own, for the reporter alone. */
	ownName: part === 'reporter' ? issue.reporterName : null,
	nameShown: issue.showName,
	receiptIndex: part === 'reporter' ? issue.receiptIndex : null
});

/** Every service there is or was, as the reader's language calls it. */
async function servicesHere(db: Db, municipalityId: string) {
	const found = await db
		.select({ id: services.id, code: services.code, name: services.name, icon: services.icon })
		.from(services)
		.where(eq(services.municipalityId, municipalityId));
	return found.map((service) => ({ ...service, name: serviceWords(service.name) }));
}

const picturesOf = (db: Db, issueId: string, near: boolean): Promise<Picture[]> =>
	db
		.select({
			id: photos.id,
			alt: photos.alt,
			eventId: photos.eventId,
			private: photos.private
		})
		.from(photos)
		.where(
			and(
				eq(photos.issueId, issueId),
				eq(photos.removed, false),
				isNull(photos.erasedAt),
				near ? undefined : eq(photos.private, false)
			)
		)
		.orderBy(asc(photos.createdAt), asc(photos.position));

/** Whether its reporter may take it higher now. */
async function mayTakeHigher(db: Db, { kase, part }: Standing): Promise<boolean> {
	if (part !== 'reporter') return false;
	const before = await carriedUpByReporter(db, kase.id);
	return lateObstacle({ ...kase, before }, new Date()) === null;
}

/** The question whether it is fixed, for the reporter and supporters who did not answer it yet. */
async function askOf(db: Db, { kase, part, byWhom }: Standing, department: string | undefined) {
	const asked = await whoseClaim(db, kase);
	if (!part || asked.state !== 'resolved_claimed') return null;
	const claim = await lastClaim(db, asked.id);
	if (!claim || (await answersTo(db, claim.id, byWhom)).before !== null) return null;
	return { claimEventId: claim.id, at: claim.at, department: department ?? null };
}

/** Whose claim residents answer: a part of a job is said to be fixed with the case that leads it. */
const whoseClaim = async (db: Db, kase: Case) =>
	kase.mergedIntoId ? ((await jobOf(db, kase))?.leader ?? kase) : kase;

/** The history newest first: what was appended, and neighbours joining, counted by day. */
async function linesOf(
	db: Db,
	{ issue, kase }: Standing,
	names: Names,
	pictures: Picture[],
	seen: Visibility[],
	timezone: string
): Promise<Line[]> {
	const events = await historyOf(db, kase.id, seen);
	let holder: string | null = null;
	const appended = events.map((event) => ({
		id: event.id,
		kind: event.kind,
		at: event.at,
		visibility: event.visibility,
		words: event.words,
		language: event.language ?? 'en',
		photos: pictures.filter(({ eventId }) => eventId === event.id),
		...tell(
			{
				...event,
				facts: { ...event.facts, departmentId: (holder = event.facts.departmentId ?? holder) }
			},
			names
		)
	}));
	const lines = [...appended, ...(await joinings(db, issue.id, timezone))];
	return lines.sort((a, b) => b.at.getTime() - a.at.getTime());
}

async function joinings(db: Db, issueId: string, timezone: string): Promise<Line[]> {
	const day = sql`date_trunc('day', ${supports.at} at time zone ${timezone})`;
	const found = await db
		.select({ at: sql<string>`max(${supports.at})`, n: count() })
		.from(supports)
		.where(and(eq(supports.issueId, issueId), isNull(supports.withdrawnAt)))
		.groupBy(day);
	return found.map(({ at, n }) => ({
		id: `joined-${at}`,
		kind: 'supported',
		at: new Date(at),
		visibility: 'public',
		title: joined(Number(n)),
		who: '',
		icon: 'people',
		tone: '',
		voice: 'resident',
		words: null,
		language: 'en',
		photos: []
	}));
}
