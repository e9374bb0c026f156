import { sql } from 'drizzle-orm';
import type { Actor, Grant } from '#lib/identity/permissions.ts';
import { nextBroken, unansweredClimbs, workload } from '#lib/issues/server/index.ts';
import { openDatabase, type Db } from '#lib/platform/server/db.ts';
import { newId } from '#lib/platform/ids.ts';
import { startCluster } from '../tests/support/cluster.ts';
import { median, type Bench, type Figure } from './figure.ts';
import { settleManyCases, type ManyCases } from './many-cases.ts';

const rounds = 40;
const most = 300;

/** Everything the supervisor's screen asks, over the cases of some years; baseline: counting all of them one question at a time. */
export const supervisor: Bench = {
	name: 'supervisor',
	about:
		'the supervisor’s screen over 200,000 cases (1,000,000 with --long) on PostgreSQL; baseline: each of its numbers counted by itself',
	async run({ long, say }) {
		const count = Number(process.env.BENCH_CASES) || (long ? 1_000_000 : 200_000);
		const cluster = await startCluster(['shared_buffers=1GB']);
		if (!cluster) {
			say('  skipped: no PostgreSQL here');
			return [];
		}
		try {
			const database = await openDatabase({ url: cluster.url, connections: 1 });
			const many = await settleManyCases(database.db, count);
			say(`  ${count} cases settled`);
			const figures = [];
			for (const role of ['municipal_manager', 'supervisor'])
				figures.push(...(await measure(database.db, many, role, say)));
			await database.close();
			return figures;
		} finally {
			cluster.stop();
		}
	}
};

async function measure(
	db: Db,
	{ municipalityId, departmentIds }: ManyCases,
	role: string,
	say: (line: string) => void
): Promise<Figure[]> {
	const grant = {
		...{ municipalityId, role, departmentId: null, wardCode: null },
		...(role === 'supervisor' ? { departmentId: departmentIds[0] } : {})
	} as Grant;
	const actor: Actor = {
		...{ id: newId(), name: 'Bench', language: 'en', grants: [grant] },
		session: { id: 'bench', kind: 'staff', secondFactorAt: new Date() }
	};
	const now = new Date();
	const screen = async () => {
		await unansweredClimbs(db, actor, municipalityId);
		await nextBroken(db, actor, municipalityId);
		return workload(db, actor, municipalityId, now);
	};
	const { counts } = await screen();
	const [ours, peer]: number[][] = [[], []];
	for (let round = 0; round < rounds; round++) {
		ours.push(await taken(screen));
		if (round % 10 === 0) peer.push(await taken(() => oneByOne(db, municipalityId)));
	}
	const p95 = [...ours].sort((a, b) => a - b)[Math.floor(rounds * 0.95) - 1];
	say(
		`  ${role}: ${counts.open} open, p50 ${median(ours).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms; one by one ${median(peer).toFixed(0)} ms`
	);
	return [
		{
			...{ case: `${role}: p95 of the screen`, value: p95, unit: 'ms', baseline: most },
			...{ ratio: null, limit_ratio: null }
		}
	];
}

async function taken(ask: () => Promise<unknown>): Promise<number> {
	const started = performance.now();
	await ask();
	return performance.now() - started;
}

/** The plain way: a count for each number that is shown, over all cases. */
async function oneByOne(db: Db, municipalityId: string) {
	const mine = sql`municipality_id = ${municipalityId} and track = 'issue' and not hidden and state in ('open', 'acknowledged', 'assigned', 'in_progress', 'on_hold', 'referred_out', 'resolved_claimed')`;
	for (const condition of [
		sql`true`,
		sql`due_at < now()`,
		sql`due_at between now() and now() + interval '1 day'`,
		sql`state = 'on_hold'`,
		sql`due_at is null`
	])
		await db.execute(sql`select count(*) from cases where ${mine} and ${condition}`);
	await db.execute(sql`select assignee_id, count(*) from cases where ${mine} group by assignee_id`);
	await db.execute(sql`select reason, count(*) from cases where ${mine} group by reason`);
}
