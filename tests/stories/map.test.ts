import fc from 'fast-check';
import { eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { appendEvent, lockCase } from '#lib/cases/server/index.ts';
import { cases } from '#lib/cases/server/schema.ts';
import { states, type State } from '#lib/cases/rules.ts';
import { readFilters } from '#lib/issues/filters.ts';
import { groupOf, lastZoom, mapGroups, readView, type View } from '#lib/issues/map.ts';
import { foldMap, hideIssue, inSight, rebuildMap, restoreIssue } from '#lib/issues/server/index.ts';
import { issues } from '#lib/issues/server/schema.ts';
import { firstZoom } from '#lib/issues/spot.ts';
import { newId } from '#lib/platform/ids.ts';
import { rows, type Db } from '#lib/platform/server/db.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { raised, signedIn } from '../support/khanyisa.ts';
import { inBothDatabases } from '../support/story.ts';

interface Sum {
	[column: string]: unknown;
	zoom: number;
	standing: string;
	n: number;
	x: string;
	y: string;
}

/** What the cells hold at every zoom, by standing. */
const held = (db: Db) =>
	rows<Sum>(
		db,
		sql`select zoom::int, standing, sum(n)::int as n, sum(sum_x)::text as x, sum(sum_y)::text as y
			from map_cells group by 1, 2 having sum(n) <> 0 or sum(sum_x) <> 0 or sum(sum_y) <> 0 order by 1, 2`
	);

/** What the issues themselves say the map may show, without the functions that keep the cells. */
const shown = (db: Db) =>
	rows<{ standing: string; n: number; x: string; y: string }>(
		db,
		sql`select map_standing(c.state) as standing, count(*)::int as n,
				sum(map_x(st_x(i.point)))::text as x, sum(map_y(st_y(i.point)))::text as y
			from issues i join cases c on c.subject_id = i.id
			where i.kind = 'issue' and i.point is not null and c.state <> 'submitted'
				and not (i.private or i.hidden or c.private or c.hidden)
			group by 1 order by 1`
	);

/** Every zoom holds exactly what the issues say: so many, at the same places. */
async function agrees(db: Db) {
	while (await foldMap(db));
	const [cells, truth] = [await held(db), await shown(db)];
	for (let zoom = firstZoom; zoom <= lastZoom; zoom++)
		expect(
			cells
				.filter((each) => each.zoom === zoom)
				.map(({ standing, n, x, y }) => ({ standing, n, x, y })),
			`zoom ${zoom}`
		).toEqual(truth);
	return truth.reduce((sum, { n }) => sum + n, 0);
}

let raisedSoFar = 0;
async function put(
	db: Db,
	facts: Parameters<typeof raised>[1] | object = {},
	lon = 28.5,
	lat = -33.23
) {
	const light = await raised(db, { reference: `KHA-26-M${raisedSoFar++}`, ...facts });
	await move(db, light.id, lon, lat);
	return light;
}
const move = (db: Db, id: string, lon: number, lat: number) =>
	db.update(issues).set({ point: { lon, lat } }).where(eq(issues.id, id));

type Deed =
	| { do: 'raise'; lon: number; lat: number; kind: 'issue' | 'suggestion'; held: boolean }
	| { do: 'move'; which: number; lon: number; lat: number }
	| { do: 'lose'; which: number }
	| { do: 'stand'; which: number; state: State }
	| { do: 'hide'; which: number; hidden: boolean; of: 'issues' | 'cases' }
	| { do: 'keep_private'; which: number; private: boolean; of: 'issues' | 'cases' }
	| { do: 'remove'; which: number }
	| { do: 'fold' };

const which = fc.nat(60);
const lon = fc.double({ min: -180, max: 180, noNaN: true });
const lat = fc.double({ min: -90, max: 90, noNaN: true });
const nearby = fc.record({
	lon: fc.oneof(fc.double({ min: 28.4, max: 28.7, noNaN: true }), lon),
	lat: fc.oneof(fc.double({ min: -33.3, max: -33.1, noNaN: true }), lat)
});
const of = fc.constantFrom('issues' as const, 'cases' as const);
const deed: fc.Arbitrary<Deed> = fc.oneof(
	{
		weight: 5,
		arbitrary: fc
			.tuple(
				nearby,
				fc.constantFrom('issue' as const, 'issue' as const, 'suggestion' as const),
				fc.boolean()
			)
			.map(([at, kind, held]): Deed => ({ do: 'raise', ...at, kind, held }))
	},
	{
		weight: 3,
		arbitrary: fc.tuple(nearby, which).map(([at, i]): Deed => ({ do: 'move', which: i, ...at }))
	},
	{
		weight: 5,
		arbitrary: fc.record({
			do: fc.constant('stand' as const),
			which,
			state: fc.constantFrom(...states)
		})
	},
	{
		weight: 2,
		arbitrary: fc.record({ do: fc.constant('hide' as const), which, hidden: fc.boolean(), of })
	},
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('keep_private' as const),
			which,
			private: fc.boolean(),
			of
		})
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('lose' as const), which }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), which }) },
	{ weight: 1, arbitrary: fc.constant({ do: 'fold' as const }) }
);

/** Rows as verbs leave them, without the verbs: ten thousand deeds in a test's time. */
async function happen(db: Db, municipalityId: string, there: string[], each: Deed) {
	if (each.do === 'fold') return void (await foldMap(db));
	if (each.do === 'raise') {
		const id = newId();
		const { lon, lat, kind, held: isHeld } = each;
		await db.execute(sql`
			insert into issues (id, municipality_id, reference, kind, title, located, client_id, created_at, point)
			values (${id}::uuid, ${municipalityId}::uuid, ${id}, ${kind}, 'Dark', 'pin', ${id}::uuid, now(), st_setsrid(st_makepoint(${lon}::float8, ${lat}::float8), 4326))`);
		await db.execute(sql`
			insert into cases (id, municipality_id, track, subject_id, reference, state, state_since, version, last_hash, opened_at, last_event_at)
			values (${newId()}::uuid, ${municipalityId}::uuid, ${kind}, ${id}::uuid, ${id}, ${isHeld ? 'submitted' : 'open'}, now(), 0, '', now(), now())`);
		there.push(id);
		return;
	}
	const at = each.which % Math.max(there.length, 1);
	const id = there[at];
	if (!id) return;
	if (each.do === 'move') await move(db, id, each.lon, each.lat);
	if (each.do === 'lose') await db.update(issues).set({ point: null }).where(eq(issues.id, id));
	if (each.do === 'stand')
		await db.update(cases).set({ state: each.state }).where(eq(cases.subjectId, id));
	if (each.do === 'remove') {
		await db.delete(cases).where(eq(cases.subjectId, id));
		await db.delete(issues).where(eq(issues.id, id));
		there.splice(at, 1);
	}
	if (each.do !== 'hide' && each.do !== 'keep_private') return;
	const change = each.do === 'hide' ? { hidden: each.hidden } : { private: each.private };
	if (each.of === 'issues') await db.update(issues).set(change).where(eq(issues.id, id));
	else await db.update(cases).set(change).where(eq(cases.subjectId, id));
}

inBothDatabases((place) => {
	test('after 10 000 reports, moves, closings and hidings every zoom still sums to the total', async () => {
		const { id: municipalityId } = (
			await rows<{ id: string }>(place.db, sql`select id from municipalities where code = 'KHA'`)
		)[0];
		let deeds = 0;
		await fc.assert(
			fc.asyncProperty(fc.array(deed, { minLength: 400, maxLength: 600 }), async (story) => {
				deeds += story.length;
				await place.db
					.transaction(async (tx) => {
						const db = tx as unknown as Db;
						const there: string[] = [];
						for (const each of story) await happen(db, municipalityId, there, each);
						await agrees(db);
						const kept = await held(db);
						await rebuildMap(db);
						expect(await held(db)).toEqual(kept);
						throw new Enough();
					})
					.catch((reason) => {
						if (!(reason instanceof Enough)) throw reason;
					});
			}),
			{ numRuns: 21, endOnFailure: true, seed: 26 }
		);
		expect(deeds).toBeGreaterThan(10_000);
	}, 900_000);

	describe('what neighbours never see is never counted', () => {
		test.each([
			['a private report', { private: true }],
			['one held for moderation', { held: true }],
			['a suggestion', { kind: 'suggestion' as const }]
		])('%s', async (_, facts) => {
			const before = await agrees(place.db);
			await put(place.db, facts);
			expect(await agrees(place.db)).toBe(before);
		});

		test('Lerato hides a report and shows it again: it goes and comes back', async () => {
			const before = await agrees(place.db);
			const light = await put(place.db);
			expect(await agrees(place.db)).toBe(before + 1);
			const lerato = await signedIn(place.db, 'communications');
			const act = (reason: string) => ({
				municipalityId: light.municipalityId,
				reference: light.reference,
				reason,
				deedId: newId()
			});
			await hideIssue(place.db, lerato, act('insult'));
			expect(await agrees(place.db)).toBe(before);
			await restoreIssue(place.db, lerato, act('mistake'));
			expect(await agrees(place.db)).toBe(before + 1);
		});

		test('a claim of the department moves it from open to claimed', async () => {
			const light = await put(place.db);
			await foldMap(place.db);
			const ofKind = async (standing: string) =>
				(await held(place.db)).find((each) => each.zoom === 16 && each.standing === standing)?.n ??
				0;
			const [open, claimed] = [await ofKind('open'), await ofKind('claimed')];
			await appendEvent(place.db, await lockCase(place.db, light.caseId), {
				kind: 'claim',
				actorId: null,
				actorRole: 'department_officer',
				at: new Date(),
				visibility: 'public',
				stateTo: 'resolved_claimed',
				words: 'The lamp was replaced.'
			});
			await agrees(place.db);
			expect([await ofKind('open'), await ofKind('claimed')]).toEqual([open - 1, claimed + 1]);
		});
	});

	describe('what is in sight', () => {
		const khanyisa = async () => {
			const [{ id }] = await rows<{ id: string }>(
				place.db,
				sql`select id from municipalities where code = 'KHA'`
			);
			return { municipalityId: id, timezone: 'Africa/Johannesburg' };
		};
		const look = async (query: string) => {
			const address = new URLSearchParams(query);
			return inSight(place.db, await khanyisa(), readView(address) as View, readFilters(address));
		};
		const town = 'bbox=28.45,-33.27,28.55,-33.2';

		test('a street is shown light by light, a town as a circle with a number', async () => {
			const light = await put(place.db, { title: 'Light out at the hall' }, 28.5136, -33.229);
			await put(place.db, { private: true, title: 'Nobody else knows' }, 28.5137, -33.229);
			await put(place.db, { held: true, title: 'Held back' }, 28.5138, -33.229);
			for (const folded of [false, true]) {
				if (folded) await foldMap(place.db);
				const near = await look(`${town}&zoom=15`);
				expect(near.issues).toEqual([
					expect.objectContaining({ reference: light.reference, state: 'open', lon: 28.5136 })
				]);
				const far = await look(`${town}&zoom=9`);
				expect(far).toMatchObject({ total: 1, issues: [], clusters: [{ n: 1 }] });
				expect(far.clusters[0].lat).toBeCloseTo(-33.229, 5);
				expect(JSON.stringify([near, far])).not.toMatch(/Nobody|Held/);
				expect((await look(`${town}&zoom=15&state=claimed`)).total).toBe(0);
				expect((await look('bbox=28.6,-33.27,28.7,-33.2&zoom=15')).total).toBe(0);
			}
		});

		test('a hundred and one lights in a street are circles that count every one of them', async () => {
			const { municipalityId } = await khanyisa();
			for (let i = 0; i < 101; i++)
				await happen(place.db, municipalityId, [], {
					do: 'raise',
					kind: 'issue',
					held: false,
					lon: 28.5 + i / 10_000,
					lat: -33.23
				});
			const { total, clusters, issues: single } = await look(`${town}&zoom=16`);
			expect([total, single.length]).toEqual([101, 0]);
			expect(clusters.length).toBeGreaterThan(2);
			expect(clusters.reduce((sum, { n }) => sum + n, 0)).toBe(101);
		});

		test('by words: close by the light itself, from afar how many in which ward', async () => {
			await put(place.db, { title: 'Baboon on the roof' });
			await put(place.db, { title: 'Baboon in a private kitchen', private: true });
			await put(place.db, { title: 'Dark' });
			expect((await look(`${town}&zoom=14&q=baboon`)).issues).toHaveLength(1);
			expect(await look(`${town}&zoom=8&q=baboon`)).toMatchObject({
				total: 1,
				clusters: [],
				wards: [{ wardCode: '99901007', n: 1 }]
			});
			expect((await look(`${town}&zoom=14&ward=99901003`)).total).toBe(0);
		});

		test('the world at once, and a map across the date line, find what lies there', async () => {
			await put(place.db, {}, 179.99, -17);
			await put(place.db, {}, -179.99, -17);
			expect((await look('bbox=-180,-90,180,90&zoom=18')).total).toBe(2);
			expect((await look('bbox=179.5,-20,-179.5,-15&zoom=15')).total).toBe(2);
			expect((await look('bbox=179.95,-17.05,-179.95,-16.95&zoom=15')).issues).toHaveLength(2);
			expect((await look('bbox=179.5,-20,180,-15&zoom=12')).total).toBe(1);
		});
	});

	test.each([
		'-180,-90,180,90',
		'-540,-90,540,90',
		'540,-90,-540,90',
		'180,-34,-180,-33',
		'179,-20,-179,-10',
		'29,-34,28,-33',
		'28,-34,28,-33',
		'28,89.9999,28.0001,90',
		'28.5,-33.23,28.5000000001,-33.2299999999'
	])('whatever the box (%s), zoom and question, there is an answer', async (bbox) => {
		await put(place.db, { title: 'Baboon on the roof' });
		const [{ id }] = await rows<{ id: string }>(
			place.db,
			sql`select id from municipalities where code = 'KHA'`
		);
		for (const zoom of [0, 4, 9, 13, 16, 22])
			for (const more of ['', 'state=all', 'q=baboon', 'ward=99901007', 'from=2026-01-01']) {
				const address = new URLSearchParams(`bbox=${bbox}&zoom=${zoom}&${more}`);
				const map = { municipalityId: id, timezone: 'Africa/Johannesburg' };
				const seen = await inSight(place.db, map, readView(address) as View, readFilters(address));
				expect(seen.total, `${bbox} ${zoom} ${more}`).toBeGreaterThanOrEqual(0);
				expect(seen.issues.length).toBeLessThanOrEqual(100);
				expect(seen.clusters.length).toBeLessThanOrEqual(4096);
			}
	});

	test('the database groups states as the code does', async () => {
		for (const state of states) {
			const [{ standing }] = await rows<{ standing: string }>(
				place.db,
				sql`select map_standing(${state}) as standing`
			);
			expect(standing).toBe(groupOf(state));
			expect(mapGroups).toContain(standing);
		}
	});
}, settleKhanyisa);

class Enough extends Error {}
