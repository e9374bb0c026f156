import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import {
	doDeed,
	moveClocks,
	previewInternal,
	type Case,
	type DeedFacts
} from '#lib/cases/server/index.ts';
import { agreeInternally, endInternal, internalsOf, partOwed } from '#lib/clocks/server/index.ts';
import { internals } from '#lib/clocks/server/schema.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { queuePage } from '#lib/issues/server/index.ts';
import { newId } from '#lib/platform/ids.ts';
import { inBothDatabases } from '../support/story.ts';
import { departmentOf, khanyisa, personOf, raise } from '../support/scene.ts';

const at = (text: string) => new Date(`${text}:00+02:00`);
const monday = at('2026-11-16T09:00');

inBothDatabases((place) => {
	let chris: Actor, farida: Actor, pumla: Actor;
	let municipalityId: string, water: string, electricity: string;
	let kase: Case;

	const agree = (more: object = {}, who = chris) =>
		agreeInternally(
			place.db,
			who,
			{
				...{ municipalityId, departmentId: electricity, forDepartmentId: water },
				...{ serviceId: null, minutes: 16 * 60, ...more }
			},
			monday
		);
	const deal = (who: Actor, facts: Omit<DeedFacts, 'deedId'>, when: string) =>
		doDeed(place.db, who, kase.id, { ...facts, deedId: newId(), silent: true }, at(when));
	const give = (departmentId: string, who = farida, when = '2026-11-17T09:00') =>
		deal(who, { deed: 'reroute', departmentId, words: 'The pump has no power.' }, when);
	const owed = () => partOwed(place.db, kase.id);

	beforeEach(async () => {
		[chris, farida, pumla] = [
			await personOf(place.db, 'admin'),
			await personOf(place.db, 'supervisor'),
			await personOf(place.db, 'agent')
		];
		municipalityId = (await khanyisa(place.db)).id;
		water = (await departmentOf(place.db, 'water')).id;
		electricity = (await departmentOf(place.db, 'electricity')).id;
		const title = 'No pressure: the pump stands still';
		// Residents are promised Monday the 30th at 09:00.
		kase = (
			await raise(
				place.db,
				{ municipalityId, title, departmentId: water, wardCode: '99901007' },
				monday
			)
		).kase;
	});

	test('Electricity owes Water its part two days of work before the promise, and colleagues see it', async () => {
		await agree();
		expect(await owed()).toBeNull();
		await give(electricity);
		expect(await owed()).toMatchObject({
			...{ due: at('2026-11-26T09:00'), minutes: 960, departmentId: electricity }
		});
		const { rows } = await queuePage(place.db, pumla, municipalityId, {
			view: 'open',
			sort: 'due'
		});
		expect(rows.find(({ id }) => id === kase.id)?.partDue).toEqual(at('2026-11-26T09:00'));

		await give(water, pumla, '2026-11-18T09:00');
		expect(await owed()).toBeNull();
	});

	test('a pause moves it with the promise, and what has ended owes nothing', async () => {
		await agree();
		await give(electricity);
		const role = 'department_officer' as const;
		const yolanda = {
			...pumla,
			grants: [{ ...pumla.grants[0], role, departmentId: electricity }]
		};
		await deal(yolanda, { deed: 'acknowledge' }, '2026-11-17T10:00');
		await deal(yolanda, { deed: 'hold', code: 'parts' }, '2026-11-18T09:00');
		expect(await owed()).toBeNull();
		await deal(yolanda, { deed: 'start' }, '2026-11-19T09:00');
		expect((await owed())?.due).toEqual(at('2026-11-27T09:00'));
		await deal(yolanda, { deed: 'claim', words: 'The pump runs.' }, '2026-11-20T09:00');
		expect(await owed()).toBeNull();
	});

	test('agreed later or ended, open cases follow; the row itself never changes but to end', async () => {
		await give(electricity);
		expect(await owed()).toBeNull();
		const internalId = await agree({ forDepartmentId: null });
		await moveClocks(place.db, municipalityId, at('2026-11-17T10:00'));
		expect((await owed())?.due).toEqual(at('2026-11-26T09:00'));
		await endInternal(place.db, chris, { municipalityId, internalId }, at('2026-11-17T11:00'));
		await moveClocks(place.db, municipalityId, at('2026-11-17T11:00'));
		expect(await owed()).toBeNull();
		expect(await internalsOf(place.db, { municipalityId })).toEqual([]);
		const [kept] = await place.db.select().from(internals).where(eq(internals.id, internalId));
		expect(kept.until).toEqual(at('2026-11-17T11:00'));
		await expect(
			place.db.transaction((tx) =>
				tx.update(internals).set({ minutes: 1 }).where(eq(internals.id, internalId))
			)
		).rejects.toThrow();
	});

	test('what one more agreement would do is shown before, and changes nothing', async () => {
		const facts = {
			...{ municipalityId, departmentId: electricity, forDepartmentId: water },
			...{ serviceId: null, minutes: 16 * 60 }
		};
		const look = (more = {}, when = '2026-11-17T10:00') =>
			previewInternal(place.db, { ...facts, ...more }, at(when));
		expect((await look()).promised).toBe(0);
		await give(electricity);
		expect(await look()).toMatchObject({ promised: 1, earlier: 0, later: 0, lateAfter: 0 });
		expect(await look({}, '2026-11-26T10:00')).toMatchObject({ lateBefore: 0, lateAfter: 1 });
		expect(await internalsOf(place.db, { municipalityId })).toEqual([]);
		expect(await owed()).toBeNull();

		await agree({ forDepartmentId: null });
		await expect(look({ forDepartmentId: null })).rejects.toMatchObject({ status: 409 });
		expect(await look({ minutes: 8 * 60 })).toMatchObject({ promised: 0, later: 1 });
		await expect(look({ minutes: 0 })).rejects.toMatchObject({ field: 'minutes' });
	});

	test('what cannot be agreed is refused by name; whoever may not, finds nothing', async () => {
		const internalId = await agree();
		const roads = (await departmentOf(place.db, 'technical')).id;
		for (const [more, field] of [
			[{ departmentId: roads }, 'departmentId'],
			[{ departmentId: '' }, 'departmentId'],
			[{ forDepartmentId: roads }, 'forDepartmentId'],
			[{ forDepartmentId: electricity }, 'forDepartmentId'],
			[{ minutes: 0 }, 'minutes'],
			[{ minutes: 161 * 60 }, 'minutes'],
			[{}, 'departmentId']
		] as const)
			await expect(agree(more)).rejects.toMatchObject({ field });
		const joyce = await personOf(place.db, 'neighbour-admin');
		for (const who of [farida, joyce]) {
			await expect(agree({ serviceId: newId() }, who)).rejects.toMatchObject({ status: 404 });
			await expect(
				endInternal(place.db, who, { municipalityId, internalId }, monday)
			).rejects.toMatchObject({ status: 404 });
		}
	});
}, settleKhanyisa);
