import { municipalityById } from '../../identity/server/index.ts';
import type { Db } from '../../platform/server/db.ts';
import { followersOf, followersOfAll, type Following, type Subject } from './follow.ts';
import { knowRecipients } from './recipients.ts';
import { draft, draftFree, post, type Said } from './send.ts';

export interface News extends Said {
	subject: Subject;
	/** Names the deed: the same deed told twice is told once. */
	dedupe: string;
	/** Whoever did it knows already. */
	exceptPersonId?: string | null;
	/** Only these followers: private answers go to the reporter alone. */
	because?: Array<Following['because']>;
	/** Other subjects that belong to the same work: whoever follows several hears of it once. */
	alsoSubjectIds?: string[];
	/** What else fills the words for this follower. */
	factsFor?: (follower: Following) => Said['facts'];
	/** Where this follower is led instead of `path`: a link that lets them answer. */
	pathFor?: (follower: Following) => string | undefined;
}

const chunk = 500;

/**
 * Tells everyone who follows something what just happened to it: one message each, over their own
 * channel, in their own language, after their quiet hours, unless they opted out.
 * Answers with how many messages were written.
 */
export async function tellFollowers(db: Db, news: News, now = new Date()): Promise<number> {
	return await db.transaction(async (tx) => {
		const municipality = await municipalityById(tx, news.municipalityId);
		if (!municipality) return 0;
		const followers = (await everyone(tx, news)).filter(
			({ personId, because }) =>
				(!news.exceptPersonId || personId !== news.exceptPersonId) &&
				(!news.because || news.because.includes(because))
		);

		let told = 0;
		for (let at = 0; at < followers.length; at += chunk) {
			const some = followers.slice(at, at + chunk);
			const know = await knowRecipients(tx, some, now);
			const key = (channel: string, to: string) => `${news.dedupe}/${channel}/${to}`;
			const drafts = some.flatMap((each) => {
				const row = draft(municipality, ledTo(news, each), each, know(each), key, now);
				return 'skipped' in row ? [] : [{ row, each }];
			});
			const free = new Map(drafts.map(({ row, each }) => [row.id, each]));
			const rows = drafts.map(({ row }) => row);
			const posted = await post(tx, municipality, rows, now, ({ id }) => {
				const each = free.get(id)!;
				return draftFree(municipality, ledTo(news, each), each, know(each), key, now);
			});
			told += posted.ids.length;
		}
		return told;
	});
}

/** Whoever follows any of the subjects, each person, contact and phone once a channel. */
async function everyone(tx: Db, news: News): Promise<Following[]> {
	const subjectIds = [news.subjectId, ...(news.alsoSubjectIds ?? [])];
	if (subjectIds.length === 1) return followersOf(tx, news);
	const all = await followersOfAll(tx, { ...news, subjectIds });
	const weight = ({ subjectId, because }: Following) =>
		(because === 'reported' ? 0 : 2) + (subjectId === news.subjectId ? 0 : 1);
	const whoHears = ({ personId, contactPointId, pushSubscriptionId, channel }: Following) =>
		`${personId} ${contactPointId} ${pushSubscriptionId} ${channel}`;
	const first = new Map<string, Following>();
	for (const each of all.sort((a, b) => weight(a) - weight(b)))
		if (!first.has(whoHears(each))) first.set(whoHears(each), each);
	return [...first.values()];
}

const ledTo = (news: News, follower: Following): News => ({
	...news,
	facts: { ...news.facts, ...news.factsFor?.(follower) },
	path: news.pathFor?.(follower) ?? news.path
});
