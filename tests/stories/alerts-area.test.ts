import { beforeEach, expect, test } from 'vitest';
import { noArea, type AreaObstacle, type AreaWish } from '#lib/alerts/area.ts';
import { measureArea, namesWithin, wardsWithin } from '#lib/alerts/server/index.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { khanyisa } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';

const monday = new Date('2026-11-23T08:00:00Z');

inBothDatabases(
	(place) => {
		let kha: string;
		beforeEach(async () => {
			kha = (await khanyisa(place.db)).id;
		});
		const measure = (wish: Partial<AreaWish>) =>
			measureArea(place.db, kha, { ...noArea, ...wish }, monday);
		const sound = async (wish: Partial<AreaWish>) => {
			const found = await measure(wish);
			if ('obstacle' in found) throw new Error(found.obstacle);
			return found.measured;
		};

		test('Sipho picks ward 7: its suburbs are named, and the same wish gives the same hash', async () => {
			const ward7 = await sound({ wards: ['99901007'] });
			expect(ward7).toMatchObject({ polygons: 1, simplified: false });
			expect(ward7.hash).toBe((await sound({ wards: ['99901007'] })).hash);
			expect(await namesWithin(place.db, kha, ward7.area)).toEqual(
				expect.arrayContaining(['Aloe Ridge', 'Thembeni', 'Vlei Street', 'Thembeni Community Hall'])
			);
			const within = await wardsWithin(place.db, kha, ward7.area, monday);
			expect(within.map(({ number, share }) => [number, Math.round(share * 100)])).toEqual([
				[7, 100]
			]);
			for (const [lon, lat] of ward7.area.coordinates.flat(2)) {
				expect(Number(lon.toFixed(6))).toBe(lon);
				expect(Number(lat.toFixed(6))).toBe(lat);
			}
		});

		test('a circle of 500 metres around the hall is three quarters of a square kilometre', async () => {
			const circle = await sound({ around: 'Thembeni Community Hall', metres: 500 });
			expect(circle.size).toBeGreaterThan(0.74);
			expect(circle.size).toBeLessThan(0.79);
			expect(await namesWithin(place.db, kha, circle.area)).toContain('Thembeni Community Hall');
		});

		// South-west corner of Khanyisa: 28.40, -33.32. A step is 0.003 by 0.0025 degrees.
		const corners = (...points: Array<[east: number, north: number]>) =>
			points
				.map(([x, y]) => `${(-33.32 + y * 0.0025).toFixed(6)}, ${(28.4 + x * 0.003).toFixed(6)}`)
				.join('\n');
		const square = (x: number, y: number, side = 4) =>
			corners([x, y], [x + side, y], [x + side, y + side], [x, y + side]);

		test('a square that was drawn is sent as it was drawn', async () => {
			const drawn = await sound({ corners: square(36, 34) });
			expect(drawn).toMatchObject({ corners: 5, polygons: 1, simplified: false });
		});

		test('a line with 400 corners is more than phones bear: what is sent has fewer and only grows', async () => {
			const star = Array.from({ length: 400 }, (_, i): [number, number] => {
				const angle = (i / 400) * 2 * Math.PI;
				const reach = i % 2 ? 3 : 3.02;
				return [38 + Math.cos(angle) * reach, 35 + Math.sin(angle) * reach];
			});
			const drawn = await sound({ corners: corners(...star) });
			expect(drawn).toMatchObject({ simplified: true, polygons: 1 });
			expect(drawn.corners).toBeLessThan(250);
			const inside = await sound({ corners: corners(...star.filter((_, i) => i % 4 === 0)) });
			expect(drawn.size).toBeGreaterThan(inside.size);
			expect(drawn.size).toBeLessThan(inside.size * 1.1);
		});

		const refused: Array<[string, Partial<AreaWish>, AreaObstacle]> = [
			['nothing', {}, 'no_area'],
			[
				'a line that crosses itself',
				{ corners: corners([36, 34], [40, 38], [40, 34], [36, 38]) },
				'crosses_itself'
			],
			[
				'a spike without an inside',
				{ corners: corners([36, 34], [38, 34], [40, 34]) },
				'crosses_itself'
			],
			[
				'two polygons, one over the other',
				{ corners: `${square(36, 34)}\n\n${square(38, 36)}` },
				'overlaps'
			],
			['the sea far out', { corners: square(60, -40) }, 'outside'],
			['the neighbour’s town', { corners: square(80, 28) }, 'outside'],
			[
				'all of the district',
				{ corners: corners([1, 16], [99, 19], [99, 80], [1, 84]) },
				'outside'
			],
			[
				'longitude first',
				{
					corners: square(36, 34)
						.split('\n')
						.map((line) => line.split(', ').reverse().join(', '))
						.join('\n')
				},
				'swapped'
			],
			['a ward of the neighbour', { wards: ['99902001'] }, 'unknown_ward'],
			['a place nobody knows', { around: 'Qwertyuiop', metres: 500 }, 'unknown_place'],
			['no metres', { around: 'Thembeni', metres: null }, 'wrong_radius'],
			['no radius at all', { around: 'Thembeni Community Hall', metres: 0 }, 'wrong_radius'],
			['another town’s alert', { sameAs: '01990000-0000-7000-8000-000000000000' }, 'unknown_alert']
		];
		test.each(refused)(
			'%s is refused, and nothing wider takes its place',
			async (_, wish, obstacle) => {
				expect(await measure(wish)).toEqual({ obstacle });
			}
		);
	},
	(db) => settleKhanyisa(db, monday)
);
