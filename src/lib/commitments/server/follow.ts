import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { askToConfirm, follow, unfollow } from '../../delivery/server/index.ts';
import { followings } from '../../delivery/server/schema.ts';
import type { Actor } from '../../identity/permissions.ts';
import { contactOf } from '../../issues/server/index.ts';
import { newId } from '../../platform/ids.ts';
import { notFound } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { commitmentNumber } from '../rules.ts';
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

export interface PromiseFollow {
	municipalityId: string;
	number: number;
	follow: boolean;
}

/** Starts or ends hearing of a promise, inside the product; other channels follow the person's own settings. */
export const followCommitment = (
	db: Db,
	actor: Actor,
	facts: PromiseFollow,
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		const commitment = await lockNumber(tx, facts);
		const { id: personId, language } = actor;
		if (facts.follow)
			await follow(tx, { ...about(commitment), personId, channel: 'inbox', language }, now);
		else await unfollow(tx, { ...about(commitment), personId }, now);
		await countFollowers(tx, commitment.id);
	});

/**
 * Hears of a promise at a phone number or e-mail address, without an account. One that nobody proved
 * yet is asked first; every message carries its own way to stop.
 * @throws Refusal 404 for no such promise, 400 for a contact that is none
 */
export const followCommitmentAt = (
	db: Db,
	facts: Omit<PromiseFollow, 'follow'> & { contact: string; language?: string },
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		const commitment = await lockNumber(tx, facts);
		const { language } = facts;
		const contact = await contactOf(tx, facts.contact, now);
		await follow(tx, { ...about(commitment), ...contact, language }, now);
		await askToConfirm(
			tx,
			{
				...about(commitment),
				contactPointId: contact.contactPointId,
				what: commitment.what,
				language,
				path: `/commitments/${commitmentNumber(commitment.number)}`
			},
			now
		);
		await countFollowers(tx, commitment.id);
		const { municipalityId, id: thingId } = commitment;
		await record(
			tx,
			null,
			{ municipalityId, deed: 'commitment.followed', thing: 'commitment', thingId },
			now
		);
	});

const about = ({ id, municipalityId }: Commitment) => ({
	municipalityId,
	subject: 'commitment' as const,
	subjectId: id,
	because: 'asked' as const
});

async function lockNumber(
	tx: Db,
	{ municipalityId, number }: Pick<PromiseFollow, 'municipalityId' | 'number'>
) {
	const [commitment] = await tx
		.select()
		.from(commitments)
		.where(and(eq(commitments.municipalityId, municipalityId), eq(commitments.number, number)))
		.for('update');
	if (!commitment) throw notFound();
	return commitment;
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
