import { and, eq, isNull, lte, ne, or, sql } from 'drizzle-orm';
import { contactValue, municipalityById } from '../../identity/server/index.ts';
import { contactPoints } from '../../identity/server/schema.ts';
import { later, minutes } from '../../platform/time.ts';
import { insist } from '../../platform/server/insist.ts';
import { unseal } from '../../platform/server/keys.ts';
import { log } from '../../platform/server/log.ts';
import type { Db } from '../../platform/server/db.ts';
import { TryLater, type Answer, type Channels, type Parcel } from '../channel.ts';
import { patienceOf } from '../fallback.ts';
import { nextTry } from '../rules.ts';
import { kindOf, isTemplate } from '../templates.ts';
import { mustConceal, withoutWords } from './conceal.ts';
import { blank, farewellAddress } from './farewell.ts';
import { sendInstead } from './instead.ts';
import { moveOn } from './move-on.ts';
import { enqueueDelivery } from './queues.ts';
import { messageToken, originOf } from './links.ts';
import { subscriptionsFor } from './push.ts';
import { forgetSubscriptions } from './push/leave.ts';
import { topicOf } from './push/payload.ts';
import { messages } from './schema.ts';

type Message = typeof messages.$inferSelect;

/** How long one process may keep a message in hand before another one takes it over. */
const lease = minutes(5);

const free = (now: Date) =>
	and(
		isNull(messages.outcome),
		ne(messages.channel, 'inbox'),
		or(isNull(messages.claimedUntil), lte(messages.claimedUntil, now)),
		or(isNull(messages.notBefore), lte(messages.notBefore, now))
	);

/** Takes one message in hand, unless somebody has it, it is done, or its time has not come. */
async function claim(db: Db, messageId: string, now: Date): Promise<Message | undefined> {
	const [claimed] = await db
		.update(messages)
		.set({ claimedUntil: later(now, lease), tries: sql`${messages.tries} + 1` })
		.where(and(eq(messages.id, messageId), free(now)))
		.returning();
	return claimed;
}

interface Destination {
	to: string;
	/** Called when the channel says this address exists no more. */
	forget(db: Db, now: Date): Promise<unknown>;
}

async function destinationsOf(db: Db, message: Message): Promise<Destination[]> {
	if (message.channel === 'web_push')
		return (await subscriptionsFor(db, message)).map(({ id, subscription }) => ({
			to: JSON.stringify(subscription),
			forget: (tx, now) => forgetSubscriptions(tx, [id], now)
		}));

	const last = farewellAddress(message);
	if (last) return [{ to: last, forget: async () => {} }];

	const { contactPointId } = message;
	const contact = contactPointId ? await contactValue(db, contactPointId) : null;
	if (!contact || !contactPointId) return [];
	return [{ to: contact.value, forget: (tx, now) => markBounced(tx, contactPointId, now) }];
}

const markBounced = (tx: Db, contactPointId: string, now: Date) =>
	tx.update(contactPoints).set({ bouncedAt: now }).where(eq(contactPoints.id, contactPointId));

async function parcelFor(db: Db, message: Message): Promise<Omit<Parcel, 'to'>> {
	const municipality = await municipalityById(db, message.municipalityId);
	const origin = municipality ? originOf(municipality) : '';
	const kind = isTemplate(message.template) ? kindOf(message.template) : 'service';
	const code = kind === 'code';
	// A code or a receipt is asked for this minute, and worth nothing without its words.
	const concealed = kind === 'service' && (await mustConceal(db, message));
	const parcel = {
		messageId: message.id,
		title: message.title,
		text: message.textSealed ? unseal('message', message.textSealed, message.id) : '',
		language: message.language,
		urgency: message.urgency,
		url: origin + message.path,
		unsubscribe:
			code || message.addressSealed ? null : `${origin}/messages/${messageToken(message.id)}`,
		from: municipality?.name ?? 'Imbizo',
		topic: topicOf(message.subject, message.subjectId, message.urgency),
		concealed
	};
	return concealed && message.channel !== 'web_push' ? withoutWords(parcel) : parcel;
}

type Result = Answer | { again: TryLater };

async function handOver(channels: Channels, message: Message, parcel: Parcel): Promise<Result> {
	try {
		return await channels[message.channel].send(parcel);
	} catch (reason) {
		if (reason instanceof TryLater) return { again: reason };
		log.warn({ channel: message.channel, id: message.id, err: reason }, 'channel fault');
		return { again: new TryLater('fault') };
	}
}

/** What several devices answered, as one outcome: reaching one of them is reaching the person. */
function together(results: Result[]): Result {
	const answers = results.filter((each) => 'outcome' in each);
	return (
		answers.find(({ outcome }) => outcome === 'accepted' || outcome === 'delivered') ??
		results.find((each) => 'again' in each) ??
		answers.find(({ outcome }) => outcome === 'failed') ??
		answers[0] ?? { outcome: 'gone', fault: 'no_address' }
	);
}

/**
 * Delivers one message, however often it is asked to. The gateway is called outside of any
 * transaction; what it said is written down afterwards, and insisted on: a message that was taken is
 * not sent again because the database was away for a second.
 */
export async function deliver(db: Db, messageId: string, channels: Channels, now = new Date()) {
	const message = await claim(db, messageId, now);
	if (!message) return;

	const { parcel, destinations } = await prepare(db, message);
	const results: Result[] = [];
	const gone: Destination[] = [];
	for (const destination of destinations) {
		const { to } = destination;
		const result = await handOver(channels, message, { ...parcel, to });
		if ('outcome' in result && result.outcome === 'gone') gone.push(destination);
		results.push(result);
	}
	await insist(() => settle(db, message, together(results), now));
	for (const { forget } of gone) await insist(() => forget(db, now));
}

/** What is sent and where to; when that cannot be found out, the message is free again at once. */
async function prepare(db: Db, message: Message) {
	try {
		return {
			parcel: await parcelFor(db, message),
			destinations: await destinationsOf(db, message)
		};
	} catch (reason) {
		await insist(() => release(db, message));
		throw reason;
	}
}

const release = (db: Db, { id, tries }: Message) =>
	db
		.update(messages)
		.set({ claimedUntil: null, tries: tries - 1 })
		.where(eq(messages.id, id));

async function settle(db: Db, message: Message, result: Result, now: Date) {
	if ('outcome' in result) return await finish(db, message, result, now);

	const { again } = result;
	const next = nextTry(message.tries, now, again.seconds);
	if (!next) return await finish(db, message, { outcome: 'failed', fault: again.message }, now);
	await db.transaction(async (tx) => {
		await tx
			.update(messages)
			.set({ claimedUntil: null, notBefore: next, fault: again.message })
			.where(and(eq(messages.id, message.id), isNull(messages.outcome)));
		await enqueueDelivery(tx, { ...message, notBefore: next });
		if (message.tries === patienceOf[message.urgency]) await sendInstead(tx, message, now);
	});
}

async function finish(db: Db, message: Message, answer: Answer, now: Date) {
	await db.transaction(async (tx) => {
		await moveOn(tx, message.id, answer.outcome, now, {
			gatewayRef: answer.gatewayRef ?? null,
			way: answer.way ?? null,
			fault: answer.fault ?? null,
			claimedUntil: null,
			...(message.addressSealed && blank)
		});
	});
}

/** Queues again what is due and in nobody's hand: after quiet hours, a crash, or a lost job. */
export async function wakeMessages(db: Db, now = new Date()) {
	const due = await db
		.select({ id: messages.id, channel: messages.channel })
		.from(messages)
		.where(
			and(
				free(now),
				or(lte(messages.createdAt, later(now, -minutes(10))), lte(messages.notBefore, now))
			)
		)
		.limit(500);
	await db.transaction(async (tx) => {
		for (const message of due) await enqueueDelivery(tx, { ...message, notBefore: null });
	});
}
