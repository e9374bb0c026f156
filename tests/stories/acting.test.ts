import { beforeEach, expect, test } from 'vitest';
import { councillorsOf, currentCouncillors } from '#lib/commitments/server/index.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { appointActing, councillorsOfWard, giveGrant } from '#lib/identity/server/index.ts';
import { councillorCase } from '#lib/issues/server/index.ts';
import { seatsOf } from '#lib/issues/ward-desk.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { khanyisa, personOf, raise } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';

const monday = new Date('2026-11-23T08:00:00Z');
const tuesday = new Date('2026-11-23T22:00:00Z');
const byElection = new Date('2027-02-09T22:00:00Z');
const later = new Date('2027-02-10T08:00:00Z');
const [ward3, ward4, ward7] = ['99901003', '99901004', '99901007'];

inBothDatabases(
	(place) => {
		let chris: Actor;
		let themba: Actor;
		let kha: Awaited<ReturnType<typeof khanyisa>>;
		beforeEach(async () => {
			chris = await personOf(place.db, 'admin', monday);
			themba = await personOf(place.db, 'councillor-2', monday);
			kha = await khanyisa(place.db);
		});

		const appoint = (facts: Partial<Parameters<typeof appointActing>[2]> = {}, actor = chris) =>
			appointActing(
				place.db,
				actor,
				{
					...{ municipality: kha, wardCode: ward4, personId: themba.id },
					...{ startsAt: tuesday, endsAt: null },
					...facts
				},
				monday
			);
		const elect = (wardCode: string, startsAt: Date, personId = themba.id) =>
			giveGrant(
				place.db,
				chris,
				{
					municipality: kha,
					personId,
					grant: { role: 'councillor', wardCode, term: 'ward', startsAt: startsAt.toISOString() }
				},
				monday
			);
		const wards = async (now: Date) =>
			seatsOf(await personOf(place.db, 'councillor-2', now), kha.id).map(
				({ wardCode }) => wardCode
			);

		test('ward 4 is vacant: Themba acts there from Tuesday on, and its reports are on his desk', async () => {
			const { reference } = await raise(place.db, {
				municipalityId: kha.id,
				title: 'No water',
				wardCode: ward4
			});
			const seen = (actor: Actor) => councillorCase(place.db, actor, kha.id, reference);
			await expect(seen(themba)).rejects.toMatchObject({ status: 404 });
			await appoint();
			expect(await wards(monday)).not.toContain(ward4);
			expect(await wards(tuesday)).toContain(ward4);
			await seen(await personOf(place.db, 'councillor-2', tuesday));
			expect(await councillorsOf(place.db, kha.id, ward4, tuesday)).toMatchObject({
				vacant: true,
				councillors: [{ name: themba.name, term: 'acting' }]
			});
		});

		test('he stops when somebody is elected', async () => {
			await appoint();
			await elect(ward4, byElection, (await personOf(place.db, 'councillor', monday)).id);
			expect(await wards(tuesday)).toContain(ward4);
			expect(await wards(later)).not.toContain(ward4);
			const now = await currentCouncillors(place.db, kha.id, later);
			expect(now.filter(({ wardCode }) => wardCode === ward4)).toMatchObject([{ term: 'ward' }]);
		});

		test('appointed after the by-election was decided, he acts until it', async () => {
			await elect(ward4, byElection, (await personOf(place.db, 'councillor', monday)).id);
			await appoint();
			expect((await councillorsOf(place.db, kha.id, ward4, tuesday)).councillors).toMatchObject([
				{ term: 'acting', endsAt: byElection }
			]);
		});

		test('who acts for a ward stands before those allocated to it', async () => {
			await appoint();
			const pr = { role: 'councillor', wardCode: ward4, term: 'pr' } as const;
			const lindiwe = await personOf(place.db, 'councillor', monday);
			await giveGrant(
				place.db,
				chris,
				{ municipality: kha, personId: lindiwe.id, grant: pr },
				monday
			);
			const names = await councillorsOfWard(place.db, kha.id, ward4, tuesday);
			expect(names.map(({ term }) => term)).toEqual(['acting', 'pr']);
		});

		test.each([
			['a ward that has its councillor', { wardCode: ward7 }, 409, 'ward'],
			['where he is allocated already, and somebody sits', { wardCode: ward3 }, 409, 'ward'],
			['no ward', { wardCode: '99902001' }, 400, 'ward'],
			['nobody', { personId: '' }, 400, 'person'],
			['a term that ends before it begins', { endsAt: monday }, 409, 'until']
		])('nobody is appointed for %s', async (_, facts, status, field) => {
			await expect(appoint(facts)).rejects.toMatchObject({ status, field });
		});

		test('two do not act for one ward, an official does not, and only administrators appoint', async () => {
			const pumla = await personOf(place.db, 'agent', monday);
			await expect(appoint({ personId: pumla.id })).rejects.toMatchObject({ field: 'person' });
			await appoint();
			const lindiwe = await personOf(place.db, 'councillor', monday);
			await expect(appoint({ personId: lindiwe.id })).rejects.toMatchObject({ status: 409 });
			for (const other of ['agent', 'municipal-manager', 'neighbour-admin'])
				await expect(appoint({}, await personOf(place.db, other, monday))).rejects.toMatchObject({
					status: 404
				});
		});
	},
	async (db) => {
		await settleKhanyisa(db, monday);
	}
);
