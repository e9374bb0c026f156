import { sql, type SQL } from 'drizzle-orm';
import { localTime } from '../../../platform/time.ts';
import { rows, type Db } from '../../../platform/server/db.ts';
import { codeOf, shelf } from '../../broadcast.ts';
import { usualQuiet } from '../../rules.ts';
import type { Subject } from '../follow.ts';
import { canaryOrigin } from '../push/canary.ts';

/** Followers of these things, who are told together: those inside, those near, all others. */
export type Ring = Array<readonly [subject: Subject, subjectId: string]>;

export interface Asked {
	municipalityId: string;
	timeZone: string;
	/** In the order they are told. Whoever is in two of them is in the first. */
	rings: Ring[];
	/** An emergency goes every way there is, waits for no quiet hours and asks for no wishes. */
	emergency: boolean;
	/** Only synthetic phones, which are never among people otherwise. */
	synthetic?: boolean;
	exceptPersonId?: string | null;
	/** Languages it is written in; everybody else gets English. */
	languages: string[];
	/** No budget is left for SMS: people find it inside the product, bare numbers hear nothing. */
	withoutSms?: boolean;
	/** The broadcasts before it about the same: whoever was told by any of them is told now. */
	correctsNos?: number[];
	/** Of those, only in these wards: whoever is elsewhere goes by what was said before. */
	onlyWards?: string[];
	/** Of synthetic phones, only these: another test may be under way. */
	phones?: string[];
}

/**
 * Fixes who is told, over which way, in which language and order, by one INSERT … SELECT: the rules
 * of `route` (rules.ts) for news that nobody asked for this minute, over a whole municipality.
 * Answers with how many they are.
 */
export async function fixAudience(tx: Db, no: number, asked: Asked, now: Date): Promise<number> {
	// Compiling this for a few hundred followers takes longer than finding them.
	await tx.execute(sql`set local jit = off`);
	const [{ count }] = await rows<{ count: number }>(
		tx,
		sql`with ${following(asked)}, ${known()}, ${routed(asked)}, ${targets(asked)}
			, put as (
				insert into broadcast_audience
					(broadcast_no, n, ring, lane_id, person_id, contact_point_id, push_subscription_id, ward, language, not_before)
				select ${no}, row_number() over (order by ring, lane_id, not_before nulls first, block_id nulls last, target) - 1,
					ring, lane_id, person_id, contact_point_id, push_subscription_id, ward,
					case when language in (${list(asked.languages)}) then language else 'en' end, not_before
				from (${laned(asked, now)}) as each
				returning 1
			)
			select count(*)::int as count from put`
	);
	return Number(count);
}

/** How many of an audience are in each block of prepared records. */
export async function blocksOf(tx: Db, no: number): Promise<Map<string, number>> {
	const found = await rows<{ id: string; count: number }>(
		tx,
		sql`select s.block_id as id, count(*)::int as count
			from broadcast_audience a join push_subscriptions s on s.id = a.push_subscription_id
			where a.broadcast_no = ${no} and s.block_id is not null group by 1`
	);
	return new Map(found.map(({ id, count }) => [id, Number(count)]));
}

const list = (values: string[]) =>
	values.length
		? sql.join(
				values.map((each) => sql`${each}`),
				sql`, `
			)
		: sql`null`;

/** They are in no block, so that an index finds them. */
const canaries = sql`select id from push_subscriptions where origin = ${canaryOrigin} and block_id is null and gone_at is null`;

/** Everybody who follows one of the things, with its ring. */
function following({ municipalityId, rings, exceptPersonId, synthetic, phones }: Asked): SQL {
	const all = rings.flatMap((ring, i) => ring.map(([subject, id]) => ({ i, subject, id })));
	return sql`ringed as (
		select (each->>0)::smallint as ring, each->>1 as subject, each->>2 as subject_id
		from jsonb_array_elements(${JSON.stringify(all.map(({ i, subject, id }) => [i, subject, id]))}::jsonb) as each
	), following as (
		select f.person_id, f.contact_point_id, f.push_subscription_id, f.channel, f.language, f.subject, r.ring,
			case when f.subject = 'ward' then f.subject_id else '' end as ward
		from ringed r join followings f on f.subject = r.subject and f.subject_id = r.subject_id
		where f.municipality_id = ${municipalityId} and f.ended_at is null and ${synthetic ? sql`` : sql`not`} coalesce(f.push_subscription_id in (${canaries}), false)
			${phones ? sql`and f.push_subscription_id in (${list(phones)})` : sql``}
			and (${exceptPersonId ?? null}::uuid is null or f.person_id is distinct from ${exceptPersonId ?? null}::uuid)
	)`;
}

/** What `knowRecipients` looks up, for all of them at once. */
const known = () => sql`own as (
	select distinct on (pc.person_id, c.kind) pc.person_id, c.kind, c.id
	from person_contacts pc join contact_points c on c.id = pc.contact_point_id
	where pc.person_id in (select person_id from following) and pc.purpose in ('service', 'sign_in')
		and pc.withdrawn_at is null and c.verified_at is not null and c.bounced_at is null and c.value_sealed is not null
	order by pc.person_id, c.kind, pc.chosen_at desc nulls last, pc.given_at, pc.contact_point_id
), device as (
	select distinct person_id from push_subscriptions where gone_at is null and person_id is not null
), known as (
	select f.*, p.id is not null as has_person,
		c.id as named, case c.kind when 'email' then 'email' when 'phone' then 'sms' end as named_way,
		c.verified_at is not null and c.bounced_at is null and c.value_sealed is not null as named_usable,
		e.id as own_email, t.id as own_phone,
		case when f.push_subscription_id is not null then s.id is not null else d.person_id is not null end as can_push,
		case when p.id is not null then w.channel end as wished,
		coalesce(w.language, v.language, f.language) as tongue,
		coalesce(w.opted_out, v.opted_out, '{}') as opted_out,
		coalesce(w.quiet_from, v.quiet_from, ${usualQuiet.from}) as quiet_from,
		coalesce(w.quiet_to, v.quiet_to, ${usualQuiet.to}) as quiet_to
	from following f
	left join people p on p.id = f.person_id and p.erased_at is null
	left join contact_points c on c.id = f.contact_point_id
	left join own e on e.person_id = f.person_id and e.kind = 'email'
	left join own t on t.person_id = f.person_id and t.kind = 'phone'
	left join push_subscriptions s on s.id = f.push_subscription_id and s.gone_at is null
	left join device d on d.person_id = f.person_id
	left join preferences w on w.person_id = f.person_id and w.contact_point_id is null
	left join preferences v on v.contact_point_id = f.contact_point_id and v.person_id is null and w.id is null
)`;

/** The way each of them is told: `choose` of rules.ts, or in an emergency every way there is. */
function routed({ emergency, withoutSms = false }: Asked): SQL {
	const usual = sql`
		(1, case when wished is null then named_way end, named),
		(2, case when wished = 'inbox' and has_person then wished end, null),
		(3, case when wished = 'web_push' and can_push then wished end, null),
		(4, case when wished = 'email' and own_email is not null then wished end, own_email),
		(5, case when wished = 'sms' and own_phone is not null then wished end, own_phone),
		(6, case when named is null and channel = 'inbox' and has_person then channel end, null),
		(7, case when named is null and channel = 'web_push' and can_push then channel end, null),
		(8, case when named is null and channel = 'email' and own_email is not null then channel end, own_email),
		(9, case when named is null and channel = 'sms' and own_phone is not null then channel end, own_phone),
		(10, named_way, named),
		(11, case when has_person then 'inbox' end, null)`;
	const every = sql`
		(1, case when can_push then 'web_push' end, null),
		(1, case when own_phone is not null then 'sms' end, own_phone),
		(1, case when own_email is not null then 'email' end, own_email),
		(1, case when named_usable then named_way end, named),
		(2, case when has_person then 'inbox' end, null)`;
	const free = sql`case when can_push then 'web_push' when own_email is not null then 'email' else 'inbox' end`;
	const way = withoutSms ? sql`case w.way when 'sms' then ${free} else w.way end` : sql`w.way`;
	const contact = withoutSms
		? sql`case when w.way <> 'sms' then w.contact when not can_push then own_email end`
		: sql`w.contact`;
	return sql`chosen as (
		select k.*, ${way} as way, ${contact} as contact
		from known k cross join lateral (
			select way, contact::uuid as contact, rank, min(rank) over () as first
			from (values ${emergency ? every : usual}) as v (rank, way, contact) where way is not null
			order by rank ${emergency ? sql`` : sql`limit 1`}
		) as w
		where w.rank = w.first ${withoutSms ? sql`and (w.way <> 'sms' or k.has_person)` : sql``}
	), routed as (
		select * from chosen ${
			emergency
				? sql``
				: sql`where not (opted_out && array['*', way, subject, way || ':' || subject])
			and (contact is null or contact is distinct from named or named_usable)`
		}
	)`;
}

/** The addresses themselves: each device of a person, each contact; and whoever was told before. */
function targets({ correctsNos = [], onlyWards }: Asked): SQL {
	const before = sql.join(correctsNos.map((no) => sql` union all ${told(no, onlyWards)}`));
	return sql`targets as (
		select ring, way, person_id, contact as contact_point_id, null::uuid as push_subscription_id, null as origin, null::uuid as block_id,
			ward, tongue as language, quiet_from, quiet_to
		from routed where way <> 'web_push'
		union all
		select r.ring, r.way, r.person_id, null, s.id, s.origin, s.block_id, r.ward, r.tongue, r.quiet_from, r.quiet_to
		from routed r join push_subscriptions s on s.id = r.push_subscription_id and s.gone_at is null
		where r.way = 'web_push'
		union all
		select r.ring, r.way, r.person_id, null, s.id, s.origin, s.block_id, r.ward, r.tongue, r.quiet_from, r.quiet_to
		from routed r join push_subscriptions s on s.person_id = r.person_id and s.gone_at is null
		where r.way = 'web_push' and r.push_subscription_id is null
		${before}
	)`;
}

/** Whoever an earlier version was tried for, and can still be reached: a correction goes to all of them. */
const told = (no: number, onlyWards?: string[]) => sql`
	select 0::smallint, l.channel, a.person_id, a.contact_point_id, s.id, s.origin, s.block_id,
		a.ward, a.language, coalesce(w.quiet_from, v.quiet_from, ${usualQuiet.from}), coalesce(w.quiet_to, v.quiet_to, ${usualQuiet.to})
	from broadcast_audience a
	join delivery_lanes l on l.id = a.lane_id
	left join push_subscriptions s on s.id = a.push_subscription_id and s.gone_at is null
	left join contact_points c on c.id = a.contact_point_id
	left join people p on p.id = a.person_id
	left join preferences w on w.person_id = a.person_id and w.contact_point_id is null
	left join preferences v on v.contact_point_id = a.contact_point_id and v.person_id is null and w.id is null
	where a.broadcast_no = ${no} and ${wasTried(no)}
		and (a.push_subscription_id is null or s.id is not null)
		and (a.contact_point_id is null or (c.bounced_at is null and c.value_sealed is not null))
		and p.erased_at is null ${onlyWards ? sql`and a.ward in (${list(onlyWards)})` : sql``}`;

/** While it runs its ledger says so; afterwards the byte that is kept of each. */
const wasTried = (no: number) => sql`(
	exists (select from broadcast_outcomes o where o.broadcast_no = ${no} and o.n = a.n and o.result <> ${codeOf('superseded')})
	or exists (select from broadcast_retries t where t.broadcast_no = ${no} and t.n = a.n)
	or exists (select from broadcast_chunks h where h.broadcast_no = ${no} and h.state = 'held' and a.n between h.lo and h.hi)
	or exists (
		select from broadcast_results r join broadcasts b on b.id = r.broadcast_id
		where b.no = ${no} and r.lo = a.n / ${shelf}::int * ${shelf}::int and get_byte(r.results, a.n - r.lo) not in (${codeOf('untried')}, ${codeOf('superseded')})
	)
)`;

/** One row for each address, in the lane it leaves by, with the end of its quiet hours. */
function laned({ emergency, timeZone }: Asked, now: Date): SQL {
	const { hour, minute } = localTime(now, timeZone);
	const clock = hour * 60 + minute;
	const wait = sql`${now.toISOString().slice(0, 16) + 'Z'}::timestamptz + make_interval(mins => (t.quiet_to - ${clock}::int + 1440) % 1440)`;
	const quiet = sql`case
		when t.quiet_from < t.quiet_to and ${clock}::int >= t.quiet_from and ${clock}::int < t.quiet_to then ${wait}
		when t.quiet_from > t.quiet_to and (${clock}::int >= t.quiet_from or ${clock}::int < t.quiet_to) then ${wait}
	end`;
	return sql`
		select distinct on (t.way, t.target) t.*, l.id as lane_id,
			${emergency ? sql`null::timestamptz` : sql`case when t.way <> 'inbox' then ${quiet} end`} as not_before
		from (select *, coalesce(push_subscription_id, contact_point_id, person_id) as target from targets) as t
		join delivery_lanes l on l.name = case when t.way = 'web_push' then t.origin else t.way end
		order by t.way, t.target, t.ring`;
}
