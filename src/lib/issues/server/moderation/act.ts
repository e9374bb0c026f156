import { and, eq, isNull } from 'drizzle-orm';
import { record } from '../../../audit/server/index.ts';
import {
	isModerationReason,
	moderationReasons,
	type ModerationAct,
	type ModerationReason
} from '../../../cases/moderation.ts';
import { appendEvent, deedDone, mostWords, mustBeFresh } from '../../../cases/server/index.ts';
import { tellFollowers } from '../../../delivery/server/index.ts';
import { speak } from '../../../i18n/server/index.ts';
import { capacity, type Actor } from '../../../identity/permissions.ts';
import { newId } from '../../../platform/ids.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import { cleanText } from '../../../platform/text.ts';
import { flags, moderations } from '../schema.ts';
import { ownedBy } from '../visible.ts';
import { lockModerated, type At, type Moderated } from './reach.ts';

/** What every act of moderation is given: where, why, and what colleagues should know. */
export interface ActFacts extends At {
	reason: string;
	/** For colleagues alone. */
	words?: string;
	deedId: string;
	/** The version of the case the moderator was looking at. */
	basedOn?: number;
}

export interface Subject {
	subject: 'issue' | 'event' | 'photo';
	subjectId: string;
}

/** What an act changed: on what, and the words as they were. */
interface Change extends Subject {
	act: ModerationAct;
	original?: string | null;
}

/** One act by a moderator: lock, refuse, change, keep the original, say so in public, tell the reporter, record. */
export const moderate = (
	db: Db,
	actor: Actor,
	facts: ActFacts,
	now: Date,
	change: (tx: Db, at: Moderated) => Promise<Change>
) =>
	db.transaction(async (tx) => {
		const at = await lockModerated(tx, actor, facts);
		if (await deedDone(tx, at.kase.id, facts.deedId)) return;
		mustBeFresh(at.kase, facts.basedOn);
		if (!isModerationReason(facts.reason) || facts.reason === 'flagged')
			throw new Refusal(400, 'Choose a reason from the list.', 'reason');
		const words = cleanText(facts.words ?? '');
		if (words.length > mostWords)
			throw new Refusal(400, `Your note is too long: at most ${mostWords} characters.`, 'words');

		const changed = await change(tx, at);
		await settle(tx, actor, at, { ...changed, reason: facts.reason, deedId: facts.deedId }, now);
		if (words) await noteFor(tx, actor, facts, words, now);
		await judgeFlags(tx, actor, at, changed.act !== 'restore', now);
		await record(
			tx,
			actor,
			{
				municipalityId: facts.municipalityId,
				deed: 'issue.moderated',
				thing: 'issue',
				thingId: at.issue.id,
				details: {
					act: changed.act,
					reason: facts.reason,
					subject: changed.subject,
					subjectId: changed.subjectId
				}
			},
			now
		);
	});

/** Keeps the act with its original, puts the public line on the case, and tells the reporter. */
export async function settle(
	tx: Db,
	actor: Actor | null,
	{ issue, kase }: Moderated,
	done: Change & { reason: ModerationReason; deedId: string },
	now: Date
) {
	const id = newId(now);
	await tx.insert(moderations).values({
		id,
		municipalityId: issue.municipalityId,
		issueId: issue.id,
		subject: done.subject,
		subjectId: done.subjectId,
		action: done.act,
		reason: done.reason,
		original: done.original ?? null,
		by: actor?.id ?? null,
		at: now
	});
	await appendEvent(tx, kase, {
		kind: 'moderated',
		actorId: actor?.id ?? null,
		actorRole: actor ? capacity(actor, 'issue.moderate', ownedBy(issue, kase)) : 'system',
		at: now,
		deedId: done.deedId,
		visibility: 'public',
		silent: true,
		facts: { act: done.act, code: done.reason, subject: done.subject, subjectId: done.subjectId }
	});
	const shownAgain = done.act === 'restore';
	if (shownAgain && !(done.subject === 'issue' && done.original === undefined)) return;
	await tellFollowers(
		tx,
		{
			municipalityId: issue.municipalityId,
			subject: 'issue',
			subjectId: issue.id,
			template: shownAgain ? 'case.opened' : 'moderated',
			facts: { reference: issue.reference, reason: inEnglish(done.reason) },
			path: shownAgain ? `/issues/${issue.reference}` : `/issues/${issue.reference}/objection`,
			dedupe: id,
			because: ['reported']
		},
		now
	);
}

/** A message does not speak the language of whoever caused it. */
const inEnglish = (reason: ModerationReason) => speak('en', () => moderationReasons[reason]);

/** What the moderator wants colleagues to know stands beside the case, for them alone. */
async function noteFor(tx: Db, actor: Actor, at: At, words: string, now: Date) {
	const { issue, kase } = await lockModerated(tx, actor, at);
	await appendEvent(tx, kase, {
		kind: 'note',
		actorId: actor.id,
		actorRole: capacity(actor, 'issue.moderate', ownedBy(issue, kase)),
		at: now,
		visibility: 'internal',
		words
	});
}

/** A moderator's act is the answer to what residents said was wrong. */
export const judgeFlags = (
	tx: Db,
	actor: Actor,
	{ issue }: Pick<Moderated, 'issue'>,
	upheld: boolean,
	now: Date
) =>
	tx
		.update(flags)
		.set({ decidedAt: now, decidedBy: actor.id, upheld })
		.where(and(eq(flags.issueId, issue.id), isNull(flags.decidedAt)));
