import { contactValue } from '../../identity/server/index.ts';
import { newId } from '../../platform/ids.ts';
import { seal, unseal } from '../../platform/server/keys.ts';
import type { Db } from '../../platform/server/db.ts';
import { enqueueDelivery } from './queues.ts';
import { ownContacts } from './recipients.ts';
import { messages } from './schema.ts';

type Message = typeof messages.$inferSelect;

export interface Farewell {
	municipalityId: string;
	personId: string;
	subject: string;
	subjectId: string;
	title: string;
	text: string;
	dedupeKey: string;
}

/**
 * Writes the last message to somebody whose contacts are erased in the same transaction. The address is
 * copied into the row, sealed; the row belongs to nobody, and is blanked as soon as it was sent or
 * given up. Answers whether there was a proved address.
 */
export async function sayFarewell(tx: Db, facts: Farewell, now: Date): Promise<boolean> {
	const { municipalityId, personId, subject, subjectId, title, text, dedupeKey } = facts;
	const own = (await ownContacts(tx, [personId])).get(personId) ?? [];
	const usable = own.filter(({ verified, bounced }) => verified && !bounced);
	const chosen = usable.find(({ kind }) => kind === 'email') ?? usable[0];
	const contact = chosen && (await contactValue(tx, chosen.id));
	if (!contact) return false;

	const id = newId(now);
	const [last] = await tx
		.insert(messages)
		.values({
			id,
			municipalityId,
			channel: contact.kind === 'email' ? 'email' : 'sms',
			subject,
			subjectId,
			template: 'own_words',
			language: 'en',
			title,
			textSealed: seal('message', text, id),
			addressSealed: seal('message', contact.value, addressOf(id)),
			dedupeKey,
			createdAt: now
		})
		.onConflictDoNothing({ target: messages.dedupeKey })
		.returning({ id: messages.id, channel: messages.channel, notBefore: messages.notBefore });
	if (last) await enqueueDelivery(tx, last);
	return true;
}

const addressOf = (id: string) => `${id}/address`;

/** The address a last message carries itself; null for all others. */
export const farewellAddress = ({ id, addressSealed }: Message) =>
	addressSealed && unseal('message', addressSealed, addressOf(id));

/** What a last message loses once it has an outcome. */
export const blank = { title: '', textSealed: null, addressSealed: null };
