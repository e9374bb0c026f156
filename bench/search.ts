import { sql } from 'drizzle-orm';
import { search } from '#lib/search/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { openDatabase, rows, type Database, type Db } from '#lib/platform/server/db.ts';
import { startCluster } from '../tests/support/cluster.ts';
import { median, seeded, type Bench, type Figure } from './figure.ts';
import { misspelt, places, sayings, things } from './search-words.ts';

const most = 100;
const rounds = 4;

/** The search over many issues, asked as people type, against reading every row by trigrams. */
export const searching: Bench = {
	name: 'search',
	about: `${misspelt.length} misspellings over 20,000 issues (100,000 with --long); baseline: pg_trgm over every row`,
	async run({ long, say }) {
		const count = long ? 100_000 : 20_000;
		const figures: Figure[] = [];
		const cluster = await startCluster();
		if (!cluster) say('  no PostgreSQL here: the embedded database alone');
		for (const url of cluster ? [cluster.url, undefined] : [undefined]) {
			const database = await openDatabase({ url, connections: 1 });
			figures.push(...(await measure(database, count, say)));
			await database.close();
		}
		cluster?.stop();
		return figures;
	}
};

async function measure(
	{ db, kind }: Database,
	count: number,
	say: (line: string) => void
): Promise<Figure[]> {
	const name = kind === 'embedded' ? 'embedded' : 'PostgreSQL';
	const started = performance.now();
	const municipalityId = await settle(db, count);
	say(`  ${name}: ${count} issues in ${((performance.now() - started) / 1000).toFixed(0)} s`);

	const [ours, peer]: [number[], number[]] = [[], []];
	const lost: string[] = [];
	for (const [typed] of misspelt) await search(db, municipalityId, typed);
	for (let round = 0; round < rounds; round++)
		for (const [typed, meant] of misspelt) {
			const began = performance.now();
			const { hits, perhaps } = await search(db, municipalityId, typed);
			const took = performance.now() - began;
			ours.push(took);
			if (round) continue;
			const found = [...hits, ...perhaps].some(({ title }) => meant.test(title));
			if (!found) lost.push(typed);
			say(`  ${name} “${typed}”: ${took.toFixed(1)} ms${found ? '' : ', NOT FOUND'}`);
			if (peer.length >= 5) continue;
			const looked = performance.now();
			await everyRow(db, municipalityId, typed);
			peer.push(performance.now() - looked);
		}
	const sorted = ours.toSorted((a, b) => a - b);
	const p95 = sorted[Math.ceil(sorted.length * 0.95) - 1];
	return [
		{
			case: `${name}: p95 of a search in ${count} issues`,
			value: p95,
			unit: 'ms',
			baseline: most,
			ratio: null,
			limit_ratio: null
		},
		{
			case: `${name}: against trigrams over every row, medians`,
			value: 1000 / median(ours),
			unit: 'searches a second',
			baseline: 1000 / median(peer),
			ratio: median(peer) / median(ours),
			limit_ratio: 4
		},
		{
			case: `${name}: of ${misspelt.length} misspellings not found`,
			value: lost.length,
			unit: 'misspellings',
			baseline: 0,
			ratio: null,
			limit_ratio: null
		}
	];
}

/** The usual way: the rows most like what was typed, all of them compared. */
const everyRow = (db: Db, municipalityId: string, typed: string) =>
	rows(
		db,
		sql`select reference, title, word_similarity(${typed}, lower(title || ' ' || coalesce(description, '') || ' ' || coalesce(place, ''))) as fit
			from issues where municipality_id = ${municipalityId}::uuid order by fit desc limit 8`
	);

const atOnce = 5_000;

/** One large municipality with its issues, put there without the deeds that made them. */
async function settle(db: Db, count: number): Promise<string> {
	const municipalityId = newId();
	const random = seeded(3);
	const pick = <Each>(list: readonly Each[]) => list[Math.floor(random() * list.length)];
	await db.execute(sql`set role none`);
	await db.execute(
		sql`insert into municipalities (id, code, name, kind, created_at) values (${municipalityId}::uuid, 'BEN', 'Benchmark', 'A', now())`
	);
	for (const table of ['issues', 'cases'])
		await db.execute(sql.raw(`alter table ${table} disable trigger user`));
	for (let i = 0; i < count; i += atOnce) {
		const some = Array.from({ length: Math.min(atOnce, count - i) }, () => ({
			id: newId(),
			c: newId(),
			t: `${pick(things)}`,
			d: Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(sayings)).join(' '),
			p: `${1 + Math.floor(random() * 400)} ${pick(places)}`,
			age: Math.floor(random() * 3e7)
		}));
		const each = sql`jsonb_to_recordset(${JSON.stringify(some)}::text::jsonb) as r(id uuid, c uuid, t text, d text, p text, age int)`;
		await db.execute(sql`
			insert into issues (id, municipality_id, reference, kind, title, description, place, located, client_id, created_at)
			select id, ${municipalityId}::uuid, id::text, 'issue', t, d, p, 'place', id, now() - age * interval '1 second' from ${each}`);
		await db.execute(sql`
			insert into cases (id, municipality_id, track, subject_id, reference, state, state_since, version, last_hash, opened_at, last_event_at)
			select c, ${municipalityId}::uuid, 'issue', id, id::text, 'open', now(), 0, '', now(), now() from ${each}`);
	}
	for (const table of ['issues', 'cases']) await db.execute(sql.raw(`vacuum analyze ${table}`));
	return municipalityId;
}
