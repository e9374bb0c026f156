import { beforeEach, expect, test } from 'vitest';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { keptBy, remark } from '#lib/cases/server/index.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { answerClaim, differing, support } from '#lib/issues/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { days, hours, later } from '#lib/platform/time.ts';
import { claimed } from '../support/khanyisa.ts';
import { inBothDatabases } from '../support/story.ts';
import { askerFor, departmentOf, khanyisa, personOf, raise } from '../support/scene.ts';

const monday = new Date('2026-11-16T09:00:00+02:00');
const [tuesday, wednesday] = [later(monday, days(1)), later(monday, days(2))];

inBothDatabases((place) => {
	let thandi: Actor, ayanda: Actor, farida: Actor;
	let municipalityId: string, water: string;

	const raiseBy = async (who: Actor, title: string) =>
		(
			await raise(
				place.db,
				{ municipalityId, title, departmentId: water, wardCode: '99901007', reporterId: who.id },
				monday
			)
		).kase;
	const say = (who: Actor, reference: string, fixed: boolean, when: Date) =>
		answerClaim(
			place.db,
			askerFor(who),
			{ municipalityId, reference, fixed, deedId: newId() },
			when
		);
	const waiting = async (who = farida) =>
		(await differing(place.db, who, municipalityId)).map(({ reference, yes, no }) => ({
			reference,
			yes,
			no
		}));

	beforeEach(async () => {
		[thandi, ayanda, farida] = [
			await personOf(place.db, 'resident'),
			await personOf(place.db, 'resident-2'),
			await personOf(place.db, 'supervisor')
		];
		municipalityId = (await khanyisa(place.db)).id;
		water = (await departmentOf(place.db, 'water')).id;
	});

	test('what is said to be done and what residents confirmed stand beside each other; silence confirms nothing', async () => {
		const [asked, silent, again] = [
			await raiseBy(thandi, 'Leak at the tap'),
			await raiseBy(thandi, 'Leak at the meter'),
			await raiseBy(thandi, 'Leak in the road')
		];
		for (const { id } of [asked, silent, again]) await claimed(place.db, id, tuesday);
		await say(thandi, asked.reference, true, wednesday);
		await say(thandi, again.reference, false, wednesday);

		const kept = await keptBy(place.db, municipalityId, 'department', monday, wednesday);
		expect(kept.find(({ id }) => id === water)).toMatchObject({ claimed: 2, confirmed: 1 });
	});

	test('answers that differ wait for Farida until somebody of the municipality has looked', async () => {
		const { id, reference } = await raiseBy(thandi, 'Leak at the tap');
		await support(place.db, askerFor(ayanda), { municipalityId, reference }, monday);
		await claimed(place.db, id, tuesday);
		await say(thandi, reference, true, wednesday);
		expect(await waiting()).toEqual([]);
		await say(ayanda, reference, false, later(wednesday, hours(1)));
		expect(await waiting()).toEqual([{ reference, yes: 1, no: 1 }]);
		expect(await waiting(await personOf(place.db, 'neighbour-admin'))).toEqual([]);

		await remark(
			place.db,
			farida,
			id,
			{ remark: 'reply', words: 'We come on Friday and look together.', deedId: newId() },
			later(wednesday, hours(2))
		);
		expect(await waiting()).toEqual([]);
	});
}, settleKhanyisa);
