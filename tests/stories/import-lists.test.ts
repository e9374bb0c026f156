import { and, eq, isNull } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { findWard, importPlaces, searchPlaces, wardsOf } from '#lib/geography/server/index.ts';
import { councillorsOfWard, importCouncillors } from '#lib/identity/server/index.ts';
import { contactPoints, grants, people } from '#lib/identity/server/schema.ts';
import { demoAddress, demoLandmark } from '../../src/demo/khanyisa/geography-spots.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { khanyisa } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';

const now = new Date('2026-11-20T10:00:00Z');
const later = new Date('2026-12-20T10:00:00Z');
const list = [
	'ward_id,Councillor,party,type,start_date,email',
	'99901002,Nomsa Vilakazi,Independent,ward,2026-12-01,nomsa@council.example',
	'3,"Pieter Adams",,PR,2026-12-01,',
	'99901099,Nobody Here,,ward,2026-12-01,',
	'4,,,ward,2026-12-01,',
	'4,Somebody Else,,mayor,2026-12-01,',
	'4,Somebody Else,,ward,1 December,',
	'4,Somebody Else,,ward,2026-12-01,no-address'
].join('\r\n');

const at = ({ point }: { point: { lat: number; lon: number } }) => [point.lon, point.lat];
const feature = (properties: object | null, geometry: unknown) => ({
	type: 'Feature',
	properties,
	geometry
});
const collection = (...features: unknown[]) =>
	JSON.stringify({ type: 'FeatureCollection', features });

inBothDatabases(
	(place) => {
		const bring = async (text: string, startsAt: Date | null = null) =>
			importCouncillors(
				place.db,
				{ municipalityId: (await khanyisa(place.db)).id, text, startsAt },
				now
			);
		const places = async (text: string, more: object = {}) =>
			importPlaces(
				place.db,
				{ municipalityId: (await khanyisa(place.db)).id, text, source: 'test', ...more },
				now
			);

		test('councillors come in with their terms; what cannot be used is named with its line', async () => {
			const done = await bring(list);
			expect(done).toMatchObject({ total: 7, added: 2, unchanged: 0 });
			expect(done.added + done.unchanged + done.rejected.length).toBe(done.total);
			expect(done.rejected.map(({ row }) => row)).toEqual([4, 5, 6, 7, 8]);
			expect(done.rejected.map(({ reason }) => reason).join()).toMatch(
				/not one of this municipality.*no name.*neither ward nor pr.*no day.*e-mail/s
			);

			const { id } = await khanyisa(place.db);
			const ward2 = await councillorsOfWard(place.db, id, '99901002', later);
			expect(ward2.filter(({ term }) => term === 'ward').map(({ name }) => name)).toEqual([
				'Nomsa Vilakazi'
			]);
			expect(await councillorsOfWard(place.db, id, '99901003', later)).toContainEqual(
				expect.objectContaining({ name: 'Pieter Adams', term: 'pr' })
			);
			const [kept] = await place.db
				.select()
				.from(contactPoints)
				.where(eq(contactPoints.masked, 'n•••@council.example'));
			expect(kept.verifiedAt).toBeNull();
		});

		test('the same list twice changes nothing; a new one ends the term before on its day', async () => {
			await bring(list);
			const before = await place.db.$count(grants);
			const people1 = await place.db.$count(people);
			expect(await bring(list)).toMatchObject({ total: 7, added: 0, unchanged: 2, ended: 0 });
			expect(await place.db.$count(grants)).toBe(before);

			const next = 'ward,name\n2,Zanele Mabuza';
			const day = new Date('2027-02-01T00:00:00+02:00');
			expect(await bring(next, day)).toMatchObject({ added: 1, ended: 1 });
			expect(await place.db.$count(people)).toBe(people1 + 1);
			const open = await place.db
				.select()
				.from(grants)
				.where(
					and(eq(grants.wardCode, '99901002'), eq(grants.term, 'ward'), isNull(grants.endsAt))
				);
			expect(open.length).toBe(1);
		});

		test.each(['', 'ward,name\n"2,broken'])('“%s” is no list', async (text) => {
			const read = bring(text);
			if (text) await expect(read).rejects.toMatchObject({ status: 400 });
			else expect(await read).toMatchObject({ total: 0 });
		});

		test('streets in pieces, a landmark and an area become places that lead to their ward', async () => {
			const [vlei, clinic] = [
				at(demoAddress('Vlei Street', 12)),
				at(demoLandmark('Thembeni Clinic'))
			];
			const done = await places(
				collection(
					feature(
						{ name: 'Umnga Lane', highway: 'residential' },
						{ type: 'LineString', coordinates: [vlei, clinic] }
					),
					feature(
						{ name: 'Umnga Lane', highway: 'residential' },
						{ type: 'LineString', coordinates: [vlei, vlei] }
					),
					feature(
						{ name: 'Khanyisa Spaza', shop: 'convenience' },
						{ type: 'Point', coordinates: clinic }
					),
					feature(
						{ name: 'Far Away', place: 'village' },
						{ type: 'Point', coordinates: [18.4, -33.9] }
					),
					feature({ highway: 'track' }, { type: 'Point', coordinates: clinic }),
					feature({ name: 'What is it' }, { type: 'Point', coordinates: clinic }),
					feature(
						{ name: 'Metres', kind: 'street' },
						{ type: 'Point', coordinates: [2_900_000, -3_400_000] }
					),
					feature(null, null),
					null
				)
			);
			expect(done).toMatchObject({ total: 9, accepted: 3, added: 2 });
			expect(done.accepted + done.rejected.reduce((sum, { count }) => sum + count, 0)).toBe(9);

			const { id } = await khanyisa(place.db);
			expect((await searchPlaces(place.db, id, 'umnga lane'))[0]).toMatchObject({ kind: 'street' });
			const found = await findWard(place.db, id, { place: 'Khanyisa Spaza' }, now);
			expect(found.wardCode).toBe(demoLandmark('Thembeni Clinic').wardCode);
		});

		test('a name that stands in two wards is kept in each, and importing twice adds nothing', async () => {
			const { id } = await khanyisa(place.db);
			const wards = await wardsOf(place.db, id, now);
			const inWard7 = at(demoAddress('Vlei Street', 12));
			const elsewhere = at(demoLandmark('Lighthouse'));
			const file = collection(
				feature({ STREET: 'Twin Road' }, { type: 'Point', coordinates: inWard7 }),
				feature({ STREET: 'Twin Road' }, { type: 'Point', coordinates: elsewhere })
			);
			expect(await places(file, { as: 'street' })).toMatchObject({ added: 2, accepted: 2 });
			expect(await places(file, { as: 'street' })).toMatchObject({ added: 0, accepted: 2 });
			const both = await searchPlaces(place.db, id, 'Twin Road');
			expect(both.filter(({ name }) => name.startsWith('Twin Road (ward ')).length).toBe(2);
			expect(wards.length).toBe(9);
		});

		// prettier-ignore
		test.each([
			['words', 'hello'], ['one feature', '{"type":"Feature"}'],
			['another projection', JSON.stringify({ type: 'FeatureCollection', features: [], crs: { properties: { name: 'EPSG:2052' } } })]
		])('a file of %s is refused in one sentence', async (_, text) => {
			await expect(places(text)).rejects.toMatchObject({ status: 400, field: 'file' });
		});
	},
	(db) => settleKhanyisa(db, now)
);
