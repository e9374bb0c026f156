import { sql } from 'drizzle-orm';
import { progressOfDeed, seenOfDeed, type Progress } from '../../../delivery/server/index.ts';
import type { Stage } from '../../../delivery/broadcast.ts';
import type { ChannelName } from '../../../delivery/channel.ts';
import type { Actor } from '../../../identity/permissions.ts';
import { rows, type Db } from '../../../platform/server/db.ts';
import type { Saying } from '../../people.ts';
import { must, type AlertRow } from '../find.ts';
import { wardsWithin } from '../within.ts';

/** One ward of a warning: who lives there, who was told, and what they say. */
export interface WardReach {
	code: string;
	name: string;
	/** People inside the area; null where no population was imported. */
	people: number | null;
	/** Addresses that took it, over every way. */
	told: number;
	/** Phones that showed it, on which it was opened, and was answered. */
	seen: Record<Stage, number>;
	said: Record<Saying, number>;
}

export interface Reach {
	/** Null until it was released. */
	progress: Progress | null;
	/** Phones that showed, opened and answered it, in all wards. */
	seen: Record<Stage, number>;
	/** Messages of each way that a network reports to have arrived. */
	delivered: Partial<Record<ChannelName, number>>;
	wards: WardReach[];
}

/** How far one version of a warning got, and what people say since, by ward. */
export async function reachOf(
	db: Db,
	actor: Actor,
	row: Pick<AlertRow, 'id' | 'municipalityId' | 'incidentId' | 'content'>,
	now = new Date()
): Promise<Reach> {
	must(actor, 'alert.read', row.municipalityId);
	const deed = `alert/${row.id}`;
	const progress = await progressOfDeed(db, deed);
	const { wards: phones, delivered } = await seenOfDeed(db, deed);
	const said = await rows<{ ward: string; said: Saying; people: number }>(
		db,
		sql`select ward_code as ward, said, sum(people)::int as people from (
				select distinct on (who_index) who_index, ward_code, said, people
				from alert_check_ins where incident_id = ${row.incidentId}::uuid order by who_index, seq desc
			) as newest group by 1, 2`
	);
	const within = row.content
		? await wardsWithin(db, row.municipalityId, row.content.area, now)
		: [];
	const seenIn = (code: string): Record<Stage, number> => {
		const { shown = 0, opened = 0, acked = 0 } = phones.find((each) => each.ward === code) ?? {};
		return { shown, opened, acked };
	};
	const wards = (row.content?.wards ?? []).map(({ code, name }): WardReach => {
		const ward = within.find((each) => each.code === code);
		const of = (saying: Saying) =>
			Number(said.find((each) => each.ward === code && each.said === saying)?.people ?? 0);
		return {
			code,
			name,
			people: ward && ward.population !== null ? Math.round(ward.population * ward.share) : null,
			told: (progress?.counts ?? [])
				.filter((each) => each.ward === code && ['accepted', 'delivered'].includes(each.result))
				.reduce((sum, { count }) => sum + count, 0),
			seen: seenIn(code),
			said: { safe: of('safe'), left: of('left'), help: of('help') }
		};
	});
	return {
		progress,
		seen: {
			shown: sum(phones.map((each) => each.shown)),
			opened: sum(phones.map((each) => each.opened)),
			acked: sum(phones.map((each) => each.acked))
		},
		delivered: Object.fromEntries(
			delivered.map(({ channel }) => [
				channel,
				sum(delivered.flatMap((each) => (each.channel === channel ? each.count : [])))
			])
		),
		wards
	};
}

const sum = (counts: number[]) => counts.reduce((all, each) => all + each, 0);
