import { and, desc, eq, gte, lte, sql } from 'drizzle-orm';
import { record } from '../../audit/server/index.ts';
import { openStates } from '../../cases/rules.ts';
import { can, type Actor } from '../../identity/permissions.ts';
import { municipalityById } from '../../identity/server/index.ts';
import { newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import { isDuplicate, rows, type Db } from '../../platform/server/db.ts';
import { enqueue } from '../../platform/server/jobs.ts';
import { cleanText } from '../../platform/text.ts';
import { quarterOf, type Quarter, type WardFigures } from '../report-back.ts';
import { reportedBack } from './jobs.ts';
import { wardRecord } from './questions.ts';
import { commitmentEvents, commitments, reportBacks } from './schema.ts';

/**
 * What happened in a ward in a quarter, counted from the events of its public cases and promises, as
 * far as the quarter has come by `now`.
 */
export async function wardFigures(
	db: Db,
	municipalityId: string,
	wardCode: string,
	quarter: Quarter,
	now = new Date()
): Promise<WardFigures> {
	const to = quarter.to < now ? quarter.to : now;
	const [from, until] = [quarter.from.toISOString(), to.toISOString()];
	const within = sql`e.occurred_at between ${from}::timestamptz and ${until}::timestamptz`;
	const distinct = (condition: ReturnType<typeof sql>) =>
		sql`count(distinct c.id) filter (where ${condition})::int`;
	const [counted] = await rows<Record<string, number>>(
		db,
		sql`select
			${distinct(sql`e.kind in ('opened', 'imported') and c.track = 'issue' and ${within}`)} as opened,
			${distinct(sql`e.state_to = 'resolved_claimed' and ${within}`)} as "saidFixed",
			${distinct(sql`e.state_to = 'verified_closed' and ${within}`)} as confirmed,
			${distinct(sql`e.kind in ('reopen', 'contradict') and ${within}`)} as reopened,
			${distinct(sql`e.kind = 'opened' and c.track = 'suggestion' and ${within}`)} as suggestions,
			${distinct(sql`c.track = 'suggestion' and e.actor_role = 'councillor' and ${within}`)} as "suggestionsAnswered"
		from cases c join case_events e on e.case_id = c.id
		where c.municipality_id = ${municipalityId}::uuid and c.ward_code = ${wardCode}
			and not c.hidden and not c.private and c.state <> 'submitted'`
	);
	const { asked, answered } = await wardRecord(db, municipalityId, wardCode, {
		from: quarter.from,
		to
	});
	return {
		...(Object.fromEntries(Object.entries(counted).map(([name, n]) => [name, Number(n)])) as Pick<
			WardFigures,
			'opened' | 'saidFixed' | 'confirmed' | 'reopened' | 'suggestions' | 'suggestionsAnswered'
		>),
		openAtEnd: await openAt(db, municipalityId, wardCode, until),
		asked,
		answered,
		...(await promisesIn(db, municipalityId, wardCode, quarter, to))
	};
}

/** How many issues stood open at an instant, by replaying each one's last change of state before it. */
async function openAt(db: Db, municipalityId: string, wardCode: string, at: string) {
	const open = sql.join(
		openStates.map((state) => sql`${state}`),
		sql`, `
	);
	const [{ n }] = await rows<{ n: number }>(
		db,
		sql`select count(*)::int as n from cases c
		where c.municipality_id = ${municipalityId}::uuid and c.ward_code = ${wardCode} and c.track = 'issue'
			and not c.hidden and not c.private and c.state <> 'submitted' and c.opened_at <= ${at}::timestamptz
			and coalesce((select e.state_to from case_events e
				where e.case_id = c.id and e.state_to is not null and e.occurred_at <= ${at}::timestamptz
				order by e.seq desc limit 1), 'open') in (${open})`
	);
	return Number(n);
}

async function promisesIn(
	db: Db,
	municipalityId: string,
	wardCode: string,
	quarter: Quarter,
	to: Date
) {
	const count = (kind: string) =>
		sql<number>`count(distinct ${commitments.id}) filter (where ${commitmentEvents.kind} = ${kind})::int`;
	const [moved] = await db
		.select({
			promised: count('promised'),
			kept: count('kept'),
			slipped: count('slipped'),
			broken: count('broken')
		})
		.from(commitments)
		.innerJoin(commitmentEvents, eq(commitmentEvents.commitmentId, commitments.id))
		.where(
			and(
				eq(commitments.municipalityId, municipalityId),
				eq(commitments.wardCode, wardCode),
				gte(commitmentEvents.occurredAt, quarter.from),
				lte(commitmentEvents.occurredAt, to)
			)
		);
	const overdue = await db.$count(
		commitments,
		and(
			eq(commitments.municipalityId, municipalityId),
			eq(commitments.wardCode, wardCode),
			lte(commitments.dueAt, to),
			sql`(${commitments.settledAt} is null or ${commitments.settledAt} > ${to.toISOString()}::timestamptz)`
		)
	);
	return { ...moved, overdue };
}

export interface ReportBackFacts {
	municipalityId: string;
	wardCode: string;
	/** `2026-Q4` */
	quarter: string;
	words: string;
}

/**
 * Reports back to a ward on a quarter: the figures as they stand, copied, and the councillor's own
 * words. Code of Conduct for Councillors (Structures Act 117 of 1998, Schedule 7): at least quarterly.
 * @throws Refusal 404 outside their ward, 400 for words or quarter, 409 when it was done already
 */
export async function publishReportBack(
	db: Db,
	actor: Actor,
	facts: ReportBackFacts,
	now = new Date()
) {
	const { municipalityId, wardCode } = facts;
	if (!can(actor, 'case.comment', { municipalityId, wardCodes: [wardCode] })) throw notFound();
	const words = cleanText(facts.words);
	if (words.length < 20 || words.length > 5000)
		throw new Refusal(400, 'Write in your own words, 20 to 5 000 characters.', 'words');

	await db
		.transaction(async (tx) => {
			const municipality = await municipalityById(tx, municipalityId);
			const quarter = quarterOf(facts.quarter, municipality?.timezone);
			if (!quarter || quarter.from > now)
				throw new Refusal(400, 'Choose a quarter that has begun.', 'quarter');
			const id = newId(now);
			await tx.insert(reportBacks).values({
				id,
				municipalityId,
				wardCode,
				quarter: quarter.name,
				personId: actor.id,
				personName: actor.name,
				figures: await wardFigures(tx, municipalityId, wardCode, quarter, now),
				words,
				publishedAt: now
			});
			await enqueue(tx, reportedBack, { reportBackId: id });
			await record(
				tx,
				actor,
				{
					municipalityId,
					deed: 'ward.reported_back',
					thing: 'report_back',
					thingId: id,
					details: { wardCode, quarter: quarter.name }
				},
				now
			);
		})
		.catch((reason) => {
			if (isDuplicate(reason))
				throw new Refusal(409, 'You have reported back on this quarter already.', 'quarter');
			throw reason;
		});
}

/** What was reported back to a ward, newest first. */
export const reportBacksOf = (db: Db, municipalityId: string, wardCode: string, limit = 8) =>
	db
		.select()
		.from(reportBacks)
		.where(and(eq(reportBacks.municipalityId, municipalityId), eq(reportBacks.wardCode, wardCode)))
		.orderBy(desc(reportBacks.publishedAt))
		.limit(limit);

export const lastReportBack = async (db: Db, municipalityId: string, wardCode: string) =>
	(await reportBacksOf(db, municipalityId, wardCode, 1))[0] ?? null;

/** What one councillor reported back, to whichever ward. */
export const reportBacksBy = (db: Db, municipalityId: string, personId: string, limit = 8) =>
	db
		.select()
		.from(reportBacks)
		.where(and(eq(reportBacks.municipalityId, municipalityId), eq(reportBacks.personId, personId)))
		.orderBy(desc(reportBacks.publishedAt))
		.limit(limit);
