import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { newId } from '../../platform/ids.ts';
import type { Db } from '../../platform/server/db.ts';
import type { ChannelName } from '../channel.ts';
import { followings } from './schema.ts';

export type Following = typeof followings.$inferSelect;
export type Subject = Following['subject'];

/** Who follows: a person, a bare contact, or a phone that allowed pushes. */
export interface Follower {
	personId?: string | null;
	contactPointId?: string | null;
	pushSubscriptionId?: string | null;
}

export interface NewFollowing extends Follower {
	municipalityId: string;
	subject: Subject;
	/** The id of the issue or commitment, or the ward code. */
	subjectId: string;
	channel: ChannelName;
	language?: string;
	because: Following['because'];
}

/** Follows something, or follows it again. Doing it twice is doing it once. Answers with the following's id. */
export const follow = async (tx: Db, facts: NewFollowing, now = new Date()): Promise<string> =>
	(await followAll(tx, [facts], now))[0];

/** The same for several at once; none may stand among them twice. Answers with their ids. */
export async function followAll(tx: Db, all: NewFollowing[], now: Date): Promise<string[]> {
	if (!all.length) return [];
	const followed = await tx
		.insert(followings)
		.values(
			all.map((facts) => ({
				...{ personId: null, contactPointId: null, pushSubscriptionId: null, language: 'en' },
				...facts,
				id: newId(now),
				since: now
			}))
		)
		.onConflictDoUpdate({
			target: [
				followings.subject,
				followings.subjectId,
				followings.personId,
				followings.contactPointId,
				followings.pushSubscriptionId,
				followings.channel
			],
			set: { endedAt: null, language: sql`excluded.language` }
		})
		.returning({ id: followings.id });
	return followed.map(({ id }) => id);
}

const by = ({ personId, contactPointId, pushSubscriptionId }: Follower) => {
	if (personId) return eq(followings.personId, personId);
	if (contactPointId) return eq(followings.contactPointId, contactPointId);
	if (pushSubscriptionId) return eq(followings.pushSubscriptionId, pushSubscriptionId);
	throw new Error('A follower is a person, a contact or a device');
};

/** Stops following, by every channel. Answers with how many followings ended. */
export async function unfollow(
	tx: Db,
	facts: Follower & { subject: Subject; subjectId: string },
	now = new Date()
): Promise<number> {
	const ended = await tx
		.update(followings)
		.set({ endedAt: now })
		.where(
			and(
				eq(followings.subject, facts.subject),
				eq(followings.subjectId, facts.subjectId),
				by(facts),
				isNull(followings.endedAt)
			)
		)
		.returning({ id: followings.id });
	return ended.length;
}

/** Everyone who follows one thing now. */
export const followersOf = (
	db: Db,
	{
		municipalityId,
		subject,
		subjectId
	}: Pick<NewFollowing, 'municipalityId' | 'subject' | 'subjectId'>
): Promise<Following[]> =>
	db
		.select()
		.from(followings)
		.where(
			and(
				eq(followings.municipalityId, municipalityId),
				eq(followings.subject, subject),
				eq(followings.subjectId, subjectId),
				isNull(followings.endedAt)
			)
		);

/** Everyone who follows any of some things now. */
export const followersOfAll = (
	db: Db,
	{
		municipalityId,
		subject,
		subjectIds
	}: Pick<NewFollowing, 'municipalityId' | 'subject'> & { subjectIds: string[] }
): Promise<Following[]> =>
	db
		.select()
		.from(followings)
		.where(
			and(
				eq(followings.municipalityId, municipalityId),
				eq(followings.subject, subject),
				inArray(followings.subjectId, subjectIds),
				isNull(followings.endedAt)
			)
		);

/** What somebody follows now, in the order they began to. */
export const followedBy = (db: Db, follower: Follower): Promise<Following[]> =>
	db
		.select()
		.from(followings)
		.where(and(by(follower), isNull(followings.endedAt)))
		.orderBy(followings.since);

/** Whether somebody follows this now. */
export async function isFollowing(
	db: Db,
	facts: Follower & { subject: Subject; subjectId: string }
): Promise<boolean> {
	const found = await db
		.select({ id: followings.id })
		.from(followings)
		.where(
			and(
				eq(followings.subject, facts.subject),
				eq(followings.subjectId, facts.subjectId),
				by(facts),
				isNull(followings.endedAt)
			)
		)
		.limit(1);
	return found.length > 0;
}
