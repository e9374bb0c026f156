import { and, asc, desc, eq, gt, isNotNull } from 'drizzle-orm';
import { cases } from '../../../cases/server/schema.ts';
import type { Actor } from '../../../identity/permissions.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import { cleanText, headline, shorten } from '../../../platform/text.ts';
import { longest } from '../../rules.ts';
import { issues, moderations } from '../schema.ts';
import type { Issue } from '../standing.ts';
import { moderate, type ActFacts } from './act.ts';
import type { Moderated } from './reach.ts';

const nothingToChange = (sentence: string, field?: string) => new Refusal(409, sentence, field);

/** Hides or shows an issue and its case together. */
export async function setHidden(tx: Db, { issue, kase }: Moderated, hidden: boolean) {
	await tx.update(issues).set({ hidden }).where(eq(issues.id, issue.id));
	await tx.update(cases).set({ hidden }).where(eq(cases.id, kase.id));
}

/** Hides a whole issue: only moderators and the reporter see it from now on. */
export const hideIssue = (db: Db, actor: Actor, facts: ActFacts, now = new Date()) =>
	moderate(db, actor, facts, now, async (tx, at) => {
		if (at.kase.hidden) throw nothingToChange('It is hidden already.');
		await setHidden(tx, at, true);
		return { act: 'hide', subject: 'issue', subjectId: at.issue.id };
	});

/** Changes the words of an issue for others. What was written is kept beside the act. */
export const editIssue = (
	db: Db,
	actor: Actor,
	facts: ActFacts & { text: string },
	now = new Date()
) =>
	moderate(db, actor, facts, now, async (tx, { issue }) => {
		const text = cleanText(facts.text);
		if (!text) throw new Refusal(400, 'Write what is shown instead.', 'text');
		if (text.length > longest.description)
			throw new Refusal(400, `At most ${longest.description} characters.`, 'text');
		if (issue.description === null)
			throw nothingToChange('Its words have been erased. There is nothing to change.');
		if (text === issue.description)
			throw nothingToChange('These are the words as they stand. Change them first.', 'text');
		await reword(tx, issue, text);
		return {
			act: 'edit',
			subject: 'issue',
			subjectId: issue.id,
			original: issue.description
		};
	});

/** The line in lists follows the words, where it was made of them: as a heading, or only shortened. */
function reword(tx: Db, issue: Issue, text: string) {
	const before = issue.description ?? '';
	const made = [headline(before, 90), shorten(before, 90)].includes(issue.title);
	return tx
		.update(issues)
		.set({ description: text, ...(made ? { title: headline(text, 90) } : {}) })
		.where(eq(issues.id, issue.id));
}

/** Takes the last act back: a hidden issue is shown again, changed words are as they were written. */
export const restoreIssue = (db: Db, actor: Actor, facts: ActFacts, now = new Date()) =>
	moderate(db, actor, { ...facts, reason: facts.reason || 'mistake' }, now, async (tx, at) => {
		const { issue } = at;
		const shown = { act: 'restore' as const, subject: 'issue' as const, subjectId: issue.id };
		if (at.kase.hidden) {
			await setHidden(tx, at, false);
			return shown;
		}
		const original = await firstWords(tx, issue.id);
		if (original === null) throw nothingToChange('Nothing of it is hidden or changed.');
		await reword(tx, issue, original);
		return { ...shown, original: issue.description };
	});

/** The words of something as they were before the edits that still stand; null when none do. */
export async function firstWords(tx: Db, subjectId: string): Promise<string | null> {
	const [given] = await tx
		.select({ at: moderations.at })
		.from(moderations)
		.where(
			and(
				eq(moderations.subjectId, subjectId),
				eq(moderations.action, 'restore'),
				isNotNull(moderations.original)
			)
		)
		.orderBy(desc(moderations.at))
		.limit(1);
	const [edit] = await tx
		.select({ original: moderations.original })
		.from(moderations)
		.where(
			and(
				eq(moderations.subjectId, subjectId),
				eq(moderations.action, 'edit'),
				given ? gt(moderations.at, given.at) : undefined
			)
		)
		.orderBy(asc(moderations.at))
		.limit(1);
	return edit?.original ?? null;
}
