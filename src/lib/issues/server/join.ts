import type { Asker } from '../../identity/asker.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { followIssue } from './follow.ts';
import { support, type Support } from './support.ts';

export interface Joining extends Support {
	/** Phone number and e-mail address as far as the form had them already. */
	contacts: Array<string | undefined>;
}

/**
 * "This is mine too" instead of a report of one's own: supports the one that is there, and follows it
 * with the account or with whatever contact was typed in already. A contact that is none stops nothing.
 * @throws 404 for what they may not see, 409 for their own report or one that is at its end
 */
export const joinIssue = (db: Db, asker: Asker, facts: Joining, now = new Date()) =>
	db.transaction(async (tx) => {
		await support(tx, asker, facts, now);
		const contacts = facts.contacts.filter((each) => each !== undefined);
		if (asker.actor && !contacts.length) await followIssue(tx, asker, facts, now);
		for (const contact of contacts)
			try {
				await followIssue(tx, asker, { ...facts, contact }, now);
			} catch (reason) {
				if (!(reason instanceof Refusal) || reason.status !== 400) throw reason;
			}
	});
