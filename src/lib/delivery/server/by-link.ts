import { and, eq, isNull } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { municipalityById, proveContact } from '../../identity/server/index.ts';
import { contactPoints } from '../../identity/server/schema.ts';
import { m } from '../../i18n/index.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import { later } from '../../platform/time.ts';
import { linkDeedLife } from '../rules.ts';
import type { Db } from '../../platform/server/db.ts';
import { isFollowing, unfollow, type Follower, type Subject } from './follow.ts';
import { readMessageToken } from './links.ts';
import { changeSettings, settingsOf, type Holder, type Settings } from './preferences.ts';
import { followings, messages } from './schema.ts';

type Message = typeof messages.$inferSelect;

/** The message a link belongs to. A link that we did not make, or whose message is gone, is 404. */
async function messageOf(db: Db, token: string): Promise<Message> {
	const id = readMessageToken(token);
	const [found] = id ? await db.select().from(messages).where(eq(messages.id, id)) : [];
	if (!found) throw notFound();
	return found;
}

/** The same for a deed that is not stopping: old messages lie about in phones that were passed on. */
async function youngMessageOf(db: Db, token: string, now: Date): Promise<Message> {
	const message = await messageOf(db, token);
	if (isOld(message, now)) throw new Refusal(409, m.messages_too_old());
	return message;
}

const isOld = ({ createdAt }: Message, now: Date) => later(createdAt, linkDeedLife) <= now;

const subjects: readonly string[] = [
	'issue',
	'commitment',
	'ward',
	'topic',
	'outage'
] satisfies Subject[];
const isSubject = (subject: string): subject is Subject => subjects.includes(subject);

/** A device has no wishes of its own: it only follows or does not. */
const holderOf = ({ personId, contactPointId }: Message): Holder | null =>
	personId ? { personId } : contactPointId ? { contactPointId } : null;

/** Everyone this message can have reached: the person, or the bare contact, or the device. */
const followersIn = ({ personId, contactPointId, pushSubscriptionId }: Message): Follower[] =>
	[{ personId }, { contactPointId }, { pushSubscriptionId }].filter((each) =>
		Object.values(each).some(Boolean)
	);

/** What the page behind a message's link shows: no words of anybody, for links are passed on. */
export async function settingsByLink(db: Db, token: string, now = new Date()) {
	const message = await messageOf(db, token);
	const holder = holderOf(message);
	const municipality = await municipalityById(db, message.municipalityId);
	return {
		title: message.title,
		channel: message.channel,
		subject: message.subject,
		path: message.path,
		language: message.language,
		municipality: municipality?.name ?? '',
		follows: await follows(db, message),
		settings: holder ? await settingsOf(db, holder) : null,
		kind: kindOf(message),
		old: isOld(message, now),
		confirmed: await isConfirmed(db, message)
	};
}

async function follows(db: Db, message: Message): Promise<boolean> {
	const { subject, subjectId } = message;
	if (!isSubject(subject)) return false;
	for (const who of followersIn(message))
		if (await isFollowing(db, { subject, subjectId, ...who })) return true;
	return false;
}

async function isConfirmed(db: Db, { contactPointId }: Message): Promise<boolean> {
	if (!contactPointId) return true;
	const [contact] = await db
		.select({ verifiedAt: contactPoints.verifiedAt })
		.from(contactPoints)
		.where(eq(contactPoints.id, contactPointId));
	return contact?.verifiedAt !== null;
}

const kindOf = ({ channel, subject }: Message) => `${channel}:${subject}`;

const note = (tx: Db, message: Message, deed: string, now: Date) =>
	record(
		tx,
		message.personId ? { id: message.personId } : null,
		{ municipalityId: message.municipalityId, deed, thing: 'message', thingId: message.id },
		now
	);

/** Ends following what this message was about. Doing it again changes nothing. */
export async function stopByLink(db: Db, token: string, now = new Date()) {
	await db.transaction(async (tx) => {
		const message = await messageOf(tx, token);
		const { subject, subjectId } = message;
		// What nobody follows is a kind of message of its own: a digest, an answer.
		if (!isSubject(subject)) return await optOut(tx, message, now);
		for (const who of followersIn(message)) await unfollow(tx, { subject, subjectId, ...who }, now);
		await note(tx, message, 'messages.stopped', now);
	});
}

/** Ends everything of this kind over this channel. */
export async function stopKindByLink(db: Db, token: string, now = new Date()) {
	await db.transaction(async (tx) => optOut(tx, await messageOf(tx, token), now));
}

async function optOut(tx: Db, message: Message, now: Date) {
	const holder = holderOf(message);
	if (!holder) {
		const device = message.pushSubscriptionId;
		if (device)
			await tx
				.update(followings)
				.set({ endedAt: now })
				.where(and(eq(followings.pushSubscriptionId, device), isNull(followings.endedAt)));
	} else {
		const { optedOut } = await settingsOf(tx, holder);
		await changeSettings(
			tx,
			holder,
			{ optedOut: [...new Set([...optedOut, kindOf(message)])] },
			now
		);
	}
	await note(tx, message, 'messages.kind_stopped', now);
}

/** Takes both back: follows it again, and hears again of this kind. */
export async function resumeByLink(db: Db, token: string, now = new Date()) {
	await db.transaction(async (tx) => {
		const message = await youngMessageOf(tx, token, now);
		const holder = holderOf(message);
		if (holder) {
			const { optedOut } = await settingsOf(tx, holder);
			const kept = optedOut.filter(
				(each) => ![kindOf(message), message.channel, message.subject, '*'].includes(each)
			);
			await changeSettings(tx, holder, { optedOut: kept }, now);
		}
		for (const who of followersIn(message))
			await tx
				.update(followings)
				.set({ endedAt: null })
				.where(
					and(
						eq(followings.subjectId, message.subjectId),
						who.personId
							? eq(followings.personId, who.personId)
							: who.contactPointId
								? eq(followings.contactPointId, who.contactPointId)
								: eq(followings.pushSubscriptionId, who.pushSubscriptionId!)
					)
				);
		await note(tx, message, 'messages.resumed', now);
	});
}

/** Changes language or quiet hours of whoever the message went to. */
export async function changeByLink(
	db: Db,
	token: string,
	wishes: Pick<Settings, 'language' | 'quiet'>,
	now = new Date()
) {
	await db.transaction(async (tx) => {
		const message = await youngMessageOf(tx, token, now);
		const holder = holderOf(message);
		if (!holder) throw notFound();
		await changeSettings(tx, holder, wishes, now);
		await note(tx, message, 'messages.settings', now);
	});
}

/**
 * Confirms the contact a message went to: only who reads its messages has the link. From here on it
 * is told what happens next.
 */
export async function verifyContact(db: Db, token: string, now = new Date()) {
	await db.transaction(async (tx) => {
		const message = await youngMessageOf(tx, token, now);
		if (!message.contactPointId) throw notFound();
		if (await isConfirmed(tx, message)) return;
		await proveContact(tx, { contactPointId: message.contactPointId }, now);
		await note(tx, message, 'contact.verified', now);
	});
}
