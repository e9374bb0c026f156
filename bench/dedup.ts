import { sql } from 'drizzle-orm';
import { findAlike } from '#lib/aid/server/index.ts';
import { keysOf, type HouseholdFacts, type PersonFacts } from '#lib/aid/likeness.ts';
import { openDatabase, rows, type Db } from '#lib/platform/server/db.ts';
import { newId } from '#lib/platform/ids.ts';
import { startCluster } from '../tests/support/cluster.ts';
import { median, seeded, type Bench, type Figure } from './figure.ts';
import { family, mistyped } from './dedup-families.ts';

const year = 2026;
/** The thresholds an event begins with. */
const possibleAt = 5;
const asked = 2_000;
const strangers = 2_000;
const atOnce = 2_000;

/** Finding a family that registers a second time among many, against trigrams over every name. */
export const dedup: Bench = {
	name: 'dedup',
	about:
		'look-alikes among 100,000 households on PostgreSQL (1,000,000 with --long), mistyped in five languages; baseline: pg_trgm over every name, by its index',
	async run({ long, say }) {
		const cluster = await startCluster(['shared_buffers=512MB', 'maintenance_work_mem=512MB']);
		if (!cluster) {
			say('  no PostgreSQL here: nothing measured');
			return [];
		}
		try {
			const { db, close } = await openDatabase({ url: cluster.url, connections: 1 });
			const figures = await measure(db, long ? 1_000_000 : 100_000, say);
			await close();
			return figures;
		} finally {
			cluster.stop();
		}
	}
};

async function measure(db: Db, count: number, say: (line: string) => void): Promise<Figure[]> {
	const eventId = newId();
	const kept = await settle(db, eventId, count, say);
	const random = seeded(77);

	const ours: number[] = [];
	const theirs: number[] = [];
	let [found, right, told] = [0, 0, 0];
	const missed = new Map<string, number>();
	const look = async (facts: HouseholdFacts) => {
		const began = performance.now();
		const alike = await findAlike(db, eventId, facts, { least: possibleAt, year });
		ours.push(performance.now() - began);
		return alike;
	};
	// The first ones warm the cache of the connection and are not counted.
	for (let n = 0; n < 200; n++) await look(mistyped(random, kept[n].facts).facts);
	ours.length = 0;

	for (let n = 0; n < asked; n++) {
		const { id, facts } = kept[Math.floor(random() * kept.length)];
		const again = mistyped(random, facts);
		const alike = await look(again.facts);
		const hit = alike.some(({ householdId }) => householdId === id);
		if (hit) found++;
		else missed.set(again.slips, (missed.get(again.slips) ?? 0) + 1);
		right += hit ? 1 : 0;
		told += alike.length;
		if (n % 40) continue;
		const looked = performance.now();
		await byTrigram(db, again.facts);
		theirs.push(performance.now() - looked);
	}
	for (const [slips, times] of [...missed].sort((a, b) => b[1] - a[1]).slice(0, 8))
		say(`  not found, ${times} times: ${slips}`);
	let accused = 0;
	for (let n = 0; n < strangers; n++) {
		const alike = await look(family(random));
		if (alike.length) accused++;
		told += alike.length;
	}

	const sorted = ours.toSorted((a, b) => a - b);
	const p95 = sorted[Math.ceil(sorted.length * 0.95) - 1];
	const limit = (name: string, value: number, unit: string, baseline: number): Figure => ({
		case: name,
		value,
		unit,
		baseline,
		ratio: null,
		limit_ratio: null
	});
	say(
		`  p95 ${p95.toFixed(2)} ms, median ${median(ours).toFixed(2)} ms; recall ${((100 * found) / asked).toFixed(1)} %, precision ${((100 * right) / told).toFixed(1)} % of what is shown; ${accused} of ${strangers} strangers look like somebody`
	);
	return [
		limit(`p95 of a look among ${count} households`, p95 * 1000, 'µs', 2000),
		{
			case: 'against trigrams over every name, medians',
			value: 1000 / median(ours),
			unit: 'looks a second',
			baseline: 1000 / median(theirs),
			ratio: median(theirs) / median(ours),
			limit_ratio: 4
		},
		limit(
			`of ${asked} mistyped families not found, per thousand`,
			(1000 * (asked - found)) / asked,
			'‰',
			50
		),
		limit(
			'of all that is shown not the family, per thousand',
			(1000 * (told - right)) / told,
			'‰',
			250
		)
	];
}

/** The usual way: the names most like what was typed, by a trigram index over all of them, and the birth date after. */
const byTrigram = (db: Db, { people: [head] }: HouseholdFacts) =>
	rows(
		db,
		sql`select household_id from bench_names where name % ${`${head.given} ${head.surname}`.toLowerCase()}
			order by similarity(name, ${`${head.given} ${head.surname}`.toLowerCase()}) desc limit 20`
	);

interface Kept {
	id: string;
	facts: HouseholdFacts;
}

/** Households put there without the deeds that made them; answers some to ask about. */
async function settle(db: Db, eventId: string, count: number, say: (line: string) => void) {
	const random = seeded(11);
	const started = performance.now();
	const kept: Kept[] = [];
	await db.execute(sql`set role none`);
	await db.execute(sql`create table bench_names (household_id uuid, name text)`);
	// Measured is the look: rows without the tables they refer to, and the index made when all are there.
	await db.execute(
		sql`alter table aid_matches drop constraint aid_matches_household_id_aid_households_id_fk`
	);
	await db.execute(sql`drop index aid_matches_keys`);
	for (let from = 0; from < count; from += atOnce) {
		const some = Array.from({ length: Math.min(atOnce, count - from) }, () => {
			const facts = family(random);
			const id = newId();
			if (random() < 0.01) kept.push({ id, facts });
			return { id, keys: keysOf(eventId, facts, year), facts, name: nameOf(facts.people[0]) };
		});
		const all = JSON.stringify(some);
		await db.execute(sql`insert into aid_matches (household_id, keys, facts)
			select (r->>'id')::uuid, array(select jsonb_array_elements_text(r->'keys')::int), r->'facts'
			from jsonb_array_elements(${all}::text::jsonb) r`);
		await db.execute(
			sql`insert into bench_names select (r->>'id')::uuid, r->>'name' from jsonb_array_elements(${all}::text::jsonb) r`
		);
	}
	say(`  ${count} households in ${((performance.now() - started) / 1000).toFixed(0)} s`);
	await db.execute(
		sql`create index aid_matches_keys on aid_matches using gin (keys) with (fastupdate = off)`
	);
	await db.execute(sql`create index bench_names_trgm on bench_names using gin (name gin_trgm_ops)`);
	await db.execute(sql`vacuum analyze aid_matches`);
	await db.execute(sql`vacuum analyze bench_names`);
	say(`  with indexes in ${((performance.now() - started) / 1000).toFixed(0)} s`);
	return kept;
}

const nameOf = ({ given, surname }: PersonFacts) => `${given} ${surname}`.toLowerCase();
