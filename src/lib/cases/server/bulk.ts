import { record } from '../../audit/server/index.ts';
import { can, inPlaceOf, type Actor } from '../../identity/permissions.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { obstacleField, obstacleWords } from '../wording.ts';
import type { Case } from './append.ts';
import { step } from './do.ts';
import { lockCases, mayRead, ownedOf } from './reach.ts';

export interface BulkFacts {
	deed: 'acknowledge' | 'assign' | 'reroute';
	words?: string;
	departmentId?: string | null;
	assigneeId?: string | null;
	/** Made with the form: sent twice, each case still moves once. */
	deedId: string;
}

export interface BulkResult {
	done: string[];
	/** Those that could not be done, each with its reason. */
	refused: Array<{ reference: string; why: string }>;
}

/** At most this many cases a time, which is two pages of a list. */
export const mostAtOnce = 100;

/**
 * One step for many cases. Each gets its own event; the audit log gets one entry. What cannot be
 * done is left as it was and named; what the person may not see is passed over. Throws a 400 when
 * nothing was chosen, or nobody to give it to.
 */
export const doBulk = (
	db: Db,
	actor: Actor,
	caseIds: string[],
	facts: BulkFacts,
	now = new Date()
): Promise<BulkResult> => {
	const ids = [...new Set(caseIds)];
	if (ids.length === 0) throw new Refusal(400, 'Choose at least one case.', 'case');
	if (ids.length > mostAtOnce)
		throw new Refusal(400, `Choose at most ${mostAtOnce} cases at a time.`, 'case');

	const missing = missingIn(facts);
	if (missing) throw new Refusal(400, obstacleWords[missing], obstacleField[missing]);

	return db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		const result: BulkResult = { done: [], refused: [] };
		const moved: Case[] = [];
		for (const kase of await lockCases(tx, ids)) {
			if (!mayRead(actor, kase)) continue;
			const after = await tryOne(tx, actor, kase, facts, now);
			if (typeof after === 'string') result.refused.push({ reference: kase.reference, why: after });
			else {
				result.done.push(kase.reference);
				if (after.version !== kase.version) moved.push(after);
			}
		}
		for (const municipalityId of new Set(moved.map((kase) => kase.municipalityId)))
			await recordBulk(tx, actor, municipalityId, facts, moved, now);
		return result;
	});
};

/** What no case can do without: asked once for all of them. */
function missingIn({ deed, assigneeId, departmentId }: BulkFacts) {
	if (deed === 'assign' && !assigneeId && !departmentId) return 'needs_somebody';
	if (deed === 'reroute' && !departmentId) return 'needs_a_department';
	return null;
}

/** The case afterwards, or why it stays as it is. */
async function tryOne(tx: Db, actor: Actor, kase: Case, facts: BulkFacts, now: Date) {
	if (!can(actor, 'case.bulk', ownedOf(kase))) return 'Not yours to change in bulk.';
	try {
		return await step(tx, actor, kase, facts, now);
	} catch (reason) {
		if (reason instanceof Refusal) return reason.message;
		throw reason;
	}
}

const recordBulk = (
	tx: Db,
	actor: Actor,
	municipalityId: string,
	{ deed }: BulkFacts,
	moved: Case[],
	now: Date
) => {
	const here = moved.filter((kase) => kase.municipalityId === municipalityId);
	return record(
		tx,
		actor,
		{
			municipalityId,
			deed: `case.bulk_${deed}`,
			thing: 'case',
			thingId: here[0].id,
			insteadOf: inPlaceOf(actor, 'case.bulk', ownedOf(here[0])),
			details: { cases: here.map(({ id, lastHash }) => ({ id, head: lastHash })) }
		},
		now
	);
};
