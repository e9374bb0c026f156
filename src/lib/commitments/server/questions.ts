import { sql, type SQL } from 'drizzle-orm';
import { rows, type Db } from '../../platform/server/db.ts';

export interface ResponseRecord {
	asked: number;
	answered: number;
	/** Days from question to answer, half of them at most; null below ten answers. */
	medianDays: number | null;
}

/** Below this many answers a median says more about chance than about a person (cases.md 13). */
export const enoughAnswers = 10;

/**
 * Everything that was asked of a ward's councillor: each suggestion, and each question about an issue.
 * Answered by the first reply or decision a councillor made afterwards. Taken back means no longer asked.
 */
const questions = (municipalityId: string): SQL => sql`
	select c.id as case_id, c.ward_code, e.occurred_at as asked_at, a.occurred_at as answered_at, a.actor_id as answered_by
	from case_events e
	join cases c on c.id = e.case_id
	left join lateral (
		select x.occurred_at, x.actor_id from case_events x
		where x.case_id = c.id and x.seq > e.seq
			and (x.kind = 'councillor_reply' or (x.actor_role = 'councillor' and x.state_to is not null))
		order by x.seq limit 1) a on true
	where c.municipality_id = ${municipalityId}::uuid and not c.hidden and not c.private
		and c.state not in ('submitted', 'withdrawn')
		and (e.kind = 'councillor_asked' or (e.kind = 'opened' and c.track = 'suggestion'))`;

const read = async (db: Db, from: SQL): Promise<ResponseRecord> => {
	const [row] = await rows<{ asked: number; answered: number; median: number | null }>(
		db,
		sql`select count(*)::int as asked, count(answered_at)::int as answered,
			percentile_cont(0.5) within group (order by extract(epoch from answered_at - asked_at) / 86400.0)::float8 as median
		from (${from}) q`
	);
	const { asked, answered, median } = row;
	return {
		asked: Number(asked),
		answered: Number(answered),
		medianDays:
			Number(answered) >= enoughAnswers && median !== null ? Math.round(Number(median)) : null
	};
};

/** What a ward asked and what was answered, whoever held the seat. */
export const wardRecord = (
	db: Db,
	municipalityId: string,
	wardCode: string,
	{ from, to }: { from?: Date; to?: Date } = {}
): Promise<ResponseRecord> =>
	read(
		db,
		sql`select case_id, asked_at,
				case when ${to?.toISOString() ?? null}::timestamptz is null or answered_at <= ${to?.toISOString() ?? null}::timestamptz then answered_at end as answered_at
			from (${questions(municipalityId)}) q
			where ward_code = ${wardCode}
				and (${from?.toISOString() ?? null}::timestamptz is null or asked_at >= ${from?.toISOString() ?? null}::timestamptz)
				and (${to?.toISOString() ?? null}::timestamptz is null or asked_at <= ${to?.toISOString() ?? null}::timestamptz)`
	);

/**
 * A person's own record over all their terms in ward seats, not a seat's. What a colleague answered
 * first counts for the colleague and is not held against them.
 */
export const personRecord = (
	db: Db,
	municipalityId: string,
	personId: string
): Promise<ResponseRecord> =>
	read(
		db,
		sql`select q.case_id, q.asked_at, q.answered_at
			from (${questions(municipalityId)}) q
			where q.answered_by = ${personId}::uuid
				or (q.answered_at is null and exists (
					select 1 from grants g
					where g.person_id = ${personId}::uuid and g.municipality_id = ${municipalityId}::uuid
						and g.role = 'councillor' and coalesce(g.term, 'ward') in ('ward', 'acting')
						and g.ward_code = q.ward_code
						and g.starts_at <= q.asked_at and (g.ends_at is null or g.ends_at > q.asked_at)))`
	);
