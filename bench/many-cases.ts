import { sql } from 'drizzle-orm';
import { newId } from '#lib/platform/ids.ts';
import { rows, type Db } from '#lib/platform/server/db.ts';

const atOnce = 100_000;
export const departmentCount = 6;
const staffCount = 300;
const wardCount = 40;

export interface ManyCases {
	municipalityId: string;
	departmentIds: string[];
}

/**
 * A large municipality with so many cases of some years, one in ten of them open, the same in every
 * run: put there without the deeds that made them, as the owner and without triggers.
 */
export async function settleManyCases(db: Db, count: number): Promise<ManyCases> {
	const municipalityId = newId();
	await db.execute(sql`set role none`);
	await db.execute(sql`set session_replication_role = replica`);
	await db.execute(
		sql`insert into municipalities (id, code, name, kind, created_at) values (${municipalityId}::uuid, 'BEN', 'Benchmark', 'A', now())`
	);
	await db.execute(sql`
		insert into departments (id, municipality_id, code, name)
		select gen_random_uuid(), ${municipalityId}::uuid, 'd' || i, 'Department ' || i from generate_series(1, ${departmentCount}::int) as i`);
	await db.execute(sql`
		insert into people (id, name, language, created_at)
		select gen_random_uuid(), 'Officer ' || i, 'en', now() from generate_series(1, ${staffCount}::int) as i`);
	await db.execute(sql`select setseed(0.5)`);
	for (let from = 0; from < count; from += atOnce)
		await db.execute(sql`
			with desks as (select array_agg(id order by code) as ids from departments where municipality_id = ${municipalityId}::uuid),
			staff as (select array_agg(id order by name) as ids from people),
			drawn as (
				select i, gen_random_uuid() as issue, random() as stands, random() as who,
					now() - random() * interval '4 years' as raised
				from generate_series(${from + 1}::int, ${Math.min(from + atOnce, count)}::int) as i
			), put as (
				insert into issues (id, municipality_id, reference, kind, title, located, client_id, created_at, current_ward_code)
				select issue, ${municipalityId}::uuid, 'BEN-' || i, 'issue', 'Dark street', 'ward', issue, raised, 'BEN-' || (1 + i % ${wardCount}::int)
				from drawn returning id
			)
			insert into cases (id, municipality_id, track, subject_id, reference, state, state_since, reason, version, last_hash,
				opened_at, last_event_at, department_id, assignee_id, ward_code, current_ward_code, due_at)
			select gen_random_uuid(), ${municipalityId}::uuid, 'issue', issue, 'BEN-' || i,
				case when stands < 0.02 then 'on_hold' when stands < 0.06 then 'in_progress' when stands < 0.1 then 'open'
					when stands < 0.4 then 'resolved_claimed' when stands < 0.9 then 'verified_closed' else 'declined' end,
				raised, case when stands < 0.02 then (array['parts', 'weather', 'access'])[1 + i % 3] end, 1, '', raised, raised,
				desks.ids[1 + i % ${departmentCount}::int], case when stands < 0.06 then staff.ids[1 + floor(who * ${staffCount}::int)::int] end,
				'BEN-' || (1 + i % ${wardCount}::int), 'BEN-' || (1 + i % ${wardCount}::int),
				case when stands >= 0.02 and stands < 0.1 then now() + (who - 0.3) * interval '30 days' end
			from drawn, desks, staff`);
	await db.execute(sql`set session_replication_role = origin`);
	for (const table of ['issues', 'cases']) await db.execute(sql.raw(`vacuum analyze ${table}`));
	const departments = await rows<{ id: string }>(
		db,
		sql`select id from departments where municipality_id = ${municipalityId}::uuid order by code`
	);
	return { municipalityId, departmentIds: departments.map(({ id }) => id) };
}

/**
 * What was done with those cases: each was opened, nine in ten were ended within three weeks, one in
 * eight was paused on the way; put there as the cases were. Answers how many events there are.
 */
export async function settleManyEvents(
	db: Db,
	{ municipalityId }: ManyCases,
	count: number
): Promise<number> {
	await db.execute(sql`set session_replication_role = replica`);
	await db.execute(sql`select setseed(0.25)`);
	for (let from = 0; from < count; from += atOnce)
		await db.execute(sql`
			with staff as (select array_agg(id order by name) as ids from people),
			chosen as (
				select id, opened_at, state, random() as who, random() as pauses, opened_at + random() * interval '20 days' as ended
				from cases where municipality_id = ${municipalityId}::uuid
				order by reference limit ${atOnce}::int offset ${from}::int
			), done as (
				select id, 1 as seq, 'opened' as kind, opened_at as at, who, '{}'::jsonb as facts from chosen
				union all
				select id, 2, 'hold', opened_at + (ended - opened_at) * 0.5, who,
					jsonb_build_object('due', to_char(ended at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
					from chosen where pauses < 0.125
				union all
				select id, 3, case when state = 'declined' then 'decline' else 'claim' end, ended, who, '{}'
					from chosen where state in ('resolved_claimed', 'verified_closed', 'declined')
			)
			insert into case_events (id, municipality_id, case_id, seq, kind, actor_id, actor_role, occurred_at, recorded_at,
				deed_id, visibility, facts, prev_hash, hash)
			select gen_random_uuid(), ${municipalityId}::uuid, id, seq, kind, staff.ids[1 + floor(who * ${staffCount}::int)::int],
				'department_officer', at, at, gen_random_uuid(), 'public', facts, '', ''
			from done, staff where at < now()`);
	await db.execute(sql`set session_replication_role = origin`);
	await db.execute(sql`vacuum analyze case_events`);
	const [{ n }] = await rows<{ n: string }>(db, sql`select count(*) as n from case_events`);
	return Number(n);
}
