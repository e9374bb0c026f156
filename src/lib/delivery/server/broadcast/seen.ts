import { sql } from 'drizzle-orm';
import type { Asker } from '../../../identity/asker.ts';
import { spend } from '../../../identity/server/index.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import { rows, type Db } from '../../../platform/server/db.ts';
import { hours } from '../../../platform/time.ts';
import { stageOf, stages, type Seen, type Stage } from '../../broadcast.ts';
import type { ChannelName } from '../../channel.ts';
import { readToldMark } from './told-mark.ts';

/** Reports that say nothing new, from one network: a carrier has one address for a town. */
const repeats = { points: 2000, window: hours(1) };

/** What a message was about, as the phone that got it proves by its mark. */
export interface ToldAbout {
	municipalityId: string;
	subject: string;
	subjectId: string;
	/** The ward it was told for; empty where it followed something else. */
	ward: string;
}

/**
 * A phone says that it showed a message, that somebody opened it, or answered it. It only moves on: said
 * twice, or late, changes nothing.
 * @throws Refusal 404 for a mark we did not make or whose audience is forgotten, 429 for endless repeats
 */
export async function noteSeen(
	db: Db,
	{ network }: Pick<Asker, 'network'>,
	{ told, stage }: { told: unknown; stage: unknown },
	now = new Date()
): Promise<void> {
	const message = readToldMark(told);
	if (!message) throw notFound();
	if (!stages.some((each) => each === stage))
		throw new Refusal(400, `Say one of ${stages.join(', ')}.`, 'stage');
	if (await moveOn(db, message, stage as Stage, now)) return;
	if (!(await isKnown(db, message))) throw notFound();
	if (network && (await spend(db, `seen/${network}`, repeats, now)))
		throw new Refusal(429, 'This was said often enough.');
}

/** Somebody answered a message: what it was about, and its phone has acknowledged it. Null for a mark that proves nothing. */
export async function acknowledge(tx: Db, told: unknown, now: Date): Promise<ToldAbout | null> {
	const message = readToldMark(told);
	if (!message) return null;
	const [about] = await rows<ToldAbout & Record<string, unknown>>(
		tx,
		sql`select b.municipality_id as "municipalityId", b.subject, b.subject_id as "subjectId", a.ward
			from broadcasts b join broadcast_audience a on a.broadcast_no = b.no
			where b.id = ${message.broadcastId}::uuid and a.n = ${message.n}::int`
	);
	if (!about) return null;
	await moveOn(tx, message, 'acked', now);
	return about;
}

interface Message {
	broadcastId: string;
	n: number;
}

async function moveOn(db: Db, { broadcastId, n }: Message, stage: Stage, now: Date) {
	const moved = await rows(
		db,
		sql`insert into broadcast_seen (broadcast_id, n, ward, stage, at)
			select b.id, a.n, a.ward, ${stageOf(stage)}::smallint, ${now.toISOString()}::timestamptz
			from broadcasts b join broadcast_audience a on a.broadcast_no = b.no
			where b.id = ${broadcastId}::uuid and a.n = ${n}::int
			on conflict (broadcast_id, n) do update set stage = excluded.stage, at = excluded.at
			where broadcast_seen.stage < excluded.stage
			returning 1 as moved`
	);
	return moved.length > 0;
}

const isKnown = async (db: Db, { broadcastId, n }: Message) =>
	(
		await rows(
			db,
			sql`select 1 as known from broadcast_seen where broadcast_id = ${broadcastId}::uuid and n = ${n}::int`
		)
	).length > 0;

/**
 * How many phones showed, opened and answered what one deed told, by ward; and how many messages the
 * networks report as delivered. Who answered has opened it, who opened it has seen it.
 */
export async function seenOfDeed(db: Db, deed: string): Promise<Seen> {
	const found = await rows<{ ward: string; stage: number; count: number }>(
		db,
		sql`select s.ward, s.stage, count(*)::int as count from broadcast_seen s
			join broadcasts b on b.id = s.broadcast_id where b.deed = ${deed} group by 1, 2`
	);
	const delivered = await rows<{ channel: ChannelName; ward: string; count: number }>(
		db,
		sql`select m.channel, a.ward, count(*)::int as count
			from broadcasts b join broadcast_audience a on a.broadcast_no = b.no
			join delivery_lanes l on l.id = a.lane_id and l.channel in ('sms', 'email')
			join messages m on m.dedupe_key = b.deed || '/' || l.channel || '/' || a.contact_point_id
			where b.deed = ${deed} and m.outcome = 'delivered' group by 1, 2`
	);
	return {
		wards: [...new Set(found.map(({ ward }) => ward))].map((ward) => ({
			ward,
			...atLeast(found.filter((each) => each.ward === ward))
		})),
		delivered: delivered.map((each) => ({ ...each, count: Number(each.count) }))
	};
}

function atLeast(found: Array<{ stage: number; count: number }>): Record<Stage, number> {
	const from = (stage: Stage) =>
		found.reduce((sum, each) => sum + (each.stage >= stageOf(stage) ? Number(each.count) : 0), 0);
	return { shown: from('shown'), opened: from('opened'), acked: from('acked') };
}
