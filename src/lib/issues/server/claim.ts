import { and, eq, gte, inArray, isNull } from 'drizzle-orm';
import type { Db } from '../../platform/server/db.ts';
import { fingerprint } from '../../platform/server/keys.ts';
import { issues } from './schema.ts';

/**
 * Gives a person the reports that a contact of theirs made without an account, from `since` on:
 * before that the number may have been somebody else's. Answers how many.
 */
export async function claimReports(
	db: Db,
	facts: { personId: string; contactPointId: string; since: Date }
): Promise<number> {
	const claimed = await db
		.update(issues)
		.set({ reporterId: facts.personId })
		.where(
			and(
				eq(issues.contactPointId, facts.contactPointId),
				isNull(issues.reporterId),
				gte(issues.createdAt, facts.since)
			)
		)
		.returning({ id: issues.id });
	return claimed.length;
}

/** Gives a person the reports whose receipts they hold. Answers how many were nobody's before. */
export async function claimByReceipts(
	db: Db,
	personId: string,
	receipts: string[]
): Promise<number> {
	if (!receipts.length) return 0;
	const claimed = await db
		.update(issues)
		.set({ reporterId: personId })
		.where(
			and(
				inArray(
					issues.receiptIndex,
					receipts.map((code) => fingerprint('receipt', code))
				),
				isNull(issues.reporterId)
			)
		)
		.returning({ id: issues.id });
	return claimed.length;
}
