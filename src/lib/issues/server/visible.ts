import { and, eq, inArray, ne, not, or, sql, type SQL } from 'drizzle-orm';
import { cases } from '../../cases/server/schema.ts';
import type { Asker } from '../../identity/asker.ts';
import { grantsFor, type Actor, type Owned, type Permission } from '../../identity/permissions.ts';
import { fingerprint } from '../../platform/server/keys.ts';
import { issues } from './schema.ts';

/** The fingerprint a receipt code is known by. */
export const receiptIndexOf = (code: string) => fingerprint('receipt', code);

/** Raised by whoever asks: with this account, or with a receipt this device holds. */
export function raisedBy({ actor, receipts }: Asker): SQL {
	const ways = [
		actor ? eq(issues.reporterId, actor.id) : undefined,
		receipts.length ? inArray(issues.receiptIndex, receipts.map(receiptIndexOf)) : undefined
	].filter((each) => each !== undefined);
	return or(...ways) ?? sql`false`;
}

/** Open to everyone: neither private, nor held, nor hidden. */
export const isPublic = sql`(not ${issues.private} and not ${issues.hidden} and not ${cases.private} and not ${cases.hidden} and ${cases.state} <> 'submitted')`;

/** The rows a permission reaches, as a condition over issues joined with their cases. */
function reached(actor: Actor, permission: Permission): SQL {
	const ways = grantsFor(actor, permission).map(({ grant, reach }) => {
		const here = eq(issues.municipalityId, grant.municipalityId);
		if (reach === 'municipality' || reach === 'district') return here;
		if (reach === 'ward' && grant.wardCode)
			return and(
				here,
				or(eq(issues.currentWardCode, grant.wardCode), eq(issues.wardCode, grant.wardCode))
			);
		if (reach === 'department' && grant.departmentId)
			return and(here, eq(cases.departmentId, grant.departmentId));
		return undefined;
	});
	return or(...ways.filter((each) => each !== undefined)) ?? sql`false`;
}

/**
 * What whoever asks may see, as a condition over issues joined with their cases: what is public, what
 * they raised, and as staff what their grants reach.
 */
export function visibleTo(asker: Asker): SQL {
	const { actor } = asker;
	const asStaff = actor?.grants.length
		? and(
				reached(actor, 'case.read'),
				or(and(not(issues.private), not(cases.private)), reached(actor, 'case.read_private')),
				or(
					and(not(issues.hidden), not(cases.hidden), ne(cases.state, 'submitted')),
					reached(actor, 'issue.moderate')
				)
			)
		: undefined;
	return or(isPublic, raisedBy(asker), asStaff) ?? sql`false`;
}

type Row = Pick<
	typeof issues.$inferSelect,
	'municipalityId' | 'reporterId' | 'wardCode' | 'currentWardCode'
>;

/** An issue as the permission table asks about it. */
export const ownedBy = (issue: Row, kase: { departmentId: string | null }): Owned => ({
	municipalityId: issue.municipalityId,
	ownerId: issue.reporterId,
	wardCodes: [issue.wardCode, issue.currentWardCode],
	departmentId: kase.departmentId
});
