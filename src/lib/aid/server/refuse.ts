import { Refusal } from '../../platform/refusal.ts';
import { faultOf } from '../../platform/server/db.ts';
import { aidRuleWords } from '../wording.ts';
import type { AidRule } from '../roles.ts';

/**
 * Does a deed and tells in words what the database refused: the rules of relief stand in its triggers.
 * @throws Refusal 409 for a rule of relief
 */
export async function withinRules<Answer>(deed: () => Promise<Answer>, field?: string) {
	try {
		return await deed();
	} catch (reason) {
		const { code, constraint } = faultOf(reason);
		if (code !== 'AID01') throw reason;
		throw new Refusal(409, aidRuleWords[constraint as AidRule], field);
	}
}
