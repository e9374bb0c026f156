import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { follow, unfollow } from '../../delivery/server/index.ts';
import { followings } from '../../delivery/server/schema.ts';
import type { Actor } from '../../identity/permissions.ts';
import { newId } from '../../platform/ids.ts';
import { notFound } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import type { Commitment } from './events.ts';
import { commitments } from './schema.ts';

/** Whoever follows an issue hears of the promise that answers it, by the way they chose there. */
export async function adoptFollowers(
	tx: Db,
	{ id, municipalityId }: Pick<Commitment, 'id' | 'municipalityId'>,
	issueIds: string[],
	now: Date
) {
	if (!issueIds.length) return;
	const following = await tx
		.select()
		.from(followings)
		.where(
			and(
				eq(followings.subject, 'issue'),
				inArray(followings.subjectId, issueIds),
				isNull(followings.endedAt)
			)
		);
	if (following.length)
		await tx
			.insert(followings)
			.values(
				following.map((each) => ({
					...each,
					id: newId(now),
					municipalityId,
					subject: 'commitment' as const,
					subjectId: id,
					since: now
				}))
			)
			.onConflictDoNothing();
	await countFollowers(tx, id);
}

/** Starts or ends hearing of a promise, inside the product; other channels follow the person's own settings. */
export async function followCommitment(
	db: Db,
	actor: Actor,
	facts: { municipalityId: string; number: number; follow: boolean },
	now = new Date()
) {
	await db.transaction(async (tx) => {
		const [commitment] = await tx
			.select()
			.from(commitments)
			.where(
				and(
					eq(commitments.municipalityId, facts.municipalityId),
					eq(commitments.number, facts.number)
				)
			)
			.for('update');
		if (!commitment) throw notFound();
		const subject = {
			subject: 'commitment' as const,
			subjectId: commitment.id,
			personId: actor.id
		};
		if (facts.follow)
			await follow(
				tx,
				{
					...subject,
					municipalityId: commitment.municipalityId,
					channel: 'inbox',
					language: actor.language,
					because: 'asked'
				},
				now
			);
		else await unfollow(tx, subject, now);
		await countFollowers(tx, commitment.id);
	});
}

/** People and bare contacts, each counted once. */
async function countFollowers(tx: Db, commitmentId: string) {
	const [{ n }] = await tx
		.select({
			n: sql<number>`count(distinct coalesce(${followings.personId}, ${followings.contactPointId}, ${followings.pushSubscriptionId}))`
		})
		.from(followings)
		.where(
			and(
				eq(followings.subject, 'commitment'),
				eq(followings.subjectId, commitmentId),
				isNull(followings.endedAt)
			)
		);
	await tx
		.update(commitments)
		.set({ followerCount: Number(n) })
		.where(eq(commitments.id, commitmentId));
}
