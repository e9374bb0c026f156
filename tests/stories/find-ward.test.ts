import { describe, expect, test } from 'vitest';
import { demoAddress, demoLandmark, demoSpot } from '../../src/demo/khanyisa/geography-spots.ts';
import { demoWards } from '../../src/demo/khanyisa/geography-shapes.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import {
	findWard,
	searchPlaces,
	wardByCode,
	wardOfPoint,
	wardsOf
} from '#lib/geography/server/index.ts';
import { plusCodeOf } from '#lib/geography/plus-code.ts';
import { municipalityByCode } from '#lib/identity/server/index.ts';
import { inBothDatabases } from '../support/story.ts';

const now = new Date('2026-11-20T10:00:00Z');
let khanyisa: string;
let thokozani: string;

inBothDatabases(
	(place) => {
		const find = (sent: Parameters<typeof findWard>[2]) => findWard(place.db, khanyisa, sent, now);

		test('Khanyisa has nine wards, each with its suburbs', async () => {
			const wards = await wardsOf(place.db, khanyisa, now);
			expect(wards.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
			expect(wards[6].areas).toEqual(['Thembeni', 'Lower Thembeni', 'Old Mill', 'Aloe Ridge']);
		});

		test('a ward of the neighbour does not exist here', async () => {
			expect(await wardByCode(place.db, khanyisa, '99902001', now)).toBe(undefined);
		});

		test('before the lines held there was no ward', async () => {
			const before = new Date('2020-01-01T00:00:00Z');
			expect(await wardsOf(place.db, khanyisa, before)).toEqual([]);
			expect(await wardOfPoint(place.db, null, demoSpot(7, 0).point, before)).toBe(null);
		});

		test('Thandi stands in Vlei Street with a good fix', async () => {
			const { point } = demoAddress('Vlei Street', 12);
			expect(await find({ ...point, accuracy: 20 })).toMatchObject({
				wardCode: '99901007',
				maybe: [],
				located: 'position',
				outside: false
			});
		});

		test('with a poor fix the next wards are named too', async () => {
			const { point } = demoAddress('Vlei Street', 12);
			const found = await find({ ...point, accuracy: 900 });
			expect(found.wardCode).toBe('99901007');
			expect(found.maybe).toContain('99901005');
		});

		test('a pin on the line between wards 5 and 7 asks, and what Ayanda picks decides', async () => {
			const shared = demoWards[4].ring.find(([lon, lat]) =>
				demoWards[6].ring.some((other) => other[0] === lon && other[1] === lat)
			)!;
			const pin = { lon: shared[0], lat: shared[1] };
			const asked = await find(pin);
			expect([asked.wardCode, ...asked.maybe]).toEqual(
				expect.arrayContaining(['99901005', '99901007'])
			);
			expect(asked.located).toBe('pin');
			const chosen = await find({ ...pin, wardCode: '7' });
			expect(chosen.wardCode).toBe('99901007');
			expect(chosen.maybe).toContain('99901005');
		});

		test('a clear position outweighs a ward picked far away, which stays as a maybe', async () => {
			const found = await find({ ...demoAddress('Vlei Street', 12).point, wardCode: '99901001' });
			expect(found).toMatchObject({ wardCode: '99901007', maybe: ['99901001'] });
		});

		test('a position at sea is outside', async () => {
			expect(await find({ lon: 28.55, lat: -33.319 })).toMatchObject({
				wardCode: null,
				maybe: [],
				outside: true,
				elsewhere: null
			});
		});

		test('a position in Thokozani is outside Khanyisa, and we say where it is', async () => {
			const found = await find(demoSpot(1, 0, 'THO').point);
			expect(found).toMatchObject({ wardCode: null, outside: true });
			expect(found.elsewhere).toMatchObject({ code: '99902001', municipalityId: thokozani });
		});

		test('a full Plus Code and a short one with its suburb', async () => {
			const { point } = demoLandmark('Thembeni Clinic');
			const code = plusCodeOf(point);
			expect(await find({ place: code })).toMatchObject({
				wardCode: '99901007',
				located: 'plus_code'
			});
			expect(await find({ place: `${code.slice(4)} Thembeni` })).toMatchObject({
				wardCode: '99901007',
				located: 'plus_code'
			});
			expect(await find({ place: code.slice(4).toLowerCase() })).toMatchObject({
				wardCode: '99901007',
				located: 'plus_code'
			});
		});

		test.each([
			['12 Vlei Street, Thembeni', '99901007', 'Vlei Street'],
			['vlei str', null, 'Vlei Street'],
			['behind the Thembeni clinic', '99901007', 'Thembeni Clinic'],
			['Pole MR7-013', '99901007', 'Pole MR7-013'],
			['Phakamani extension', '99901006', 'Phakamani Extension'],
			['sizwe hights', null, 'Sizwe Heights'],
			['Old Mill', '99901007', 'Old Mill']
		])('%s', async (words, wardCode, name) => {
			const found = await find({ place: words });
			expect(found.suggestions[0]?.name).toBe(name);
			// What is half typed or misspelt is only offered, never taken for sure.
			expect(found).toMatchObject({ wardCode, located: wardCode ? 'place' : 'none' });
		});

		test('a place nobody knows leaves the ward open; a picked ward then settles it', async () => {
			expect(await find({ place: 'by the big blue stone' })).toMatchObject({
				wardCode: null,
				located: 'none'
			});
			expect(await find({ place: 'by the big blue stone', wardCode: '99901002' })).toMatchObject({
				wardCode: '99901002',
				located: 'ward',
				point: null
			});
		});

		test('nothing at all is an answer', async () => {
			expect(await find({})).toMatchObject({ wardCode: null, located: 'none', outside: false });
		});

		test('names of the neighbour are not offered', async () => {
			expect(await searchPlaces(place.db, khanyisa, 'Seven Dunes', { now })).toEqual([]);
		});

		describe('what cannot be right is refused by name', () => {
			test.each([
				[{ lat: '28.5', lon: '-33.2' }, 'lat', /changed places.*−?-?33.2/],
				[{ lat: 'NaN', lon: '28.5' }, 'lat', /are numbers/],
				[{ lat: '51.5', lon: '-0.1' }, 'lat', /not in South Africa/],
				[{ lon: '28.5' }, 'lat', /both/],
				[{ wardCode: '99902001' }, 'ward', /not one of this municipality/],
				[{ place: '28.50, -33.20' }, 'place', /changed places/]
			])('%j', async (sent, field, message) => {
				await expect(find(sent)).rejects.toMatchObject({
					status: 400,
					field,
					message: expect.stringMatching(message)
				});
			});
		});
	},
	async (db) => {
		await settleKhanyisa(db, now);
		khanyisa = (await municipalityByCode(db, 'KHA'))!.id;
		thokozani = (await municipalityByCode(db, 'THO'))!.id;
	}
);
