import { sql } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import type { Asker } from '../../identity/asker.ts';
import { nobodyNamed, standingIn, type Answerer } from '../../issues/server/index.ts';
import { m } from '../../i18n/index.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import { rows, type Db } from '../../platform/server/db.ts';
import { askedAfter, heardCodes, type Heard } from '../answers.ts';
import { heardAnswers } from './schema.ts';
import { holdsSeat, isQuestion } from './seats.ts';

export type { Heard };

/** Who says it: by the link of a message, or as the reporter signed in or with their receipt. */
export type Writer =
	{ answerer: Answerer } | { asker: Asker; municipalityId: string; reference: string };

export interface WriterQuestion {
	caseId: string;
	municipalityId: string;
	reference: string;
	title: string;
	/** Whom it was put to. */
	who: string;
	heard: Heard | null;
	/** Two weeks have not passed yet. */
	early: boolean;
}

/** What the page asks whoever put a question to a councillor. @throws 404 where it is not theirs, or no such question */
export async function writerQuestion(db: Db, writer: Writer, now: Date): Promise<WriterQuestion> {
	const found = await questionOf(db, await subjectOf(db, writer));
	if (!found) throw notFound();
	const { openedAt, ...question } = found;
	return { ...question, early: now.getTime() - new Date(openedAt).getTime() < askedAfter[0] };
}

/** The issue it is about, and its opening where a link names it. */
async function subjectOf(db: Db, writer: Writer) {
	if ('answerer' in writer) {
		if (writer.answerer.as !== 'reporter') throw notFound();
		return { issueId: writer.answerer.issueId, opening: writer.answerer.claimEventId };
	}
	const { issue, part } = await standingIn(
		db,
		writer.asker,
		writer.municipalityId,
		writer.reference
	);
	if (part !== 'reporter') throw notFound();
	return { issueId: issue.id, opening: null };
}

const questionOf = async (
	db: Db,
	{ issueId, opening }: { issueId: string; opening: string | null }
) =>
	(
		await rows<Omit<WriterQuestion, 'early'> & { openedAt: string } & Record<string, unknown>>(
			db,
			sql`select c.id as "caseId", c.municipality_id as "municipalityId", c.reference, i.title,
				c.opened_at as "openedAt", h.heard, p.name as who
			from issues i
			join cases c on c.subject_id = i.id
			join case_events o on o.case_id = c.id and o.seq = 1
			join grants g on ${holdsSeat}
			join people p on p.id = g.person_id
			left join heard_answers h on h.case_id = c.id
			where i.id = ${issueId}::uuid and ${isQuestion} and not i.hidden and not i.private
				and (${opening}::uuid is null or o.id = ${opening}::uuid)
			order by g.starts_at desc limit 1`
		)
	)[0];

interface Said {
	heard: string;
	/** Null where they did not say. */
	firstTime: boolean | null;
}

/**
 * Whoever put a question to a councillor says whether an answer came; the latest they say holds. Only
 * counts of it are ever shown.
 * @throws Refusal 404 where it is not theirs, 409 before two weeks have passed, 400 for another word
 */
const hear = (db: Db, writer: Writer, { heard, firstTime }: Said, now: Date) =>
	db.transaction(async (tx) => {
		const question = await writerQuestion(tx, writer, now);
		if (question.early) throw new Refusal(409, m.issue_heard_early());
		if (!isHeard(heard)) throw new Refusal(400, m.issue_heard_choose(), 'heard');
		const { caseId, municipalityId } = question;
		if (question.heard === heard) return;
		const said = { heard, firstTime, at: now };
		await tx
			.insert(heardAnswers)
			.values({ caseId, municipalityId, ...said })
			.onConflictDoUpdate({ target: heardAnswers.caseId, set: said });
		await record(
			tx,
			nobodyNamed,
			{ municipalityId, deed: 'councillor.heard', thing: 'case', thingId: caseId, details: {} },
			now
		);
	});

const isHeard = (code: string): code is Heard => (heardCodes as readonly string[]).includes(code);

/** By the link of a message. */
export const heardByLink = (db: Db, answerer: Answerer, said: Said, now = new Date()) =>
	hear(db, { answerer }, said, now);

/** As the reporter, signed in or with the receipt. */
export const heardByReporter = (
	db: Db,
	asker: Asker,
	facts: { municipalityId: string; reference: string } & Said,
	now = new Date()
) => hear(db, { asker, ...facts }, facts, now);

/** What somebody said of the answers to their own questions, for the file they take home. */
export const exportHeard = (db: Db, personId: string) =>
	rows<{ reference: string; heard: Heard; firstTime: boolean | null; at: string }>(
		db,
		sql`select i.reference, h.heard, h.first_time as "firstTime", h.at
			from issues i join cases c on c.subject_id = i.id join heard_answers h on h.case_id = c.id
			where i.reporter_id = ${personId}::uuid order by h.at`
	);

/** Nothing here names anybody: once the question has no writer any more, what was said is a count. */
export const forgetHeard = async () => {};
