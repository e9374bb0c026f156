import { eq } from 'drizzle-orm';
import { contactPoints } from '../../identity/server/schema.ts';
import { fingerprint } from '../../platform/server/keys.ts';
import type { Db } from '../../platform/server/db.ts';
import { readBounce } from '../bounce.ts';
import { readReturnPath } from './channels/return-path.ts';
import { moveOn } from './move-on.ts';
import { messages } from './schema.ts';

/** What whoever pipes returned mail to us shows: `Authorization: Bearer …`. */
export const bounceSecret = () => fingerprint('hook', 'mail').slice(0, 32);

export type Returned = 'gone' | 'failed' | 'delayed' | 'unknown';

/**
 * Notes a letter that came back. The address it came back to names the message and proves that we wrote
 * it; nothing else in the report is believed to. An address that does not exist is never written to
 * again; a full mailbox is no reason to give up on somebody.
 */
export async function noteBounce(db: Db, raw: string, now = new Date()): Promise<Returned> {
	const bounce = readBounce(raw);
	if (!bounce) return 'unknown';
	const id = bounce.cameBackTo.map(readReturnPath).find((each) => each !== null);
	if (!id) return 'unknown';
	if (bounce.kind === 'delayed') return 'delayed';

	return await db.transaction(async (tx) => {
		const [message] = await tx
			.select({ channel: messages.channel, contactPointId: messages.contactPointId })
			.from(messages)
			.where(eq(messages.id, id));
		if (message?.channel !== 'email') return 'unknown';
		if (bounce.kind === 'gone' && message.contactPointId)
			await tx
				.update(contactPoints)
				.set({ bouncedAt: now })
				.where(eq(contactPoints.id, message.contactPointId));
		await moveOn(tx, id, bounce.kind === 'gone' ? 'gone' : 'failed', now, {
			fault: `smtp_${bounce.status}`
		});
		return bounce.kind;
	});
}
