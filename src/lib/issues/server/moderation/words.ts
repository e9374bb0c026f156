import { and, eq } from 'drizzle-orm';
import { mostWords } from '../../../cases/server/index.ts';
import { caseEvents, caseWords } from '../../../cases/server/schema.ts';
import type { Actor } from '../../../identity/permissions.ts';
import { isId } from '../../../platform/ids.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import type { Db } from '../../../platform/server/db.ts';
import { cleanText } from '../../../platform/text.ts';
import { moderate, type ActFacts } from './act.ts';
import type { Moderated } from './reach.ts';

interface WordsFacts extends ActFacts {
	eventId: string;
}

/** What somebody wrote in public on this case. Private words have no public to be kept from. */
async function publicWords(tx: Db, { kase }: Moderated, eventId: string) {
	if (!isId(eventId)) throw notFound();
	const [found] = await tx
		.select({ words: caseWords })
		.from(caseEvents)
		.innerJoin(caseWords, eq(caseWords.eventId, caseEvents.id))
		.where(
			and(
				eq(caseEvents.caseId, kase.id),
				eq(caseEvents.id, eventId),
				eq(caseEvents.visibility, 'public')
			)
		);
	if (!found || found.words.text === null) throw notFound();
	return found.words;
}

const change = (tx: Db, eventId: string, set: Partial<typeof caseWords.$inferInsert>) =>
	tx.update(caseWords).set(set).where(eq(caseWords.eventId, eventId));

/** Hides the words of one line of the history; the line stays. */
export const hideWords = (db: Db, actor: Actor, facts: WordsFacts, now = new Date()) =>
	moderate(db, actor, facts, now, async (tx, at) => {
		const words = await publicWords(tx, at, facts.eventId);
		if (words.hidden) throw new Refusal(409, 'These words are hidden already.');
		await change(tx, facts.eventId, { hidden: true });
		return { act: 'hide', subject: 'event', subjectId: facts.eventId, original: words.text };
	});

/** Shows other words instead of what somebody wrote. The chain keeps the fingerprint of the first ones. */
export const editWords = (
	db: Db,
	actor: Actor,
	facts: WordsFacts & { text: string },
	now = new Date()
) =>
	moderate(db, actor, facts, now, async (tx, at) => {
		const words = await publicWords(tx, at, facts.eventId);
		const text = cleanText(facts.text);
		if (!text) throw new Refusal(400, 'Write what is shown instead.', 'text');
		if (text.length > mostWords) throw new Refusal(400, `At most ${mostWords} characters.`, 'text');
		if (text === (words.shownText ?? words.text))
			throw new Refusal(409, 'These are the words as they stand. Change them first.', 'text');
		await change(tx, facts.eventId, { shownText: text });
		return { act: 'edit', subject: 'event', subjectId: facts.eventId, original: words.text };
	});

/** Takes the last act on one line back: hidden words are shown, changed ones as they were written. */
export const restoreWords = (db: Db, actor: Actor, facts: WordsFacts, now = new Date()) =>
	moderate(db, actor, { ...facts, reason: facts.reason || 'mistake' }, now, async (tx, at) => {
		const words = await publicWords(tx, at, facts.eventId);
		if (!words.hidden && words.shownText === null)
			throw new Refusal(409, 'Nothing of it is hidden or changed.');
		await change(tx, facts.eventId, words.hidden ? { hidden: false } : { shownText: null });
		return { act: 'restore', subject: 'event', subjectId: facts.eventId };
	});
