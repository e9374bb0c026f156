import { and, eq, inArray, isNull, ne, type SQL } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { appendEvent, lockCase } from '../../cases/server/index.ts';
import { cases } from '../../cases/server/schema.ts';
import { can, type Actor } from '../../identity/permissions.ts';
import { issues } from '../../issues/server/schema.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { appendToCommitment, eventOfDeed, lockCommitment, type Commitment } from './events.ts';
import { adoptFollowers } from './follow.ts';
import { commitmentIssues, commitments } from './schema.ts';

const mostAtOnce = 100;

/**
 * Says that a promise answers these issues and suggestions too. Their followers follow the promise
 * from now on, and each issue's own page says so.
 * @throws Refusal 404 for an issue that is hidden, private or out of reach.
 */
export async function linkIssues(
	db: Db,
	actor: Actor,
	facts: { commitmentId: string; issueIds: string[]; deedId: string },
	now = new Date()
) {
	await db.transaction(async (tx) => {
		const commitment = await lockCommitment(tx, actor, facts.commitmentId, now);
		if (await eventOfDeed(tx, commitment.id, facts.deedId)) return;
		const linked = await linkInside(tx, actor, commitment, facts.issueIds, now);
		if (!linked) return;

		const version = commitment.version + 1;
		await appendToCommitment(tx, actor, commitment, version, {
			kind: 'linked',
			deedId: facts.deedId,
			facts: { count: linked },
			at: now
		});
		await tx.update(commitments).set({ version }).where(eq(commitments.id, commitment.id));
		await record(
			tx,
			actor,
			{
				municipalityId: commitment.municipalityId,
				deed: 'commitment.linked',
				thing: 'commitment',
				thingId: commitment.id,
				details: { issues: linked }
			},
			now
		);
	});
}

/** Links inside the caller's transaction; answers how many are new. */
export async function linkInside(
	tx: Db,
	actor: Actor,
	commitment: Commitment,
	issueIds: string[],
	now: Date
): Promise<number> {
	const wanted = [...new Set(issueIds)];
	if (!wanted.length) return 0;
	if (wanted.length > mostAtOnce)
		throw new Refusal(400, `Link at most ${mostAtOnce} issues at once.`, 'issue');

	const found = await publicIssues(tx, commitment.municipalityId, inArray(issues.id, wanted));
	if (found.length < wanted.length) throw notFound();
	for (const issue of found) if (!mayLink(actor, issue)) throw notFound();

	const fresh = await tx
		.insert(commitmentIssues)
		.values(
			found.map(({ issueId }) => ({
				municipalityId: commitment.municipalityId,
				commitmentId: commitment.id,
				issueId
			}))
		)
		.onConflictDoNothing()
		.returning({ issueId: commitmentIssues.issueId });
	const linked = found.filter(({ issueId }) => fresh.some((each) => each.issueId === issueId));
	for (const { caseId } of linked) {
		const kase = await lockCase(tx, caseId);
		await appendEvent(tx, kase, {
			kind: 'commitment_linked',
			actorId: actor.id,
			actorRole: commitment.promisedAs,
			at: now,
			visibility: 'public',
			facts: { commitmentId: commitment.id, number: commitment.number }
		});
	}
	await adoptFollowers(
		tx,
		commitment,
		linked.map(({ issueId }) => issueId),
		now
	);
	return linked.length;
}

/** A promise is public, so what it answers must be public too. */
const publicIssues = (tx: Db, municipalityId: string, which: SQL) =>
	tx
		.select({
			issueId: issues.id,
			reference: issues.reference,
			title: issues.title,
			kind: issues.kind,
			caseId: cases.id,
			municipalityId: issues.municipalityId,
			wardCode: cases.wardCode,
			currentWardCode: cases.currentWardCode,
			departmentId: cases.departmentId
		})
		.from(issues)
		.innerJoin(cases, eq(cases.subjectId, issues.id))
		.where(
			and(
				eq(issues.municipalityId, municipalityId),
				which,
				eq(issues.hidden, false),
				eq(issues.private, false),
				eq(cases.hidden, false),
				eq(cases.private, false),
				ne(cases.state, 'submitted'),
				isNull(issues.erasedAt)
			)
		)
		.orderBy(cases.id);

type Linkable = Awaited<ReturnType<typeof publicIssues>>[number];

const mayLink = (actor: Actor, issue: Linkable) =>
	can(actor, 'commitment.make', {
		municipalityId: issue.municipalityId,
		wardCodes: [issue.wardCode, issue.currentWardCode],
		departmentId: issue.departmentId
	});

/** The public issues behind these references that this person may link, in the order given. Others are left out. */
export async function issueIdsOf(
	db: Db,
	actor: Actor,
	municipalityId: string,
	references: string[]
) {
	if (!references.length) return [];
	const found = await publicIssues(db, municipalityId, inArray(issues.reference, references));
	const linkable = found.filter((issue) => mayLink(actor, issue));
	return references.flatMap((reference) =>
		linkable
			.filter((each) => each.reference === reference)
			.map(({ issueId, title, kind }) => ({ id: issueId, reference, title, kind }))
	);
}
