import { and, eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { doDeed, lookAt, remark, verifyCases, type Case } from '#lib/cases/server/index.ts';
import type { Actor } from '#lib/identity/permissions.ts';
import { privateViews } from '#lib/identity/server/schema.ts';
import {
	changeService,
	moveWard,
	officeTimeline,
	queueCounts,
	queuePage,
	queueTotal,
	revealReporter,
	sendDigests
} from '#lib/issues/server/index.ts';
import { messages, preferences } from '#lib/delivery/server/schema.ts';
import { readQueue, queueSorts } from '#lib/issues/queue.ts';
import { issues, services } from '#lib/issues/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import { later, minutes } from '#lib/platform/time.ts';
import { departmentOf, khanyisa, personOf, raise } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';

const morning = new Date('2026-11-20T06:30:00Z');

inBothDatabases((place) => {
	let farida: Actor, riaan: Actor, pumla: Actor, lindiwe: Actor;
	let municipalityId: string, water: string, roads: string;

	const raiseAt = (title: string, more = {}, minute = 0) =>
		raise(
			place.db,
			{ municipalityId, title, departmentId: water, wardCode: '99901007', ...more },
			later(morning, minutes(minute))
		);
	const titles = async (actor: Actor, query = '') =>
		(
			await queuePage(place.db, actor, municipalityId, readQueue(new URLSearchParams(query)))
		).rows.map(({ title }) => title);

	beforeEach(async () => {
		farida = await personOf(place.db, 'supervisor');
		riaan = await personOf(place.db, 'department-officer');
		pumla = await personOf(place.db, 'agent');
		lindiwe = await personOf(place.db, 'councillor');
		municipalityId = (await khanyisa(place.db)).id;
		water = (await departmentOf(place.db, 'water')).id;
		roads = (await departmentOf(place.db, 'roads')).id;
	});

	test('each sees their own: the department its cases, the councillor her ward, the agent all, the neighbour none', async () => {
		await raiseAt('Burst pipe');
		await raiseAt('My account', { private: true }, 1);
		await raiseAt('Pothole', { departmentId: roads, wardCode: '99901003' }, 2);
		await raiseAt('Held back', { held: true }, 3);
		const anele = await personOf(place.db, 'neighbour-officer');

		expect(await titles(riaan, 'view=all')).toEqual(['Burst pipe', 'My account', 'Held back']);
		expect(await titles(lindiwe, 'view=all')).toEqual(['Burst pipe']);
		expect(await titles(pumla, 'view=all')).toHaveLength(4);
		expect(await titles(anele, 'view=all')).toEqual([]);
	});

	test('views, filters and search choose; the counts say the same as the lists', async () => {
		const bheki = await personOf(place.db, 'field-worker');
		const pipe = (await raiseAt('Burst pipe, 50% of Vlei Street')).kase;
		await raiseAt('No ward given', { wardCode: undefined, departmentId: undefined }, 1);
		await doDeed(place.db, bheki, pipe.id, { deed: 'take', deedId: newId() }, morning);
		await remark(
			place.db,
			riaan,
			pipe.id,
			{ remark: 'councillor_asked', words: 'Whose gate?', deedId: newId() },
			morning
		);

		const counts = await queueCounts(place.db, pumla, municipalityId);
		expect(counts).toMatchObject({ open: 2, nobody: 1, councillor: 1, unplaced: 1, unrouted: 1 });
		expect(await titles(bheki, 'view=mine')).toEqual(['Burst pipe, 50% of Vlei Street']);
		expect(await titles(pumla, 'view=unrouted')).toEqual(['No ward given']);
		expect(await titles(pumla, 'q=50%25')).toHaveLength(1);
		expect(await titles(pumla, 'q=5_%25')).toEqual([]);
		expect(
			await titles(pumla, `q=${pipe.reference.toLowerCase().replaceAll('-', ' ')}`)
		).toHaveLength(1);
		expect(await titles(pumla, 'ward=99901007&assignee=none')).toEqual([]);
		expect(
			await queueTotal(place.db, pumla, municipalityId, readQueue(new URLSearchParams('q=pipe')))
		).toBe(1);
	});

	test.each(queueSorts)('%s: page after page, each case once', async (sort) => {
		for (let n = 0; n < 7; n++) {
			const { kase } = await raiseAt(`Leak ${n}`, {}, n % 3);
			if (n % 2)
				await remark(
					place.db,
					riaan,
					kase.id,
					{ remark: 'priority_changed', code: n === 1 ? 'low' : 'emergency', deedId: newId() },
					later(morning, minutes(n))
				);
		}
		const filters = readQueue(new URLSearchParams({ sort }));
		const seen: string[] = [];
		let after: string | null = null;
		do {
			const { rows, next }: Awaited<ReturnType<typeof queuePage>> = await queuePage(
				place.db,
				farida,
				municipalityId,
				filters,
				{ after, size: 2 }
			);
			seen.push(...rows.map(({ id }) => id));
			after = next;
		} while (after);
		const whole = await queuePage(place.db, farida, municipalityId, filters);
		expect(seen).toEqual(whole.rows.map(({ id }) => id));
		expect(new Set(seen).size).toBe(7);
	});

	test('a cursor that nobody made starts at the beginning', async () => {
		await raiseAt('Burst pipe');
		const page = (after: string) =>
			queuePage(place.db, farida, municipalityId, readQueue(new URLSearchParams()), { after });
		for (const after of ['', 'x', '_', '1_2_3', `abc_${newId()}`])
			expect((await page(after)).rows).toHaveLength(1);
	});

	const service = async (code: string, more = {}) => {
		const id = newId();
		await place.db
			.insert(services)
			.values({ id, municipalityId, code, name: code, group: 'x', ...more });
		return id;
	};

	test('filed under another service, a public line says so and the work goes to its department', async () => {
		const { kase, id } = await raiseAt('Water in the road', { serviceId: await service('leak-1') });
		const drain = await service('Blocked drain', { departmentId: roads });
		const after = await changeService(
			place.db,
			riaan,
			kase.id,
			{ serviceId: drain, deedId: newId() },
			morning
		);
		expect(after).toMatchObject({ serviceId: drain, departmentId: roads });
		const [issue] = await place.db.select().from(issues).where(eq(issues.id, id));
		expect(issue.serviceId).toBe(drain);
		expect((await officeTimeline(place.db, riaan, after)).map(({ title }) => title)).toEqual([
			'Passed on to Roads and Stormwater',
			'Category changed from leak-1 to Blocked drain',
			'Received, number given: sent to Water and Sanitation'
		]);
		expect((await verifyCases(place.db, municipalityId)).broken).toBeUndefined();
	});

	test('a service that is private makes it private', async () => {
		const { kase, id } = await raiseAt('Somebody takes money');
		await changeService(
			place.db,
			riaan,
			kase.id,
			{ serviceId: await service('Corruption', { private: true }), deedId: newId() },
			morning
		);
		const [issue] = await place.db.select().from(issues).where(eq(issues.id, id));
		expect(issue.private).toBe(true);
		expect(await titles(lindiwe)).toEqual([]);
	});

	test('moved to ward 6, it keeps the ward it was raised in; a ward of the neighbour is refused', async () => {
		const { kase } = await raiseAt('Burst pipe');
		const move = (wardCode: string) =>
			moveWard(place.db, pumla, kase.id, { wardCode, deedId: newId() }, morning);
		expect(await move('99901006')).toMatchObject({
			wardCode: '99901007',
			currentWardCode: '99901006'
		});
		await expect(move('99901006')).rejects.toMatchObject({ status: 409 });
		await expect(move('99902001')).rejects.toMatchObject({ status: 400, field: 'ward' });
	});

	test('who looks at the reporter is written down, and the councillor cannot', async () => {
		const thandi = await personOf(place.db, 'resident');
		const { reference, id } = await raiseAt('Burst pipe', { reporterId: thandi.id });
		expect(await revealReporter(place.db, riaan, reference, morning)).toMatchObject({
			name: 'Thandi Mokoena'
		});
		await expect(revealReporter(place.db, lindiwe, reference)).rejects.toMatchObject({
			status: 404
		});
		const views = await place.db
			.select()
			.from(privateViews)
			.where(and(eq(privateViews.subjectId, id), eq(privateViews.viewerId, riaan.id)));
		expect(views).toMatchObject([{ personId: thandi.id, field: 'reporter_contact', at: morning }]);
	});

	test('Farida asked for a daily digest: she gets one a day, Riaan none, and nobody when nothing waits', async () => {
		const wish = { id: newId(), personId: farida.id, digest: 'daily' as const, updatedAt: morning };
		await place.db.insert(preferences).values(wish);
		await sendDigests(place.db, morning);
		expect(await place.db.select().from(messages)).toEqual([]);

		await raiseAt('Burst pipe');
		await sendDigests(place.db, morning);
		await sendDigests(place.db, later(morning, minutes(5)));
		const sent = await place.db
			.select()
			.from(messages)
			.where(eq(messages.template, 'staff_digest'));
		expect(sent).toMatchObject([{ personId: farida.id, path: '/office' }]);
	});

	test('Farida and Riaan see each other for two minutes', async () => {
		const kase: Case = (await raiseAt('Burst pipe')).kase;
		const look = (actor: Actor, minute: number) =>
			lookAt(place.db, actor, kase, later(morning, minutes(minute)));
		expect(await look(farida, 0)).toEqual([]);
		expect(await look(riaan, 1)).toEqual(['Farida Solomons-Nkosi']);
		expect(await look(farida, 1)).toEqual(['Riaan Mabuza']);
		expect(await look(riaan, 4)).toEqual([]);
	});
}, settleKhanyisa);
