import type { Actor, Grant } from '#lib/identity/permissions.ts';
import { gamingFlags } from '#lib/issues/server/index.ts';
import { openDatabase, type Db } from '#lib/platform/server/db.ts';
import { newId } from '#lib/platform/ids.ts';
import { startCluster } from '../tests/support/cluster.ts';
import { median, type Bench } from './figure.ts';
import { settleManyCases, settleManyEvents, type ManyCases } from './many-cases.ts';

const rounds = 20;
const most = 1000;

/** The page of what looks like a clock being gamed: the deeds of a month, out of those of some years. */
export const signs: Bench = {
	name: 'signs',
	about:
		'what looks like a clock being gamed, read from a month of 200,000 cases (1,000,000 with --long) on PostgreSQL; baseline: a second',
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
			const events = await settleManyEvents(database.db, many, count);
			say(`  ${count} cases with ${events} events settled`);
			const figures = [];
			for (const role of ['municipal_manager', 'supervisor'] as const)
				figures.push(await measure(database.db, many, role, say));
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
	role: 'municipal_manager' | 'supervisor',
	say: (line: string) => void
) {
	const departmentId = role === 'supervisor' ? departmentIds[0] : null;
	const grant = { municipalityId, role, departmentId, wardCode: null } as Grant;
	const actor: Actor = {
		...{ id: newId(), name: 'Bench', language: 'en', grants: [grant] },
		session: { id: 'bench', kind: 'staff', secondFactorAt: new Date() }
	};
	const now = new Date();
	const taken: number[] = [];
	let flags = 0;
	for (let round = 0; round < rounds; round++) {
		const started = performance.now();
		flags = (await gamingFlags(db, actor, municipalityId, now)).flags.length;
		taken.push(performance.now() - started);
	}
	const p95 = [...taken].sort((a, b) => a - b)[Math.floor(rounds * 0.95) - 1];
	say(`  ${role}: ${flags} flags, p50 ${median(taken).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms`);
	return {
		...{ case: `${role}: p95 of the page`, value: p95, unit: 'ms', baseline: most },
		...{ ratio: null, limit_ratio: null }
	};
}
