import { sendMessage } from '#lib/delivery/server/index.ts';
import type { SentCode } from '#lib/identity/server/index.ts';
import type { Db } from '#lib/platform/server/db.ts';

/** Queues the message that carries a code. */
export const queueCode = (
	tx: Db,
	{ code, contact, tryId }: SentCode,
	{ municipality, language }: { municipality: { id: string; name: string }; language: string }
) =>
	sendMessage(tx, {
		municipalityId: municipality.id,
		contactPointId: contact.id,
		channel: contact.kind === 'phone' ? 'sms' : 'email',
		subject: 'sign_in',
		subjectId: tryId,
		template: 'sign_in_code',
		facts: { code, municipality: municipality.name },
		urgency: 'code',
		path: '/sign-in/code',
		language,
		dedupeKey: `code:${tryId}`
	});
