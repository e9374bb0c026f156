import { eq } from 'drizzle-orm';
import { contactPoints } from '../../identity/server/schema.ts';
import type { Db } from '../../platform/server/db.ts';
import type { Subject } from './follow.ts';
import { sendMessage } from './send.ts';

export interface Unproved {
	municipalityId: string;
	contactPointId: string;
	subject: Subject;
	subjectId: string;
	/** What they asked to hear of, in one line. */
	what: string;
	language?: string;
	path: string;
}

/**
 * Asks a contact that nobody has proved yet whether it wants to hear of what it was given for: once per
 * subject, and no more than a few a day to one contact. A proved contact is asked nothing.
 */
export async function askToConfirm(tx: Db, facts: Unproved, now = new Date()) {
	const { contactPointId, what, ...about } = facts;
	const [contact] = await tx
		.select({ verifiedAt: contactPoints.verifiedAt })
		.from(contactPoints)
		.where(eq(contactPoints.id, contactPointId));
	if (!contact || contact.verifiedAt) return;
	await sendMessage(
		tx,
		{
			...about,
			contactPointId,
			template: 'following',
			facts: { what },
			dedupeKey: `following/${about.subjectId}/${contactPointId}`
		},
		now
	);
}
