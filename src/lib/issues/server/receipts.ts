import { eq } from 'drizzle-orm';
import { sendMessage } from '../../delivery/server/index.ts';
import type { KeptContact } from '../../identity/server/index.ts';
import { departments } from '../../identity/server/schema.ts';
import type { Db } from '../../platform/server/db.ts';
import { fingerprint } from '../../platform/server/keys.ts';
import { receiptFrom, receiptGroups } from '../reference.ts';
import type { issues } from './schema.ts';

/**
 * The receipt code of a report. It follows from the report's own id and our key, so that a phone
 * whose answer was lost gets the same code when it sends again, while we keep only its fingerprint.
 */
export const receiptOf = (municipalityId: string, clientId: string) =>
	receiptFrom(BigInt(`0x${fingerprint('receipt', `of ${municipalityId} ${clientId}`)}`));

/**
 * Sends the number of a report, its private code and who has it to whatever contact was given with it;
 * without one, into the account it was sent from. The channel asks an unproved contact to say yes.
 */
export async function sendReceipts(
	tx: Db,
	issue: typeof issues.$inferSelect,
	departmentId: string | null | undefined,
	contacts: KeptContact[],
	now: Date
) {
	const [holder] = departmentId
		? await tx
				.select({ name: departments.name })
				.from(departments)
				.where(eq(departments.id, departmentId))
		: [];
	const reachable = contacts.filter(({ kind, sms }) => kind === 'email' || sms);
	const inside = issue.reporterId && !contacts.length;
	const ways = inside
		? [{ personId: issue.reporterId, channel: 'inbox' as const, to: issue.reporterId }]
		: reachable.map(({ id, kind }) => ({
				contactPointId: id,
				channel: kind === 'email' ? ('email' as const) : ('sms' as const),
				to: id
			}));
	for (const { to, ...way } of ways)
		await sendMessage(
			tx,
			{
				...way,
				municipalityId: issue.municipalityId,
				subject: 'issue',
				subjectId: issue.id,
				template: 'receipt',
				language: issue.language,
				facts: {
					reference: issue.reference,
					department: holder?.name,
					receipt: receiptGroups(receiptOf(issue.municipalityId, issue.clientId))
				},
				path: `/issues/${issue.reference}`,
				dedupeKey: `receipt/${issue.id}/${to}`
			},
			now
		);
}
