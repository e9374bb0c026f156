import { record } from '../../audit/server/index.ts';
import { can, type Actor } from '../../identity/permissions.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { remarkObstacle, remarkRule, type StaffRemark } from '../remarks.ts';
import type { EventFacts } from '../rules.ts';
import { appendEvent, mustBeFresh, type Case } from './append.ts';
import {
	actingBy,
	alreadyDone,
	boundedWords,
	deedEntry,
	refuse,
	speakingFor,
	standingIn
} from './do.ts';
import { attachProof } from './proof.ts';
import { ownedOf, reachCase } from './reach.ts';

export interface RemarkFacts {
	remark: StaffRemark;
	words?: string;
	code?: string;
	photoIds?: string[];
	/** Between the reporter and us, where the remark allows it. */
	private?: boolean;
	deedId: string;
	basedOn?: number;
	templateId?: string;
	language?: string;
	/** The new service, ward or priority; ids of other domains are checked by those who call this. */
	serviceId?: string;
	wardCode?: string;
	silent?: boolean;
}

/**
 * Says something beside the ladder: an answer, a note, a question, a correction. Throws a 404 where
 * the person may not see the case or may not say this, a 400 or 409 with the field otherwise.
 */
export const remark = (
	db: Db,
	actor: Actor,
	caseId: string,
	facts: RemarkFacts,
	now = new Date()
): Promise<Case> =>
	db.transaction(async (transaction) => {
		const tx = transaction as unknown as Db;
		const before = await reachCase(tx, actor, caseId);
		const after = await say(tx, actor, before, facts, now);
		if (after.version !== before.version)
			await record(
				tx,
				actor,
				{
					...deedEntry(after, facts.remark),
					...standingIn(actor, before, remarkRule(facts.remark).by)
				},
				now
			);
		return after;
	});

/** One remark on a locked case within a larger deed, which keeps its own audit entry. */
export async function say(
	tx: Db,
	actor: Actor,
	kase: Case,
	facts: RemarkFacts,
	now: Date
): Promise<Case> {
	const words = boundedWords(facts.words);
	if (await alreadyDone(tx, kase, facts.deedId, facts.remark, words)) return kase;
	mustBeFresh(kase, facts.basedOn);
	refuse(
		remarkObstacle(facts.remark, {
			state: kase.state,
			hidden: kase.hidden,
			may: (permission) => can(actor, permission, ownedOf(kase)),
			words,
			code: facts.code
		})
	);

	const said = await appendEvent(tx, kase, {
		kind: facts.remark,
		...actingBy(actor, kase, remarkRule(facts.remark).by),
		at: now,
		deedId: facts.deedId,
		visibility: visibilityOf(kase, facts),
		facts: {
			...standingIn(actor, kase, remarkRule(facts.remark).by),
			...speakingFor(actor, kase),
			...changeOf(kase, facts)
		},
		words,
		language: facts.language,
		silent: facts.silent
	});
	await attachProof(tx, said, facts.photoIds, now);
	return said;
}

/** What is private stays private: a reply in a private case is for its reporter. */
function visibilityOf(kase: Case, { remark, private: aside }: RemarkFacts) {
	const rule = remarkRule(remark);
	if (rule.visibility === 'public' && (kase.private || (rule.privately && aside)))
		return 'private' as const;
	return rule.visibility;
}

function changeOf(kase: Case, facts: RemarkFacts): EventFacts {
	const photos = facts.photoIds?.length ? { photoIds: facts.photoIds } : {};
	switch (facts.remark) {
		case 'service_changed':
			return { serviceId: facts.serviceId, fromServiceId: kase.serviceId ?? undefined };
		case 'ward_changed':
			return { wardCode: facts.wardCode, fromWardCode: kase.currentWardCode ?? undefined };
		case 'priority_changed':
			return priorityChange(kase, facts.code!);
		case 'escalated':
			return { code: facts.code };
		default:
			return { ...photos, ...(facts.templateId ? { templateId: facts.templateId } : {}) };
	}
}

function priorityChange(kase: Case, priority: string): EventFacts {
	if (priority === kase.priority) throw new Refusal(409, 'It has that priority already.', 'code');
	return { priority, from: kase.priority };
}
