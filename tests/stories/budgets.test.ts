import { expect, test } from 'vitest';
import {
	budgetBook,
	decideBudgets,
	follow,
	markOf,
	openBroadcast,
	payForAll,
	sendMessage
} from '#lib/delivery/server/index.ts';
import { auditEntries } from '#lib/audit/server/schema.ts';
import { departments } from '#lib/identity/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import { hours, later } from '#lib/platform/time.ts';
import { actorOf, addColleague, addMunicipality } from '../support/colleagues.ts';
import { settleContact } from '../support/followers.ts';
import { inBothDatabases } from '../support/story.ts';

const noon = new Date('2026-11-20T10:00:00Z');

inBothDatabases((place) => {
	const settle = async () => {
		const { id: municipalityId } = await addMunicipality(place.db, {
			code: 'KHA',
			name: 'Khanyisa'
		});
		const water = newId();
		await place.db
			.insert(departments)
			.values({ id: water, municipalityId, code: 'water', name: 'Water and Sanitation' });
		const chris = await addColleague(
			place.db,
			'Chris Majola',
			municipalityId,
			[{ role: 'admin' }],
			later(noon, -hours(1))
		);
		return { municipalityId, water, chris: await actorOf(place.db, chris, noon) };
	};
	const plan = async (municipalityId: string, water: string, cents: number | null) => ({
		municipalityId,
		perThousand: 25_000,
		limits: [
			{ departmentId: null, cents: null, segments: 1000 },
			{ departmentId: water, cents, segments: null }
		],
		seen: markOf(await budgetBook(place.db, municipalityId, noon))
	});

	test('Chris sets a price and limits, sees what is spent, and it stands in the log', async () => {
		const { municipalityId, water, chris } = await settle();
		const wanted = await plan(municipalityId, water, 50);
		await decideBudgets(place.db, chris, wanted, noon);
		const contactPointId = await settleContact(place.db, '+27820000101');
		await sendMessage(
			place.db,
			{
				municipalityId,
				contactPointId,
				template: 'case.in_progress',
				facts: { reference: 'KHA-26-7K3MQ' },
				subject: 'issue',
				subjectId: 'x',
				departmentId: water,
				dedupeKey: 'one'
			},
			noon
		);
		const book = await budgetBook(place.db, municipalityId, noon);
		expect(book).toMatchObject({ perThousand: 25_000, month: '2026-11', renews: 'Tue 1 Dec' });
		expect(book.lines).toMatchObject([
			{ name: 'The whole municipality', budget: { cents: null, segments: 1000 }, share: 0.001 },
			{ name: 'Water and Sanitation', spend: { segments: 1, millicents: 25_000 }, share: 0.5 }
		]);
		const log = await place.db.select().from(auditEntries);
		expect(log.map(({ deed }) => deed)).toContain('sms.budgets_changed');
		await decideBudgets(place.db, chris, { ...wanted, seen: markOf(book) }, noon);
		expect(await place.db.select().from(auditEntries)).toHaveLength(log.length);
	});

	test('who looked at an older page changes nothing, nor does a neighbour or an agent', async () => {
		const { municipalityId, water, chris } = await settle();
		const old = await plan(municipalityId, water, 50);
		await decideBudgets(place.db, chris, old, noon);
		await expect(decideBudgets(place.db, chris, old, noon)).rejects.toMatchObject({ status: 409 });
		const now = await plan(municipalityId, water, 70);
		const { id: thokozani } = await addMunicipality(place.db, { code: 'THO', name: 'Thokozani' });
		for (const [town, role] of [
			[municipalityId, 'agent'],
			[thokozani, 'admin']
		] as const) {
			const id = await addColleague(place.db, 'Pumla', town, [{ role }], later(noon, -hours(1)));
			const actor = await actorOf(place.db, id, noon);
			await expect(decideBudgets(place.db, actor, now, noon)).rejects.toMatchObject({
				status: 404
			});
		}
		await decideBudgets(place.db, chris, now, noon);
		const { lines } = await budgetBook(place.db, municipalityId, noon);
		expect(lines[1].budget).toEqual({ cents: 70, segments: null });
	});

	test('a broadcast pays for all of its messages or is refused, and an emergency is not', async () => {
		const { municipalityId, water, chris } = await settle();
		await decideBudgets(place.db, chris, await plan(municipalityId, water, 50), noon);
		const order = { municipalityId, departmentId: water, urgency: 'normal' as const };
		await payForAll(place.db, { ...order, segments: 2 }, noon);
		await expect(payForAll(place.db, { ...order, segments: 1 }, noon)).rejects.toMatchObject({
			status: 409,
			message:
				'The SMS budget of Water and Sanitation is used up. It renews on Tue 1 Dec; emergencies and sign-in codes are sent all the same.'
		});
		await payForAll(place.db, { ...order, urgency: 'emergency', segments: 5000 }, noon);
		const { lines } = await budgetBook(place.db, municipalityId, noon);
		expect(lines.map(({ spend }) => [spend.segments, spend.exemptSegments])).toEqual([
			[5002, 5000],
			[5002, 5000]
		]);
	});

	test('news to more phones than the budget reaches is told without SMS, an emergency with', async () => {
		const { municipalityId, chris } = await settle();
		await decideBudgets(
			place.db,
			chris,
			{
				municipalityId,
				perThousand: 25_000,
				limits: [{ departmentId: null, cents: null, segments: 4 }],
				seen: markOf(await budgetBook(place.db, municipalityId, noon))
			},
			noon
		);
		for (const n of [1, 2, 3])
			await follow(place.db, {
				municipalityId,
				subject: 'ward',
				subjectId: 'KHA-3',
				contactPointId: await settleContact(place.db, `+2782000010${n}`),
				channel: 'sms',
				because: 'asked'
			});
		const tell = (deed: string, emergency = false) =>
			openBroadcast(
				place.db,
				{
					municipalityId,
					subject: 'news',
					subjectId: deed,
					deed,
					rings: [[['ward', 'KHA-3']]],
					path: '/news/7',
					emergency,
					template: 'news.published',
					texts: (['email', 'sms', 'web_push', 'inbox'] as const).map((channel) => ({
						language: 'en',
						channel,
						title: 'News',
						text: 'Water is back'
					}))
				},
				noon
			);
		expect((await tell('first')).audience).toBe(3);
		expect((await tell('second')).audience).toBe(0);
		expect((await tell('fire', true)).audience).toBe(3);
		const [{ spend, refused }] = (await budgetBook(place.db, municipalityId, noon)).lines;
		expect(spend).toMatchObject({ segments: 6, exemptSegments: 3 });
		// One order was refused, whatever it was for.
		expect(refused).toBe(1);
	});
});
