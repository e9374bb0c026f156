import * as v from 'valibot';
import { sql } from 'drizzle-orm';
import { tellFollowers } from '../../delivery/server/index.ts';
import { answerToken } from '../../issues/server/index.ts';
import { rows, type Db } from '../../platform/server/db.ts';
import { job } from '../../platform/server/jobs.ts';
import { later } from '../../platform/time.ts';
import { askedAfter, askingNow, settledAfter } from '../answers.ts';
import { holdsSeat, isQuestion } from './seats.ts';

/** Asks everybody who put a question to a councillor 14 days ago, and again after 21, whether an answer came. */
export const askWritersJob = job({
	name: 'ask-writers',
	payload: v.object({}),
	run: ({ db, now }) => askWriters(db, now).then(() => undefined)
});

interface Due extends Record<string, unknown> {
	case_id: string;
	subject_id: string;
	municipality_id: string;
	reference: string;
	opened_at: string;
	opening: string;
	who: string;
}

/** Asks each who is due once a time, however often this runs. Answers how many messages were written. */
export async function askWriters(db: Db, now: Date): Promise<number> {
	const due = await rows<Due>(
		db,
		sql`select distinct on (c.id) c.id as case_id, c.subject_id, c.municipality_id, c.reference, c.opened_at,
				o.id as opening, p.name as who
			from cases c
			join case_events o on o.case_id = c.id and o.seq = 1
			join grants g on ${holdsSeat}
			join people p on p.id = g.person_id
			where ${isQuestion}
				and c.opened_at > ${later(now, -settledAfter).toISOString()}::timestamptz
				and c.opened_at <= ${later(now, -askedAfter[0]).toISOString()}::timestamptz
				and not exists (select 1 from heard_answers h where h.case_id = c.id)
			order by c.id, g.starts_at desc`
	);
	let told = 0;
	for (const question of due) told += await ask(db, question, now);
	return told;
}

async function ask(db: Db, question: Due, now: Date): Promise<number> {
	const time = askingNow(now.getTime() - new Date(question.opened_at).getTime());
	if (time === null) return 0;
	const { subject_id: issueId, opening, reference } = question;
	return tellFollowers(
		db,
		{
			municipalityId: question.municipality_id,
			subject: 'issue',
			subjectId: issueId,
			template: 'councillor.heard',
			facts: { reference, who: question.who },
			path: `/issues/${reference}/answered`,
			dedupe: `${question.case_id}/heard/${time}`,
			because: ['reported'],
			pathFor: ({ personId, contactPointId }) => {
				const who = personId ? { personId } : contactPointId ? { contactPointId } : null;
				const token =
					who && answerToken({ issueId, claimEventId: opening, as: 'reporter', who }, now);
				return token ? `/issues/${reference}/answered?t=${token}` : undefined;
			}
		},
		now
	);
}
