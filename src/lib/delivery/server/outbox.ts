import { desc, eq, inArray } from 'drizzle-orm';
import { contactPoints, people } from '../../identity/server/schema.ts';
import { unseal } from '../../platform/server/keys.ts';
import type { Db } from '../../platform/server/db.ts';
import type { ChannelName } from '../channel.ts';
import { messages } from './schema.ts';

export interface Kept {
	id: string;
	channel: ChannelName;
	/** The address or number; for what stays inside the product, the person's name. */
	to: string;
	subject: string;
	text: string;
	language: string;
	/** Null while it waits for the morning or for its turn. */
	sentAt: string | null;
	waitsUntil: string | null;
	outcome: string | null;
}

/**
 * The newest messages, opened: for the demonstration only, where nobody is real. Whoever shows this
 * asks first whether this is one.
 */
export async function openOutbox(db: Db, limit = 300): Promise<Kept[]> {
	const found = await db
		.select({ message: messages, name: people.name })
		.from(messages)
		.leftJoin(people, eq(people.id, messages.personId))
		.orderBy(desc(messages.createdAt), desc(messages.id))
		.limit(limit);
	const addresses = await addressesOf(
		db,
		found.flatMap(({ message }) => message.contactPointId ?? [])
	);
	return found.map(({ message, name }) => ({
		id: message.id,
		channel: message.channel,
		to: addresses.get(message.contactPointId ?? '') ?? name ?? '',
		subject: message.title,
		text: message.textSealed ? unseal('message', message.textSealed, message.id) : '',
		language: message.language,
		sentAt: message.outcomeAt?.toISOString() ?? null,
		waitsUntil: message.outcomeAt ? null : (message.notBefore?.toISOString() ?? null),
		outcome: message.outcome
	}));
}

async function addressesOf(db: Db, ids: string[]): Promise<Map<string, string>> {
	if (!ids.length) return new Map();
	const found = await db
		.select({ id: contactPoints.id, sealed: contactPoints.valueSealed })
		.from(contactPoints)
		.where(inArray(contactPoints.id, [...new Set(ids)]));
	return new Map(
		found.map(({ id, sealed }) => [id, sealed ? unseal('contact.text', sealed, id) : 'erased'])
	);
}
