import { and, eq, isNull, lte, ne, or, sql } from 'drizzle-orm';
import { contactValue, municipalityById } from '../../identity/server/index.ts';
import { contactPoints } from '../../identity/server/schema.ts';
import { later, minutes } from '../../platform/time.ts';
import { unseal } from '../../platform/server/keys.ts';
import { log } from '../../platform/server/log.ts';
import type { Db } from '../../platform/server/db.ts';
import { TryLater, type Answer, type Channels, type Parcel } from '../channel.ts';
import { nextTry } from '../rules.ts';
import { kindOf, isTemplate } from '../templates.ts';
import { blank, farewellAddress } from './farewell.ts';
import { enqueueDelivery } from './jobs.ts';
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
	const code = isTemplate(message.template) && kindOf(message.template) === 'code';
	return {
		messageId: message.id,
		title: message.title,
		text: message.textSealed ? unseal('message', message.textSealed, message.id) : '',
		language: message.language,
		urgency: message.urgency,
		url: origin + message.path,
		unsubscribe:
			code || message.addressSealed ? null : `${origin}/messages/${messageToken(message.id)}`,
		from: municipality?.name ?? 'Imbizo',
		topic: topicOf(message.subject, message.subjectId, message.urgency)
	};
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
 * transaction; what it said is written down afterwards.
 */
export async function deliver(db: Db, messageId: string, channels: Channels, now = new Date()) {
	const message = await claim(db, messageId, now);
	if (!message) return;

	const parcel = await parcelFor(db, message);
	const destinations = await destinationsOf(db, message);
	const results: Result[] = [];
	for (const { to, forget } of destinations) {
		const result = await handOver(channels, message, { ...parcel, to });
		if ('outcome' in result && result.outcome === 'gone') await forget(db, now);
		results.push(result);
	}
	await settle(db, message, together(results), now);
}

async function settle(db: Db, message: Message, result: Result, now: Date) {
	if ('outcome' in result) return await finish(db, message, result, now);

	const { again } = result;
	const next = nextTry(message.tries, now, again.seconds);
	if (!next) return await finish(db, message, { outcome: 'failed', fault: again.message }, now);
	await db.transaction(async (tx) => {
		await tx
			.update(messages)
			.set({ claimedUntil: null, notBefore: next, fault: again.message })
			.where(eq(messages.id, message.id));
		await enqueueDelivery(tx, { ...message, notBefore: next });
	});
}

async function finish(
	db: Db,
	{ id, addressSealed }: Message,
	{ outcome, gatewayRef, fault }: Answer,
	now: Date
) {
	await db
		.update(messages)
		.set({
			outcome,
			outcomeAt: now,
			gatewayRef,
			fault: fault ?? null,
			claimedUntil: null,
			...(addressSealed && blank)
		})
		.where(eq(messages.id, id));
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
