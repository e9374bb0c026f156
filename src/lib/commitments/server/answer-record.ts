import { and, desc, eq, sql } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import type { Actor } from '../../identity/permissions.ts';
import { newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import { rows, type Db } from '../../platform/server/db.ts';
import { cleanText } from '../../platform/text.ts';
import { later } from '../../platform/time.ts';
import { answerRecord, countedFor, settledAfter, type Heard } from '../answers.ts';
import { recordReplies } from './schema.ts';
import { holdsSeat, isCouncillors, isQuestion } from './seats.ts';

/** A reply to a record is at most so many characters. */
export const longestReply = 1000;

/**
 * What those who wrote to a person say came of it, over all their terms in ward seats of the last
 * year, with what the councillor says to it (cases.md 13).
 */
export async function answerRecordOf(db: Db, municipalityId: string, personId: string, now: Date) {
	const [from, until] = [later(now, -countedFor), later(now, -settledAfter)];
	const questions = await questionsTo(db, municipalityId, personId, from, until);
	const terms = await termsOf(db, municipalityId, personId, from, until);
	return {
		...answerRecord(questions, terms),
		reply: await replyOf(db, municipalityId, personId)
	};
}

const between = (from: Date, until: Date) =>
	sql`between ${from.toISOString()}::timestamptz and ${until.toISOString()}::timestamptz`;

async function questionsTo(
	db: Db,
	municipalityId: string,
	personId: string,
	from: Date,
	until: Date
) {
	const found = await rows<{ at: string; heard: Heard | null; contradicts: boolean }>(
		db,
		sql`select c.opened_at as at, h.heard,
				coalesce(h.heard = 'nothing' and exists (
					select 1 from case_events x where x.case_id = c.id and ${isCouncillors}
						and x.visibility <> 'internal' and x.occurred_at < h.at), false) as contradicts
			from cases c left join heard_answers h on h.case_id = c.id
			where c.municipality_id = ${municipalityId}::uuid and ${isQuestion}
				and c.opened_at ${between(from, until)}
				and exists (select 1 from grants g where g.person_id = ${personId}::uuid and ${holdsSeat})`
	);
	return found.map(({ at, ...said }) => ({ at: new Date(at), ...said }));
}

async function termsOf(db: Db, municipalityId: string, personId: string, from: Date, until: Date) {
	const found = await rows<{ from: string; to: string; active: boolean }>(
		db,
		sql`select t.begins as "from", t.ends as "to", exists (
				select 1 from case_events x where x.municipality_id = ${municipalityId}::uuid
					and x.occurred_at between t.begins and t.ends
					and x.actor_id = ${personId}::uuid and ${isCouncillors}) as active
			from (select greatest(starts_at, ${from.toISOString()}::timestamptz) as begins,
					least(coalesce(ends_at, 'infinity'), ${until.toISOString()}::timestamptz) as ends
				from grants where person_id = ${personId}::uuid and municipality_id = ${municipalityId}::uuid
					and role = 'councillor' and coalesce(term, 'ward') in ('ward', 'acting')) t
			where t.begins < t.ends`
	);
	return found.map(({ from: begins, to, active }) => ({
		...{ from: new Date(begins), to: new Date(to), active }
	}));
}

async function replyOf(db: Db, municipalityId: string, personId: string) {
	const [newest] = await db
		.select({ words: recordReplies.words, at: recordReplies.at })
		.from(recordReplies)
		.where(
			and(eq(recordReplies.municipalityId, municipalityId), eq(recordReplies.personId, personId))
		)
		.orderBy(desc(recordReplies.at), desc(recordReplies.id))
		.limit(1);
	return newest?.words ? newest : null;
}

/**
 * A councillor says something to their own record, for everybody to read beside it; empty words take
 * it back. Earlier ones stay in the books.
 * @throws Refusal 404 for whoever is no councillor here, 400 for words that are too long
 */
export const replyToRecord = (
	db: Db,
	actor: Actor,
	facts: { municipalityId: string; words: string },
	now = new Date()
) =>
	db.transaction(async (tx) => {
		const { municipalityId } = facts;
		const sits = actor.grants.some(
			(grant) => grant.municipalityId === municipalityId && grant.role === 'councillor'
		);
		if (!sits) throw notFound();
		const words = cleanText(facts.words);
		if (words.length > longestReply)
			throw new Refusal(400, `Say it in at most ${longestReply} characters.`, 'words');
		if (((await replyOf(tx, municipalityId, actor.id))?.words ?? '') === words) return;
		const id = newId(now);
		await tx
			.insert(recordReplies)
			.values({ id, municipalityId, personId: actor.id, words, at: now });
		await record(
			tx,
			actor,
			{
				municipalityId,
				deed: 'councillor.replied',
				thing: 'record_reply',
				thingId: id,
				details: {}
			},
			now
		);
	});
