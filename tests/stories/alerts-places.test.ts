import { beforeEach, expect, test } from 'vitest';
import { noArea } from '#lib/alerts/area.ts';
import {
	keepRoute,
	routesOf,
	safeMapOf,
	safePlaces,
	sheltersOf
} from '#lib/alerts/server/index.ts';
import type { NewDraft } from '#lib/alerts/server/index.ts';
import { shelters } from '#lib/alerts/server/schema.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { khanyisa, personOf } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';
import { live, monday, wildfire } from '../support/warnings.ts';

inBothDatabases(
	(place) => {
		let kha: string;
		beforeEach(async () => (kha = (await khanyisa(place.db)).id));

		/** Something around Sizwe Hall, which stays open. */
		const around = (
			template: string,
			more: Partial<NewDraft['values']> = {}
		): Partial<NewDraft> => {
			const { values } = wildfire(kha);
			return {
				template,
				values: { ...values, place: 'Sizwe Heights', towards: 'Sizwe Hall', ...more },
				areaWish: { ...noArea, around: 'Sizwe Hall', metres: 700 }
			};
		};
		const offered = async () =>
			(await safePlaces(place.db, kha, monday)).shelters.map(({ name }) => name);
		const flagged = async () =>
			(await sheltersOf(place.db, kha, monday)).flatMap(({ name, inDanger }) =>
				inDanger ? [name] : []
			);

		test.each(['shelter_open', 'boil_water', 'severe_wind'])(
			'%s may be said of the place where a shelter stands, and the shelter goes on being offered',
			async (template) => {
				const said = await live(place.db, kha, monday, around(template));
				expect(said.state).toBe('live');
				expect(await offered()).toContain('Sizwe Hall');
				expect(await flagged()).toEqual([]);
			}
		);

		test('ways out are drawn; one that leads into a live danger is flagged to officials and neither listed nor drawn', async () => {
			const ways = async () => {
				const places = await safePlaces(place.db, kha, monday);
				const map = await safeMapOf(place.db, kha, places, monday);
				return { names: places.routes.map(({ name }) => name), lines: map?.ways.match(/M/g) };
			};
			const whole = {
				names: ['Coast Road to the coast', 'Mill Road to the coast'],
				lines: ['M', 'M']
			};
			expect(await ways()).toEqual(whole);
			const { content } = await live(place.db, kha, monday);
			const [outline] = content!.area.coordinates[0];
			const across = [outline[0], outline[Math.floor(outline.length / 2)]];
			const sipho = await personOf(place.db, 'disaster-officer', monday);
			const way = {
				municipalityId: kha,
				name: 'Over the ridge',
				line: across.map(([lon, lat]) => `${lat}, ${lon}`).join('\n')
			};
			await keepRoute(place.db, sipho, way, monday);
			expect(await ways()).toEqual(whole);
			const flaggedWays = (await routesOf(place.db, kha, monday)).filter((each) => each.inDanger);
			expect(flaggedWays.map(({ name }) => name)).toEqual(['Over the ridge']);
		});

		test('without a place there is no map', async () => {
			expect(await safeMapOf(place.db, kha, { shelters: [], routes: [] }, monday)).toBeNull();
		});

		test('a shelter that is opened inside a live danger is flagged to officials and offered to nobody', async () => {
			expect(await offered()).toContain('Sizwe Hall');
			await place.db.transaction(async (tx) => {
				await tx.update(shelters).set({ open: false });
				await live(tx, kha, monday, around('wildfire_leave_now', { towards: 'the coast' }));
				await tx.update(shelters).set({ open: true });
			});
			expect(await flagged()).toContain('Sizwe Hall');
			expect(await offered()).not.toContain('Sizwe Hall');
			expect(await offered()).toContain('Civic Centre');
		});
	},
	(db) => settleKhanyisa(db, monday)
);
