import { messages } from '#lib/delivery/server/schema.ts';
import type { SentCode } from '#lib/identity/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { seal } from '#lib/platform/server/keys.ts';

/** Queues the message that carries a code. */
export async function queueCode(
	tx: Db,
	{ code, contact, tryId, personId }: SentCode,
	{ municipalityId, language }: { municipalityId: string; language: string }
) {
	const id = newId();
	await tx.insert(messages).values({
		id,
		municipalityId,
		personId,
		contactPointId: contact.id,
		channel: contact.kind === 'phone' ? 'sms' : 'email',
		subject: 'sign_in',
		subjectId: tryId,
		template: 'sign_in_code',
		language,
		urgency: 'code',
		title: 'Your code to sign in',
		textSealed: seal('contact.text', `${code} is your code. It works for ten minutes.`, id),
		path: '/sign-in/code',
		dedupeKey: `code:${tryId}`,
		createdAt: new Date()
	});
}
