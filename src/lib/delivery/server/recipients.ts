import { and, count, eq, gt, inArray, isNull, or, sql } from 'drizzle-orm';
import { chosenFirst } from '../../identity/server/index.ts';
import { contactPoints, people, personContacts } from '../../identity/server/schema.ts';
import { days, hours, later } from '../../platform/time.ts';
import type { Db } from '../../platform/server/db.ts';
import type { ChannelName } from '../channel.ts';
import { receiptTemplates } from '../templates.ts';
import { usualWishes, type Contact, type Wishes } from '../rules.ts';
import type { Follower } from './follow.ts';
import { messages, preferences, pushSubscriptions } from './schema.ts';

export interface Recipient extends Follower {
	channel: ChannelName;
	language: string;
}

/** What is known about somebody before a message goes to them. */
export interface Known {
	contact: Contact | null;
	own: Contact[];
	hasPerson: boolean;
	canPush: boolean;
	wishes: Wishes;
}

const ids = (list: Array<string | null | undefined>) =>
	[...new Set(list.filter((id) => !!id))] as string[];

/** Looks up many recipients at once: their contacts, wishes and phones. */
export async function knowRecipients(tx: Db, recipients: Recipient[], now: Date) {
	const personIds = ids(recipients.map(({ personId }) => personId));
	const namedIds = ids(recipients.map(({ contactPointId }) => contactPointId));
	const deviceIds = ids(recipients.map(({ pushSubscriptionId }) => pushSubscriptionId));

	const living = await livingPeople(tx, personIds);
	const own = await ownContacts(tx, personIds);
	const named = await namedContacts(tx, namedIds, now);
	const wishes = await wishesOf(tx, personIds, namedIds);
	const devices = await pushable(tx, personIds, deviceIds);

	return (recipient: Recipient): Known => {
		const { personId, contactPointId, pushSubscriptionId } = recipient;
		return {
			contact: contactPointId ? (named.get(contactPointId) ?? null) : null,
			own: personId ? (own.get(personId) ?? []) : [],
			hasPerson: !!personId && living.has(personId),
			canPush: devices.has(pushSubscriptionId ?? personId ?? ''),
			wishes: wishes.get(personId ?? '') ?? wishes.get(contactPointId ?? '') ?? usualWishes
		};
	};
}

async function livingPeople(tx: Db, personIds: string[]): Promise<Set<string>> {
	if (!personIds.length) return new Set();
	const found = await tx
		.select({ id: people.id })
		.from(people)
		.where(and(inArray(people.id, personIds), isNull(people.erasedAt)));
	return new Set(found.map(({ id }) => id));
}

type ContactRow = typeof contactPoints.$inferSelect;

const asContact = (row: ContactRow, { today = 0, thisHour = 0 } = {}): Contact => ({
	id: row.id,
	kind: row.kind,
	verified: row.verifiedAt !== null,
	bounced: row.bouncedAt !== null || row.valueSealed === null,
	receiptsToday: today,
	receiptsThisHour: thisHour
});

export async function ownContacts(tx: Db, personIds: string[]): Promise<Map<string, Contact[]>> {
	const own = new Map<string, Contact[]>();
	if (!personIds.length) return own;
	const found = await tx
		.select({ personId: personContacts.personId, row: contactPoints })
		.from(personContacts)
		.innerJoin(contactPoints, eq(contactPoints.id, personContacts.contactPointId))
		.where(
			and(
				inArray(personContacts.personId, personIds),
				inArray(personContacts.purpose, ['service', 'sign_in']),
				isNull(personContacts.withdrawnAt)
			)
		)
		.orderBy(...chosenFirst);
	for (const { personId, row } of found)
		own.set(personId, [...(own.get(personId) ?? []), asContact(row)]);
	return own;
}

async function namedContacts(
	tx: Db,
	contactIds: string[],
	now: Date
): Promise<Map<string, Contact>> {
	if (!contactIds.length) return new Map();
	const found = await tx.select().from(contactPoints).where(inArray(contactPoints.id, contactIds));
	const receipts = await tx
		.select({
			id: messages.contactPointId,
			today: count(),
			thisHour:
				sql<number>`count(*) filter (where ${messages.createdAt} > ${later(now, -hours(1)).toISOString()}::timestamptz)`.mapWith(
					Number
				)
		})
		.from(messages)
		.where(
			and(
				inArray(messages.contactPointId, contactIds),
				inArray(messages.template, receiptTemplates),
				gt(messages.createdAt, later(now, -days(1)))
			)
		)
		.groupBy(messages.contactPointId);
	const sent = new Map(receipts.map(({ id, ...counted }) => [id, counted]));
	return new Map(found.map((row) => [row.id, asContact(row, sent.get(row.id))]));
}

async function wishesOf(
	tx: Db,
	personIds: string[],
	contactIds: string[]
): Promise<Map<string, Wishes>> {
	if (!personIds.length && !contactIds.length) return new Map();
	const found = await tx
		.select()
		.from(preferences)
		.where(
			or(inArray(preferences.personId, personIds), inArray(preferences.contactPointId, contactIds))
		);
	return new Map(
		found.map((row) => [
			(row.personId ?? row.contactPointId)!,
			{
				channel: row.channel,
				language: row.language,
				quiet: { from: row.quietFrom, to: row.quietTo },
				optedOut: row.optedOut
			}
		])
	);
}

/** Devices by their own id, and people by theirs, that can be reached by a push. */
/** Which of these people, and which of these phones, take pushes. */
export async function pushable(
	tx: Db,
	personIds: string[],
	deviceIds: string[]
): Promise<Set<string>> {
	if (!personIds.length && !deviceIds.length) return new Set();
	const found = await tx
		.select({ id: pushSubscriptions.id, personId: pushSubscriptions.personId })
		.from(pushSubscriptions)
		.where(
			and(
				or(
					inArray(pushSubscriptions.personId, personIds),
					inArray(pushSubscriptions.id, deviceIds)
				),
				isNull(pushSubscriptions.goneAt)
			)
		);
	return new Set(found.flatMap(({ id, personId }) => (personId ? [id, personId] : [id])));
}
