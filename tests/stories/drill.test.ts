import { eq, inArray } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { drillSteps, lateSteps } from '#lib/alerts/drill.ts';
import { drillsOf, holdDrill, startDrill } from '#lib/alerts/server/index.ts';
import { alerts, drills } from '#lib/alerts/server/schema.ts';
import { audiences, broadcasts, lanes } from '#lib/delivery/server/broadcast/schema.ts';
import { messages, pushSubscriptions } from '#lib/delivery/server/schema.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { newId } from '#lib/platform/ids.ts';
import { later, minutes } from '#lib/platform/time.ts';
import { settleExercise } from '../../src/demo/khanyisa/exercise.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { settlePhones } from '../support/phones.ts';
import { khanyisa, personOf } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';
import { monday } from '../support/warnings.ts';

inBothDatabases(
	(place) => {
		let practice: string;
		let sipho: Actor;
		beforeEach(async () => {
			practice = (await khanyisa(place.db, 'KHX')).id;
			sipho = await personOf(place.db, 'disaster-officer', monday);
		});
		const hold = (municipalityId = practice) =>
			holdDrill(place.db, { municipalityId, residents: 5 }, { clock: () => monday, alone: true });

		test('a drill goes from the first word to the last corrected phone, and its seconds are kept', async () => {
			const drill = await hold();
			expect(drill.fault).toBe('');
			expect(Object.keys(drill.steps).sort()).toEqual([...drillSteps].sort());
			expect(drill.steps.first!).toBeLessThanOrEqual(drill.steps.everybody!);
			const [alert] = await place.db.select().from(alerts).where(eq(alerts.id, drill.alertId!));
			expect(alert).toMatchObject({ state: 'retracted', capStatus: 'exercise' });
			expect(alert.content!.texts[0].push.title).toMatch(/^EXERCISE/);
			expect(await drillsOf(place.db, sipho, practice)).toMatchObject([
				{ id: drill.id, residents: 5, byName: 'The operator' }
			]);
		});

		test('it reaches nobody who lives anywhere: not even a phone that follows the same ward', async () => {
			await settlePhones(place.db, {
				municipalityId: practice,
				count: 3,
				wards: ['99903001', '99903002', '99903003', '99903004', '99903005'],
				endpoint: (n) => `https://fcm.googleapis.com/fcm/send/drill-${n}`
			});
			const drill = await hold();
			expect(drill.fault).toBe('');
			const told = await place.db
				.select({ lane: lanes.name, phone: audiences.pushSubscriptionId })
				.from(audiences)
				.innerJoin(broadcasts, eq(broadcasts.no, audiences.broadcastNo))
				.innerJoin(lanes, eq(lanes.id, audiences.laneId))
				.where(eq(broadcasts.municipalityId, practice));
			expect(told.length).toBeGreaterThanOrEqual(10);
			expect(new Set(told.map(({ lane }) => lane))).toEqual(new Set(['https://canary.invalid']));
			const texts = await place.db
				.select()
				.from(messages)
				.where(eq(messages.municipalityId, practice));
			// Whoever is on call is called, and sees what it is.
			expect(texts.filter(({ title }) => !title.startsWith('EXERCISE'))).toEqual([]);
			const synthetic = await place.db
				.select()
				.from(pushSubscriptions)
				.where(inArray(pushSubscriptions.origin, ['https://canary.invalid']));
			expect(synthetic).toEqual([]);
		});

		test('among residents no drill is held, by nobody', async () => {
			const { id } = await khanyisa(place.db);
			await expect(hold(id)).rejects.toMatchObject({ status: 409 });
			await expect(
				startDrill(place.db, sipho, { id: newId(), municipalityId: id }, monday)
			).rejects.toMatchObject({ status: 409 });
			expect(await place.db.$count(drills)).toBe(0);
			expect(await place.db.$count(alerts)).toBe(0);
		});

		test('one at a time, by whoever lets warnings out; one that died holds nobody up', async () => {
			const at = { id: newId(), municipalityId: practice };
			await startDrill(place.db, sipho, at, monday);
			await startDrill(place.db, sipho, at, monday);
			await expect(
				startDrill(place.db, sipho, { ...at, id: newId() }, later(monday, minutes(1)))
			).rejects.toThrow('A drill is running already');
			await startDrill(place.db, sipho, { ...at, id: newId() }, later(monday, minutes(6)));
			const lerato = await personOf(place.db, 'communications', monday);
			await expect(
				startDrill(place.db, lerato, { ...at, id: newId() }, later(monday, minutes(20)))
			).rejects.toMatchObject({ status: 404 });
		});
	},
	async (db) => {
		await settleKhanyisa(db, monday);
		await settleExercise(db, monday);
	}
);

test('a correction may take as long as the warning did, and ten seconds more', () => {
	expect(lateSteps({ first: 1.9, everybody: 4, corrected: 13.9 })).toEqual([]);
	expect(lateSteps({ first: 2.1, everybody: 4, corrected: 14.1 })).toEqual(['first', 'corrected']);
});
