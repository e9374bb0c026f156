import { and, eq, isNull } from 'drizzle-orm';
import { findContact, readPhone } from '../../identity/server/index.ts';
import { personContacts } from '../../identity/server/schema.ts';
import type { Db } from '../../platform/server/db.ts';
import { asksToStop } from '../stop-words.ts';
import { at, unescaped } from './channels/sms/bytes.ts';
import type { HttpGateway } from './channels/sms/index.ts';
import { changeSettings, settingsOf, type Holder } from './preferences.ts';

/** A text from a phone, as its gateway handed it over. */
export interface Incoming {
	from: string;
	text: string;
}

const longest = 1000;

/** A text that came in, in the words of its gateway's settings; null when it is none. */
export function readIncoming(gateway: HttpGateway, fields: unknown): Incoming | null {
	const { from, text, charset } = gateway.incoming;
	const [sender, said] = [at(fields, from), at(fields, text)];
	const alphabet = charset && at(fields, charset);
	if (!sender || said === null) return null;
	const plain = alphabet ? unescaped(said, alphabet) : said;
	return plain === null ? null : { from: sender, text: plain.slice(0, longest) };
}

/**
 * Whoever answers STOP gets no more SMS about the municipality's work: the number, and everybody who
 * is reached by it. Emergencies still come. Anything else that came in is left alone.
 */
export async function stopByText(db: Db, { from, text }: Incoming, now: Date): Promise<boolean> {
	const phone = asksToStop(text) ? readPhone(/^\d{8,}$/.test(from) ? `+${from}` : from) : null;
	if (!phone) return false;
	return await db.transaction(async (tx) => {
		const contactPointId = await findContact(tx, phone);
		if (!contactPointId) return false;
		const people = await tx
			.select({ personId: personContacts.personId })
			.from(personContacts)
			.where(
				and(eq(personContacts.contactPointId, contactPointId), isNull(personContacts.withdrawnAt))
			);
		for (const holder of [{ contactPointId }, ...people]) await stopSms(tx, holder, now);
		return true;
	});
}

async function stopSms(tx: Db, holder: Holder, now: Date) {
	const { optedOut } = await settingsOf(tx, holder);
	if (!optedOut.includes('sms'))
		await changeSettings(tx, holder, { optedOut: [...optedOut, 'sms'] }, now);
}
