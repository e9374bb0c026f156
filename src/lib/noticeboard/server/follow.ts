import { and, eq, inArray, isNull } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { askToConfirm, follow, unfollow } from '../../delivery/server/index.ts';
import { followings } from '../../delivery/server/schema.ts';
import { wardsOf } from '../../geography/server/index.ts';
import { m } from '../../i18n/index.ts';
import type { Asker } from '../../identity/asker.ts';
import type { Actor } from '../../identity/permissions.ts';
import {
	keepContact,
	ownWards,
	readContact,
	spend,
	type Budget
} from '../../identity/server/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { hours } from '../../platform/time.ts';
import { readTopics } from '../rules.ts';
import { topics, topicSubject } from '../topics.ts';

export interface NewsFollow {
	municipalityId: string;
	wardCodes: string[];
	topics: string[];
	/** A phone number or e-mail address, when nobody is signed in. */
	contact?: string;
	language?: string;
}

/** Follows done without an account: per phone or browser, and per network. */
const perDevice: Budget = { points: 10, window: hours(24) };
const perNetwork: Budget = { points: 60, window: hours(24) };
const perContact: Budget = { points: 5, window: hours(24) };

const mostWards = 10;

type Wish = { subject: 'ward' | 'topic'; subjectId: string };

/**
 * "Tell me the news of my ward, and about water." For whoever is signed in it sets exactly what was
 * chosen, beside the wards they watch in their account; a bare number or address only adds, is asked first when nobody proved it, and can stop from
 * every message.
 * @throws Refusal 400 naming the field, 429 when it is too much
 */
export const followNews = (
	db: Db,
	asker: Asker,
	facts: NewsFollow,
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		const wishes = await readWishes(tx, facts, now);
		const { municipalityId } = facts;
		if (asker.actor) await setWishes(tx, asker.actor, municipalityId, wishes, now);
		else await addWishes(tx, asker, facts, wishes, now);
		await record(
			tx,
			asker.actor,
			{
				municipalityId,
				deed: 'news.followed',
				thing: 'municipality',
				thingId: municipalityId
			},
			now
		);
	});

async function readWishes(tx: Db, facts: NewsFollow, now: Date): Promise<Wish[]> {
	const { municipalityId } = facts;
	const wardCodes = [...new Set(facts.wardCodes.filter(Boolean))];
	const known = wardCodes.length ? await wardsOf(tx, municipalityId, now) : [];
	if (wardCodes.some((each) => !known.some(({ code }) => code === each)))
		throw new Refusal(400, m.news_follow_no_ward(), 'ward');
	if (wardCodes.length > mostWards)
		throw new Refusal(400, m.news_follow_too_many({ n: mostWards }), 'ward');
	return [
		...wardCodes.map((subjectId) => ({ subject: 'ward' as const, subjectId })),
		...readTopics(facts.topics).map((topic) => ({
			subject: 'topic' as const,
			subjectId: topicSubject(municipalityId, topic)
		}))
	];
}

async function setWishes(tx: Db, actor: Actor, municipalityId: string, wishes: Wish[], now: Date) {
	const { id: personId, language } = actor;
	const known = await followedNews(tx, personId, municipalityId);
	const wanted = new Set(wishes.map(({ subjectId }) => subjectId));
	const watched = await ownWards(tx, personId);
	const isWatched = (code: string) => watched.some(({ wardCode }) => wardCode === code);
	for (const { subject, subjectId } of known)
		if (!wanted.has(subjectId) && !isWatched(subjectId))
			await unfollow(tx, { subject, subjectId, personId }, now);
	for (const wish of wishes)
		await follow(
			tx,
			{ ...wish, municipalityId, personId, channel: 'inbox', language, because: 'asked' },
			now
		);
}

async function addWishes(tx: Db, asker: Asker, facts: NewsFollow, wishes: Wish[], now: Date) {
	const { municipalityId, language } = facts;
	if (!wishes.length) throw new Refusal(400, m.news_follow_nothing(), 'topics');
	const contact = readContact(facts.contact?.trim() ?? '');
	if (!contact) throw new Refusal(400, m.news_follow_no_contact(), 'contact');
	if (contact.kind === 'phone' && !contact.sms)
		throw new Refusal(400, m.news_follow_no_sms(), 'contact');
	const { id: contactPointId } = await keepContact(tx, contact, now);
	await holdBack(tx, asker, contactPointId, now);
	const channel = contact.kind === 'phone' ? ('sms' as const) : ('email' as const);
	for (const wish of wishes)
		await follow(
			tx,
			{ ...wish, municipalityId, contactPointId, channel, language, because: 'asked' },
			now
		);
	await askToConfirm(
		tx,
		{
			...wishes[0],
			municipalityId,
			contactPointId,
			what: m.news_title(),
			language,
			path: '/news'
		},
		now
	);
}

async function holdBack(tx: Db, { device, network }: Asker, contactPointId: string, now: Date) {
	const spent = [
		await spend(tx, `follow-news/device/${device}`, perDevice, now),
		network ? await spend(tx, `follow-news/network/${network}`, perNetwork, now) : null,
		await spend(tx, `follow-news/contact/${contactPointId}`, perContact, now)
	];
	if (spent.some(Boolean)) throw new Refusal(429, m.news_follow_too_often(), 'contact');
}

/** The wards and topics whose news somebody follows here. */
export const followedNews = (db: Db, personId: string, municipalityId: string) =>
	db
		.select({ subject: followings.subject, subjectId: followings.subjectId })
		.from(followings)
		.where(
			and(
				eq(followings.personId, personId),
				eq(followings.municipalityId, municipalityId),
				inArray(followings.subject, ['ward', 'topic']),
				isNull(followings.endedAt)
			)
		);

/** The same as a form shows it: wards, and topics. */
export async function newsWishes(db: Db, personId: string, municipalityId: string) {
	const known = await followedNews(db, personId, municipalityId);
	return {
		wardCodes: known.filter(({ subject }) => subject === 'ward').map((each) => each.subjectId),
		topics: topics.filter((topic) =>
			known.some(({ subjectId }) => subjectId === topicSubject(municipalityId, topic))
		)
	};
}
