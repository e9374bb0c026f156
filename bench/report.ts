import { sql } from 'drizzle-orm';
import { openQueues } from '../src/boot.ts';
import { settleKhanyisa } from '../src/demo/khanyisa/index.ts';
import { startCluster } from '../tests/support/cluster.ts';
import { municipalityByCode } from '#lib/identity/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { openDatabase, type Database } from '#lib/platform/server/db.ts';
import { closeJobs } from '#lib/platform/server/jobs.ts';
import { useMasterKey } from '#lib/platform/server/keys.ts';
import { reportOne } from './a-report.ts';
import { median, type Bench, type Figure } from './figure.ts';

const rounds = 5;
const reportsARound = 20;

/**
 * Reports accepted a second on both databases: each is one transaction of some fifteen statements.
 * The baseline is one bare row a transaction in the same database, which no report can beat.
 */
export const report: Bench = {
	name: 'report',
	about: 'reports accepted a second, one after another; baseline: one bare row a transaction',
	async run({ say }) {
		useMasterKey(Buffer.alloc(32, 7));
		const figures = [await measure('embedded', await openDatabase())];
		const cluster = await startCluster();
		if (!cluster) {
			say('  PostgreSQL skipped: no server programs were found');
			return figures;
		}
		try {
			figures.push(await measure('PostgreSQL', await openDatabase({ url: cluster.url })));
		} finally {
			await cluster.stop();
		}
		return figures;
	}
};

async function measure(kind: string, database: Database): Promise<Figure> {
	const { db } = database;
	await openQueues(database, { ownerUrl: database.url });
	await settleKhanyisa(db);
	const { id: municipalityId } = (await municipalityByCode(db, 'KHA'))!;

	const ours = () => reportOne(db, municipalityId);
	const bare = () =>
		db.transaction((tx) =>
			tx.execute(sql`insert into throttles (key, points, expires_at) values (${newId()}, 1, now())`)
		);
	await perSecond(ours);
	const [speeds, peers]: [number[], number[]] = [[], []];
	for (let round = 0; round < rounds; round++) {
		speeds.push(await perSecond(ours));
		peers.push(await perSecond(bare));
	}
	await closeJobs();
	await database.close();
	const [value, baseline] = [median(speeds), median(peers)];
	return {
		case: kind,
		value,
		unit: 'reports/s',
		baseline,
		ratio: value / baseline,
		limit_ratio: 0.01
	};
}

async function perSecond(deed: () => Promise<unknown>): Promise<number> {
	const begun = performance.now();
	for (let i = 0; i < reportsARound; i++) await deed();
	return reportsARound / ((performance.now() - begun) / 1000);
}
