import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { demoSpot } from '../../src/demo/khanyisa/geography-spots.ts';
import { rows } from '#lib/platform/server/db.ts';
import { inBothDatabases } from '../support/story.ts';

inBothDatabases(
	(place) => {
		test('the wards of Khanyisa and Thokozani tile without gap or overlap', async () => {
			const [{ wards, invalid, each, together, pieces, holes }] = await rows<{
				wards: number;
				invalid: number;
				each: number;
				together: number;
				pieces: number;
				holes: number;
			}>(
				place.db,
				sql`select count(*)::int as wards, count(*) filter (where not st_isvalid(geom))::int as invalid,
					sum(st_area(geom))::float8 as each, st_area(st_union(geom))::float8 as together,
					st_numgeometries(st_union(geom)) as pieces, st_nrings(st_union(geom)) - 1 as holes from wards`
			);
			expect({ wards, invalid, pieces, holes }).toEqual({
				wards: 13,
				invalid: 0,
				pieces: 1,
				holes: 0
			});
			expect(each).toBeCloseTo(together, 9);
		});

		test('every place lies in the ward it is said to lie in', async () => {
			const wrong = await rows(
				place.db,
				sql`select p.name, p.ward_code from places p join wards w on w.code = p.ward_code where not st_contains(w.geom, p.point)`
			);
			expect(wrong).toEqual([]);
		});

		test('every spot where something can be wrong lies in its ward', async () => {
			const spots = Array.from({ length: 9 * 40 }, (_, i) => demoSpot(1 + (i % 9), i));
			const lost = await rows(
				place.db,
				sql`select s.place from jsonb_to_recordset(${JSON.stringify(
					spots.map(({ place: name, point, wardCode }) => ({
						place: name,
						...point,
						code: wardCode
					}))
				)}::text::jsonb) as s(place text, lon float8, lat float8, code text)
				join wards w on w.code = s.code where not st_contains(w.geom, st_setsrid(st_makepoint(s.lon, s.lat), 4326))`
			);
			expect(lost).toEqual([]);
		});
	},
	(db) => settleKhanyisa(db, new Date('2026-11-20T10:00:00Z'))
);
