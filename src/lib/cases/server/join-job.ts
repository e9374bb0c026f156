import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { can, inPlaceOf, type Actor } from '../../identity/permissions.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { cleanLine } from '../../platform/text.ts';
import { sayJoinObstacle, titleTooLong } from '../incident-wording.ts';
import { joinObstacle, leaderOf, longestTitle } from '../incident.ts';
import { appendEvent, findDeed, mustBeFresh, type Case } from './append.ts';
import { actingBy, boundedWords, standingIn } from './do.ts';
import { lockCases, mayRead, ownedOf } from './reach.ts';
import { caseEvents, cases, caseJobs } from './schema.ts';

export interface Joined {
	/** Each with the version it was chosen at. */
	cases: Array<{ id: string; basedOn?: number }>;
	/** What the public calls the job; kept when one of them leads a job already. */
	title: string;
	/** Why they are one job, for everybody to read; need not be given. */
	words?: string;
	deedId: string;
	/** Nobody is told: stories of the demonstration. */
	silent?: boolean;
}

/**
 * Many reports, one job (cases.md 7): the longest waiting leads, the others become parts of it. Each
 * keeps its history, its followers and its clock. Answers the case that leads.
 * @throws 404 for one they may not give work from, 409 for one that moved on, 400 for what cannot be joined
 */
export const joinJob = (db: Db, actor: Actor, facts: Joined, now = new Date()): Promise<Case> =>
	db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		const ids = [...new Set(facts.cases.map(({ id }) => id))];
		const chosen = ids.length ? await lockCases(tx, ids) : [];
		if (chosen.length !== ids.length || !chosen.every((kase) => mayJoin(actor, kase)))
			throw notFound();
		const done = await alreadyJoined(tx, chosen, facts.deedId);
		if (done) return done;
		for (const kase of chosen)
			mustBeFresh(kase, facts.cases.find(({ id }) => id === kase.id)?.basedOn);

		const title = cleanLine(facts.title);
		const words = boundedWords(facts.words);
		if (title.length > longestTitle) throw new Refusal(400, titleTooLong, 'title');
		const found = joinObstacle(chosen, title);
		if (found)
			throw new Refusal(
				400,
				sayJoinObstacle(found.obstacle, found.reference),
				found.obstacle === 'needs_a_title' ? 'title' : 'case'
			);

		const leader = leaderOf(chosen);
		const parts = chosen.filter(({ id }) => id !== leader.id);
		const doing = (kase: Case) => ({
			...actingBy(actor, kase, 'case.assign'),
			at: now,
			deedId: facts.deedId,
			visibility: 'public' as const,
			silent: facts.silent
		});
		await openIncident(tx, actor, leader, title, now);
		const led = await appendEvent(tx, leader, {
			...doing(leader),
			kind: 'job_gained',
			facts: { ...standingIn(actor, leader, 'case.assign'), count: parts.length },
			words
		});
		for (const part of parts)
			await appendEvent(tx, part, {
				...doing(part),
				kind: 'job_joined',
				stateTo: 'merged',
				facts: {
					...standingIn(actor, part, 'case.assign'),
					intoId: leader.id,
					jobState: leader.state,
					jobSeq: led.version
				}
			});
		await record(
			tx,
			actor,
			{
				municipalityId: leader.municipalityId,
				deed: 'case.joined',
				thing: 'case',
				thingId: leader.id,
				insteadOf: inPlaceOf(actor, 'case.assign', ownedOf(leader)),
				details: { parts: parts.map(({ id }) => id), head: led.lastHash }
			},
			now
		);
		return led;
	});

const mayJoin = (actor: Actor, kase: Case) =>
	kase.track === 'issue' && mayRead(actor, kase) && can(actor, 'case.assign', ownedOf(kase));

/** The case that leads, when this form arrived before. */
async function alreadyJoined(tx: Db, chosen: Case[], deedId: string) {
	const [done] = await tx
		.select({ caseId: caseEvents.caseId })
		.from(caseEvents)
		.where(
			and(
				inArray(
					caseEvents.caseId,
					chosen.map(({ id }) => id)
				),
				eq(caseEvents.deedId, deedId),
				eq(caseEvents.kind, 'job_gained')
			)
		);
	return done && chosen.find(({ id }) => id === done.caseId);
}

const openIncident = (tx: Db, actor: Actor, leader: Case, title: string, now: Date) =>
	tx
		.insert(caseJobs)
		.values({
			caseId: leader.id,
			municipalityId: leader.municipalityId,
			title,
			openedBy: actor.id,
			openedAt: now
		})
		.onConflictDoUpdate({
			target: caseJobs.caseId,
			set: leader.parts > 0 ? { endedAt: null } : { title, openedAt: now, endedAt: null }
		});

export interface Leaving {
	words: string;
	deedId: string;
	basedOn?: number;
	silent?: boolean;
}

/**
 * Takes a report out of a job again: it stands where it stood before, with its own clock, as if it had
 * never been part of it. What happened meanwhile stays in its history.
 * @throws 404 for what they may not give work from, 409 when it moved on, 400 without a reason
 */
export const leaveJob = (
	db: Db,
	actor: Actor,
	caseId: string,
	facts: Leaving,
	now = new Date()
): Promise<Case> =>
	db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		const { part, leader } = await lockPart(tx, caseId);
		if (!mayJoin(actor, part)) throw notFound();
		if (await findDeed(tx, part.id, facts.deedId)) return part;
		mustBeFresh(part, facts.basedOn);
		const words = boundedWords(facts.words);
		if (!leader) throw new Refusal(409, 'It is not part of another job any more.', 'version');
		if (!words) throw new Refusal(400, 'Say why. It stays beside your name.', 'words');

		const by = actingBy(actor, part, 'case.assign');
		const { after } = await letGo(tx, { part, leader }, { ...facts, ...by, words }, now);
		await record(
			tx,
			actor,
			{
				municipalityId: part.municipalityId,
				deed: 'case.left_job',
				thing: 'case',
				thingId: part.id,
				insteadOf: inPlaceOf(actor, 'case.assign', ownedOf(part)),
				details: { from: leader.id, seq: after.version, head: after.lastHash }
			},
			now
		);
		return after;
	});

/** The case and the one that leads it, locked in the order everybody locks in. */
async function lockPart(tx: Db, caseId: string) {
	const [before] = await tx
		.select({ intoId: cases.mergedIntoId })
		.from(cases)
		.where(eq(cases.id, caseId));
	const both = await lockCases(tx, [caseId, before?.intoId ?? caseId]);
	const part = both.find(({ id }) => id === caseId);
	if (!part) throw notFound();
	return { part, leader: both.find(({ id }) => id === part.mergedIntoId) };
}

/** One part goes, by somebody or by itself. Answers both cases as they stand then. */
export async function letGo(
	tx: Db,
	{ part, leader }: { part: Case; leader: Case },
	by: {
		actorId: string | null;
		actorRole: string;
		deedId: string;
		words?: string;
		silent?: boolean;
	},
	now: Date
): Promise<{ after: Case; left: Case }> {
	const [joining] = await tx
		.select({ stateFrom: caseEvents.stateFrom })
		.from(caseEvents)
		.where(and(eq(caseEvents.caseId, part.id), eq(caseEvents.kind, 'job_joined')))
		.orderBy(desc(caseEvents.seq))
		.limit(1);
	const after = await appendEvent(tx, part, {
		...by,
		kind: 'job_left',
		at: now,
		visibility: 'public',
		stateTo: joining.stateFrom,
		facts: { fromId: leader.id }
	});
	return { after, left: await countOut(tx, leader, by, now) };
}

/** The job is one part smaller; without any it is none. */
export async function countOut(
	tx: Db,
	leader: Case,
	by: { actorId: string | null; actorRole: string; deedId: string; silent?: boolean },
	now: Date
): Promise<Case> {
	const { actorId, actorRole, deedId, silent } = by;
	const left = await appendEvent(tx, leader, {
		actorId,
		actorRole,
		deedId,
		silent,
		kind: 'job_lost',
		at: now,
		visibility: 'public',
		facts: { count: 1 }
	});
	if (left.parts === 0)
		await tx
			.update(caseJobs)
			.set({ endedAt: now })
			.where(and(eq(caseJobs.caseId, leader.id), isNull(caseJobs.endedAt)));
	return left;
}
