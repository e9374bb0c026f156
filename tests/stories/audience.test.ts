import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { follow, tellFollowers } from '#lib/delivery/server/index.ts';
import { fixAudience, type Ring } from '#lib/delivery/server/broadcast/audience.ts';
import { openLanes } from '#lib/delivery/server/broadcast/lanes.ts';
import { audiences, lanes } from '#lib/delivery/server/broadcast/schema.ts';
import { messages, preferences, pushSubscriptions } from '#lib/delivery/server/schema.ts';
import { contactPoints, people } from '#lib/identity/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { sql } from 'drizzle-orm';
import { seeded } from '../../bench/figure.ts';
import { settlePhones } from '../support/phones.ts';
import { settleContact, settleReader, settleTown } from '../support/followers.ts';
import { inBothDatabases } from '../support/story.ts';

/** 22:10 in Khanyisa: some sleep, some asked for other hours. */
const night = new Date('2026-11-20T20:10:00Z');
const wards = ['KHA-3', 'KHA-4', 'KHA-7'];
const rings: Ring[] = [[['ward', 'KHA-3']], [['ward', 'KHA-4']], [['topic', 'water']]];

inBothDatabases((place) => {
	const open = async (no = 1) => {
		await place.db.execute(sql`select open_broadcast_ledger(${no}::int)`);
		await openLanes(place.db);
	};
	const told = async (no = 1) => {
		const found = await place.db
			.select()
			.from(audiences)
			.innerJoin(lanes, eq(lanes.id, audiences.laneId))
			.where(eq(audiences.broadcastNo, no))
			.orderBy(audiences.n);
		return found.map(({ broadcast_audience: row, delivery_lanes: lane }) => ({ ...row, lane }));
	};
	const asked = (municipalityId: string, more: object = {}) => ({
		municipalityId,
		timeZone: 'Africa/Johannesburg',
		rings,
		emergency: false,
		languages: ['en', 'zu', 'xh', 'af'],
		...more
	});

	test('one statement tells the same people the same way as the rule for one of them', async () => {
		const { municipalityId } = await settleTown(place.db);
		await settleAnybody(place.db, municipalityId, 150);

		for (const [subject, subjectId] of rings.flat())
			await tellFollowers(
				place.db,
				{
					municipalityId,
					subject,
					subjectId,
					template: 'news.published',
					facts: { what: 'Water is back' },
					dedupe: 'news'
				},
				night
			);
		const single = await place.db.select().from(messages);
		await open();
		await fixAudience(place.db, 1, asked(municipalityId), night);

		const byRule = single.map(
			({ channel, contactPointId, pushSubscriptionId, personId, notBefore }) =>
				`${channel} ${pushSubscriptionId ?? (channel === 'web_push' ? personId : (contactPointId ?? personId))} ${notBefore?.toISOString() ?? 'now'}`
		);
		const devices = await place.db.select().from(pushSubscriptions);
		const ownerOf = new Map(devices.map(({ id, personId }) => [id, personId]));
		const byStatement = (await told()).map(
			({ lane, contactPointId, pushSubscriptionId, personId, notBefore }) =>
				`${lane.channel} ${lane.channel === 'web_push' ? (ownerOf.get(pushSubscriptionId!) ?? pushSubscriptionId) : (contactPointId ?? personId)} ${notBefore?.toISOString() ?? 'now'}`
		);
		expect(byRule.length).toBeGreaterThan(60);
		expect([...new Set(byStatement)].sort()).toEqual([...new Set(byRule)].sort());
	});

	test('those inside are told before those near, and nobody twice', async () => {
		const { municipalityId } = await settleTown(place.db);
		const endpoint = (n: number) => `https://fcm.googleapis.com/fcm/send/${n}`;
		await settlePhones(place.db, {
			municipalityId,
			count: 30,
			wards: ['KHA-4', 'KHA-3'],
			endpoint
		});
		const [first] = await place.db.select().from(pushSubscriptions);
		for (const ward of wards)
			await follow(place.db, {
				municipalityId,
				subject: 'ward',
				subjectId: ward,
				pushSubscriptionId: first.id,
				channel: 'web_push',
				because: 'asked'
			});
		await open();
		expect(await fixAudience(place.db, 1, asked(municipalityId), night)).toBe(30);
		const all = await told();
		expect(all.map(({ ring }) => ring)).toEqual([...all].map(({ ring }) => ring).sort());
		expect(all.find(({ pushSubscriptionId }) => pushSubscriptionId === first.id)?.ring).toBe(0);
		expect(all.map(({ n }) => n)).toEqual(all.map((_, i) => i));
	});

	test('an emergency goes every way there is, at night and to whoever opted out', async () => {
		const { municipalityId } = await settleTown(place.db);
		const { personId, contactPointId } = await settleReader(
			place.db,
			'Thandi Mokoena',
			'thandi@mail.example'
		);
		await place.db.insert(preferences).values({
			id: newId(),
			personId,
			channel: 'inbox',
			optedOut: ['*'],
			updatedAt: night
		});
		await follow(place.db, {
			municipalityId,
			subject: 'ward',
			subjectId: 'KHA-3',
			personId,
			channel: 'email',
			because: 'asked'
		});
		await open();
		await fixAudience(place.db, 1, asked(municipalityId, { emergency: true }), night);
		expect(await told()).toMatchObject([
			{ lane: { channel: 'email' }, contactPointId, notBefore: null }
		]);
	});

	test('where no budget is left, people hear another way, and bare numbers nothing', async () => {
		const { municipalityId } = await settleTown(place.db);
		const thandi = await settleReader(place.db, 'Thandi Mokoena', '+27820000101');
		const sipho = await settleReader(place.db, 'Sipho Dlamini', 'sipho@mail.example');
		const bare = await settleContact(place.db, '+27820000103');
		for (const who of [
			{ personId: thandi.personId },
			{ personId: sipho.personId },
			{ contactPointId: bare }
		])
			await follow(place.db, {
				municipalityId,
				subject: 'ward',
				subjectId: 'KHA-3',
				channel: 'sms',
				because: 'asked',
				...who
			});
		await open(1);
		await open(2);
		await fixAudience(place.db, 1, asked(municipalityId), night);
		await fixAudience(place.db, 2, asked(municipalityId, { withoutSms: true }), night);
		const ways = async (no: number) =>
			(await told(no)).map(({ lane, personId }) => [lane.channel, personId]).sort();
		expect(await ways(1)).toEqual(
			[
				['sms', thandi.personId],
				['inbox', sipho.personId],
				['sms', null]
			].sort()
		);
		expect(await ways(2)).toEqual(
			[
				['inbox', thandi.personId],
				['inbox', sipho.personId]
			].sort()
		);
	});

	test('followers in another municipality hear nothing', async () => {
		const { municipalityId } = await settleTown(place.db);
		const { contactPointId } = await settleReader(place.db, 'Sipho', 'sipho@mail.example');
		await follow(place.db, {
			municipalityId,
			subject: 'ward',
			subjectId: 'KHA-3',
			contactPointId,
			channel: 'email',
			because: 'asked'
		});
		await open();
		expect(await fixAudience(place.db, 1, asked(newId()), night)).toBe(0);
	});
});

/** People, contacts and phones in every state there is, who follow what they like. */
async function settleAnybody(db: Db, municipalityId: string, count: number) {
	const random = seeded(42);
	const chance = (share: number) => random() < share;
	const one = <Each>(of: readonly Each[]): Each => of[Math.floor(random() * of.length)];
	const channels = ['email', 'sms', 'web_push', 'inbox'] as const;
	const endpoint = (n: number) => `https://fcm.googleapis.com/fcm/send/${n}`;
	await settlePhones(db, { municipalityId, count: 120, wards: ['KHA-9'], endpoint });
	const phones = await db.select().from(pushSubscriptions);
	for (const phone of phones.filter(() => chance(0.2)))
		await db
			.update(pushSubscriptions)
			.set({ goneAt: night })
			.where(eq(pushSubscriptions.id, phone.id));

	for (let i = 0; i < count; i++) {
		const contactPointId = await settleContact(
			db,
			chance(0.5) ? `reader${i}@mail.example` : `+2782${String(1000000 + i)}`,
			chance(0.8)
		);
		if (chance(0.15))
			await db
				.update(contactPoints)
				.set({ bouncedAt: night })
				.where(eq(contactPoints.id, contactPointId));
		let personId: string | undefined;
		if (chance(0.7)) {
			const mail = await settleReader(db, `Reader ${i}`, `own${i}@mail.example`, {
				verified: chance(0.8)
			});
			personId = mail.personId;
			if (chance(0.1))
				await db.update(people).set({ erasedAt: night }).where(eq(people.id, personId));
			if (chance(0.4))
				await db
					.update(pushSubscriptions)
					.set({ personId })
					.where(eq(pushSubscriptions.id, phones[i % phones.length].id));
		}
		if (chance(0.6))
			await db.insert(preferences).values({
				id: newId(),
				...(personId ? { personId } : { contactPointId }),
				channel: chance(0.5) ? one(channels) : null,
				language: chance(0.5) ? one(['zu', 'af', 'st']) : null,
				quietFrom: one([1260, 0, 600, 1300, 1320, 60]),
				quietTo: one([390, 0, 1200, 1400, 1331]),
				optedOut: chance(0.3)
					? [one(['*', 'email', 'sms', 'ward', 'sms:ward', 'email:topic', 'topic'])]
					: [],
				updatedAt: night
			});
		const named = !personId || chance(0.3);
		for (const [subject, subjectId] of rings.flat().filter(() => chance(0.6)))
			await follow(db, {
				municipalityId,
				subject,
				subjectId,
				personId,
				contactPointId: named ? contactPointId : undefined,
				channel: one(channels),
				because: 'asked'
			});
	}
}
