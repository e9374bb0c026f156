import { eq, isNotNull, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import webPush from 'web-push';
import { eraseFromAudiences, failing, follow, outbox } from '#lib/delivery/server/index.ts';
import { progressOf } from '#lib/delivery/server/broadcast/counts.ts';
import { openBook } from '#lib/delivery/server/broadcast/book.ts';
import { busyLanes, claimChunk } from '#lib/delivery/server/broadcast/chunks.ts';
import { sendDue } from '#lib/delivery/server/broadcast/engine.ts';
import { compactBroadcasts } from '#lib/delivery/server/broadcast/finish.ts';
import { openBroadcast, textsOf, type NewBroadcast } from '#lib/delivery/server/broadcast/open.ts';
import { claimRetries, keepRetries } from '#lib/delivery/server/broadcast/members.ts';
import { phoneNeeds, type Phone } from '#lib/delivery/server/broadcast/phone.ts';
import { audiences, broadcasts, retries } from '#lib/delivery/server/broadcast/schema.ts';
import { openPushSender, type PushSender } from '#lib/delivery/server/push/sender.ts';
import { changeSettings } from '#lib/delivery/server/preferences.ts';
import { messages, pushSubscriptions } from '#lib/delivery/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import { rows } from '#lib/platform/server/db.ts';
import { settleReader, settleTown } from '../support/followers.ts';
import { settlePhones } from '../support/phones.ts';
import { startPushService, type PushService } from '../support/push-service.ts';
import { inBothDatabasesForReal } from '../support/story.ts';

/** By day: at night people who did not ask for it are left in peace. */
const noon = new Date(new Date().toISOString().replace(/T.*/, 'T10:00:00Z'));

let service: PushService;
let sender: PushSender;

beforeAll(async () => {
	service = await startPushService({ origins: 3 });
	const vapid = { ...webPush.generateVAPIDKeys(), subject: 'mailto:ops@khanyisa.example' };
	sender = openPushSender({ vapid, allow: service.allow, ca: service.ca, timeout: 5000 });
});
afterAll(async () => {
	await sender.close();
	await service.stop();
});

inBothDatabasesForReal((place) => {
	let municipalityId: string;
	const channels = { email: outbox, sms: outbox, inbox: outbox, web_push: outbox };

	beforeEach(async () => {
		for (const origin of service.origins.keys()) await service.set({}, origin);
		await service.reset();
		for (const table of ['followings', 'push_subscriptions', 'messages', 'broadcast_texts'])
			await place.database.db.execute(sql.raw(`delete from ${table}`));
		await place.database.db.execute(
			sql`update broadcasts set state = 'done', finished_at = now(), compacted_at = now()`
		);
		municipalityId ??= (await settleTown(place.database.db)).municipalityId;
	});

	const phones = (count: number, origin?: number) =>
		settlePhones(place.database.db, {
			municipalityId,
			count,
			wards: ['KHA-3', 'KHA-4'],
			endpoint: (n) => service.endpoint(n, origin)
		});
	const open = (more: Partial<NewBroadcast> = {}) =>
		place.database.db.transaction((tx) =>
			openBroadcast(
				tx,
				{
					municipalityId,
					subject: 'news',
					subjectId: newId(),
					deed: newId(),
					rings: [[['ward', 'KHA-3']], [['ward', 'KHA-4']]],
					path: '/news/7',
					template: 'news.published',
					texts: textsOf(
						{ name: 'Khanyisa', hosts: ['khanyisa.example'] },
						{ template: 'news.published', facts: { what: 'Water is back' }, path: '/news/7' }
					),
					...more
				},
				noon
			)
		);
	const send = () => sendDue({ db: place.database.db, sender, channels, now: () => noon });
	const stateOf = async (id: string) =>
		(await place.database.db.select().from(broadcasts).where(eq(broadcasts.id, id)))[0];
	/** Sends until it is finished, through pauses between tries. */
	async function sendAll(id: string) {
		const late = performance.now() + 120_000;
		while (performance.now() < late) {
			await send();
			if ((await stateOf(id)).finishedAt) return;
			await new Promise((done) => setTimeout(done, 200));
		}
		throw new Error('it never came to an end');
	}

	test('what comes in while a stroke is written is written too, and whatever comes after it', async () => {
		await phones(3, 0);
		const { no } = await stateOf((await open({ emergency: true, texts: english() })).id);
		const { db } = place.database;
		const [lane] = await busyLanes(db, noon);
		const holder = newId();
		const chunk = (await claimChunk(db, lane.id, holder, noon))!;
		const told = (n: number) => ({
			...{ n, ward: 'KHA-3', status: 201, tries: 1 },
			result: 'accepted' as const
		});
		const station = { db, id: holder, sender, channels, now: () => noon, stopping: false };
		let strokes = 0;
		const book = openBook(station, { no, members: [], chunk }, lane, async () => {
			if (++strokes === 1) book.add(told(chunk.lo + 1));
		});
		const written = async () =>
			(await rows(db, sql`select n from broadcast_outcomes where broadcast_no = ${no}`)).length;

		book.add(told(chunk.lo));
		await expect.poll(written, { timeout: 10_000 }).toBe(2);
		// The clock that the second one set runs out while there is nothing to write.
		await new Promise((done) => setTimeout(done, 100));
		book.add(told(chunk.lo + 2));
		await expect.poll(written, { timeout: 10_000 }).toBe(3);
		await book.settled();
	});

	test('everybody is told once, and the counts say so without counting the ledger', async () => {
		await phones(2500);
		const { id, audience } = await open({ emergency: true, texts: english() });
		expect(audience).toBe(2500);
		await sendAll(id);
		expect(await service.counts()).toMatchObject({
			accepted: 2500,
			distinct: 2500,
			duplicates: 0,
			incomplete: 0
		});
		const progress = await progressOf(place.database.db, id);
		expect(progress).toMatchObject({
			audience: 2500,
			attempted: 2500,
			accepted: 2500,
			waiting: 0,
			lost: 0
		});
		expect(progress!.counts).toEqual([
			{ channel: 'web_push', ward: 'KHA-3', result: 'accepted', count: 1250 },
			{ channel: 'web_push', ward: 'KHA-4', result: 'accepted', count: 1250 }
		]);
	});

	// Pauses grow with each refusal and are waited for: who is unlucky four times waits half a minute.
	test('whatever the services answer, each message comes to an end, and only what is gone is forgotten', async () => {
		await phones(400);
		for (const origin of [0, 1, 2])
			await service.set(
				{
					answers: [
						{ share: 0.1, status: 429, retryAfter: '1' },
						{ share: 0.05, status: 500 }
					],
					gone: 0.03,
					resets: 0.02
				},
				origin
			);
		const { id } = await open({ emergency: true, texts: english() });
		// A phone that is unlucky six times would wait for minutes: the services calm down before.
		const calm = setTimeout(() => {
			for (const origin of [0, 1, 2]) void service.set({ gone: 0.03 }, origin);
		}, 15_000);
		await sendAll(id).finally(() => clearTimeout(calm));
		const { gone } = await service.counts();
		const progress = (await progressOf(place.database.db, id))!;
		expect(progress.attempted).toBe(400);
		expect(progress.waiting).toBe(0);
		expect(progress.lost).toBe(gone);
		expect(progress.accepted).toBe(400 - gone);
		const forgotten = await place.database.db.$count(
			pushSubscriptions,
			isNotNull(pushSubscriptions.goneAt)
		);
		expect(forgotten).toBe(gone);
	}, 180_000);

	test('a correction reaches everybody the first was tried for, and what was not said yet is never said', async () => {
		await phones(300, 0);
		const subjectId = newId();
		await service.set({ latency: 700 }, 0);
		const first = await open({ subjectId, emergency: true, texts: english() });
		const half = send();
		await new Promise((done) => setTimeout(done, 300));
		const second = await open({
			subjectId,
			emergency: true,
			corrects: true,
			rings: [],
			texts: english('It was a mistake')
		});
		expect(second.audience).toBe(300);
		await half;
		await service.set({}, 0);
		await sendAll(second.id);
		await sendAll(first.id);
		expect((await stateOf(first.id)).state).toBe('superseded');
		expect((await progressOf(place.database.db, second.id))!.accepted).toBe(300);
	});

	test('a correction goes only to those who heard of it, once the first is packed away', async () => {
		await phones(40, 0);
		const subjectId = newId();
		const first = await open({ subjectId, emergency: true, texts: english() });
		await sendAll(first.id);
		await compactBroadcasts(place.database.db);
		expect((await stateOf(first.id)).compactedAt).not.toBeNull();
		await settlePhones(place.database.db, {
			municipalityId,
			count: 10,
			from: 40,
			wards: ['KHA-3'],
			endpoint: (n) => service.endpoint(n, 0)
		});
		const second = await open({ subjectId, corrects: true, rings: [], texts: english() });
		expect(second.audience).toBe(40);
		const partitions = await rows(
			place.database.db,
			sql`select 1 from pg_class where relname like 'broadcast_outcomes\\_%' and relkind = 'r' and relname = 'broadcast_outcomes_' || ${(await stateOf(first.id)).no}::text`
		);
		expect(partitions).toHaveLength(0);
	});

	test('people hear by e-mail and inside the product, find it among their messages, and can stop it', async () => {
		const thandi = await settleReader(place.database.db, 'Thandi', `thandi${newId()}@mail.example`);
		const sipho = await settleReader(place.database.db, 'Sipho', `sipho${newId()}@mail.example`);
		for (const [{ personId }, channel] of [
			[thandi, 'email'],
			[sipho, 'inbox']
		] as const)
			await follow(place.database.db, {
				municipalityId,
				subject: 'ward',
				subjectId: 'KHA-3',
				personId,
				channel,
				because: 'asked'
			});
		const mail = failing(['again', { outcome: 'accepted', gatewayRef: 'm1' }]);
		const { id } = await open({ exceptPersonId: null, emergency: false });
		const at = new Date('2026-11-20T10:00:00Z');
		for (let round = 0; round < 20 && !(await stateOf(id)).finishedAt; round++) {
			await sendDue({
				db: place.database.db,
				sender,
				channels: { ...channels, email: mail },
				now: () => at
			});
			await new Promise((done) => setTimeout(done, 300));
		}
		expect(mail.sent).toHaveLength(2);
		expect(mail.sent[0].messageId).toBe(mail.sent[1].messageId);
		expect(mail.sent[1].text).toContain('/messages/');
		const kept = await place.database.db.select().from(messages);
		expect(kept.map(({ channel, outcome }) => `${channel} ${outcome}`).sort()).toEqual([
			'email accepted',
			'inbox delivered'
		]);
	});

	test('the mail of somebody concealed says that there is news, and nothing of it, also in an emergency', async () => {
		const { db } = place.database;
		const address = {
			thandi: `thandi${newId()}@mail.example`,
			nosipho: `n${newId()}@mail.example`
		};
		const thandi = await settleReader(db, 'Thandi', address.thandi);
		const nosipho = await settleReader(db, 'Nosipho', address.nosipho);
		await changeSettings(db, { personId: nosipho.personId }, { concealed: true }, noon);
		const follows = {
			municipalityId,
			subject: 'ward',
			subjectId: 'KHA-3',
			channel: 'email'
		} as const;
		await follow(db, { ...follows, personId: thandi.personId, because: 'asked' });
		// With the bare address, as somebody without an account follows.
		await follow(db, { ...follows, contactPointId: nosipho.contactPointId, because: 'asked' });
		const mail = failing([]);
		const { id } = await open({ emergency: true, texts: english() });
		await expect
			.poll(
				async () => {
					await sendDue({ db, sender, channels: { ...channels, email: mail }, now: () => noon });
					return (await stateOf(id)).finishedAt;
				},
				{ timeout: 60_000 }
			)
			.not.toBeNull();
		const said = new Map(mail.sent.map(({ to, title, text }) => [to, `${title} | ${text}`]));
		expect(said.get(address.thandi)).toContain('WILDFIRE');
		expect(said.get(address.nosipho)).toMatch(
			/^News from your municipality \| News from your municipality: https:\/\/khanyisa\.example\/messages\/[\w-]{32}$/
		);
	});

	test('somebody who is erased before their turn is not told, and stands in no list', async () => {
		const { personId } = await settleReader(
			place.database.db,
			'Sipho',
			`sipho${newId()}@mail.example`
		);
		await follow(place.database.db, {
			municipalityId,
			subject: 'ward',
			subjectId: 'KHA-3',
			personId,
			channel: 'inbox',
			because: 'asked'
		});
		const { id, audience } = await open();
		expect(audience).toBe(1);
		await place.database.db.transaction((tx) => eraseFromAudiences(tx, personId));
		await sendAll(id);
		expect(await place.database.db.$count(audiences, eq(audiences.personId, personId))).toBe(0);
		expect(await place.database.db.$count(messages)).toBe(0);
		expect(await progressOf(place.database.db, id)).toMatchObject({ accepted: 0, lost: 1 });
	});

	test('a correction goes to whoever heard any version, not only the last', async () => {
		await phones(40);
		const subjectId = newId();
		const both: NewBroadcast['rings'] = [[['ward', 'KHA-3']], [['ward', 'KHA-4']]];
		const one: NewBroadcast['rings'] = [[['ward', 'KHA-3']]];
		const more = { emergency: true, texts: english(), subjectId };
		const first = await open({ ...more, rings: both });
		await sendAll(first.id);
		// Taken back before a single one of it has left.
		await open({ ...more, rings: one, corrects: true });
		const third = await open({ ...more, rings: one, corrects: true });
		expect(third.audience).toBe(40);
	});

	test('what keeps the one before it lets that be said to the end, and is heard after it', async () => {
		await phones(20, 0);
		const subjectId = newId();
		const first = await open({ emergency: true, texts: english(), subjectId });
		const second = await open({
			emergency: true,
			texts: english(),
			subjectId,
			corrects: true,
			keepsEarlier: true
		});
		await sendAll(second.id);
		expect((await stateOf(first.id)).state).toBe('done');
		expect(await progressOf(place.database.db, first.id)).toMatchObject({ accepted: 20 });
		expect(await progressOf(place.database.db, second.id)).toMatchObject({ accepted: 20 });
		const kept = await service.kept();
		const topics = kept.map(({ headers }) => headers.topic);
		expect(new Set(kept.slice(0, 20).map(({ path }) => path)).size).toBe(20);
		expect([new Set(topics.slice(0, 20)).size, new Set(topics).size]).toEqual([1, 2]);
	});

	test('what happened first and is told last is old news, and opens nothing', async () => {
		await phones(3);
		const subjectId = newId();
		const correction = await open({ subjectId, version: 2 });
		const late = await open({ subjectId, version: 1 });
		expect(late).toEqual({ id: correction.id, audience: 3, how: 'overtaken' });
		expect((await stateOf(correction.id)).state).toBe('sending');
	});

	test('what is tried again stays with whoever took it, for as long as they say so', async () => {
		await phones(20, 0);
		await service.set({ answers: [{ share: 1, status: 503, retryAfter: '1' }] }, 0);
		const { id } = await open({ emergency: true, texts: english() });
		await send();
		const { no } = await stateOf(id);
		const { db } = place.database;
		const [{ laneId }] = await db.select().from(retries).where(eq(retries.broadcastNo, no));
		const lane = { id: laneId, channel: 'web_push', name: 'the first' };
		await db
			.update(retries)
			.set({ due: new Date(0) })
			.where(eq(retries.broadcastNo, no));
		const take = () => claimRetries<Phone>(db, lane, phoneNeeds, 60);
		const untilDue = async () => {
			const [{ least }] = await rows<{ least: number }>(
				db,
				sql`select extract(epoch from min(due) - clock_timestamp())::float8 as least
					from broadcast_retries where broadcast_no = ${no}`
			);
			return least;
		};

		const mine = (await take())!;
		expect(mine.batch.members).toHaveLength(20);
		expect(await take()).toBeNull();
		expect(await keepRetries(db, mine.lease, 600)).toBe(true);
		expect(await untilDue()).toBeGreaterThan(300);
		// Here its process falls asleep, and the lease ends.
		expect(await keepRetries(db, mine.lease, 0)).toBe(true);
		const theirs = (await take())!;
		expect(theirs.batch.members).toHaveLength(20);
		expect(await keepRetries(db, mine.lease, 600)).toBe(false);
		expect(await untilDue()).toBeLessThan(300);
		expect(await keepRetries(db, theirs.lease, 600)).toBe(true);
	});

	test('the same deed opens one broadcast', async () => {
		await phones(3);
		const deed = newId();
		const one = await open({ deed });
		const two = await open({ deed });
		expect(two).toEqual({ ...one, how: 'known' });
	});
});

const english = (text = 'Leave now by the R44 towards the town hall.') => [
	{ language: 'en', channel: 'web_push' as const, title: 'WILDFIRE', text },
	{ language: 'en', channel: 'email' as const, title: 'WILDFIRE', text },
	{ language: 'en', channel: 'sms' as const, title: 'WILDFIRE', text },
	{ language: 'en', channel: 'inbox' as const, title: 'WILDFIRE', text }
];
