import { createECDH, randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { forgetPrepared, subscribe, unsubscribe } from '#lib/delivery/server/index.ts';
import {
	bindBlocks,
	openBlocks,
	releaseBlocks,
	type BoundBlock
} from '#lib/delivery/server/push/blocks.ts';
import { eraseFromBlocks, forgetSubscriptions } from '#lib/delivery/server/push/leave.ts';
import { prepareAtIdle } from '#lib/delivery/server/push/place.ts';
import { readSubscriptions } from '#lib/delivery/server/push.ts';
import {
	followings,
	pushBlocks,
	pushGenerations,
	pushShelves,
	pushSubscriptions
} from '#lib/delivery/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { hours, later, minutes } from '#lib/platform/time.ts';
import { settleReader, settleTown } from '../support/followers.ts';
import { inBothDatabases } from '../support/story.ts';

const ece: {
	decrypt(body: Buffer, how: { version: string; privateKey: unknown; authSecret: string }): Buffer;
} = createRequire(import.meta.url)('http_ece');

const noon = new Date('2026-11-20T10:00:00Z');
/** By then the phones of noon have waited long enough for company. */
const afternoon = later(noon, hours(2));

/** A phone: what it hands over, and what it keeps. */
function phone(name: string, host = 'fcm.googleapis.com') {
	const privateKey = createECDH('prime256v1');
	const p256dh = privateKey.generateKeys('base64url');
	const auth = randomBytes(16).toString('base64url');
	return {
		sent: { endpoint: `https://${host}/fcm/send/${name}`, keys: { p256dh, auth } },
		read: (body: Buffer) =>
			ece.decrypt(body, { version: 'aes128gcm', privateKey, authSecret: auth }).toString()
	};
}

type Phone = ReturnType<typeof phone>;

const keep = (db: Db, { sent }: Phone, personId: string | null = null) =>
	subscribe(db, { personId, device: `device-of-${sent.endpoint}`, sent }, noon);

async function keepMany(db: Db, count: number) {
	const phones = Array.from({ length: count }, (_, n) => phone(`phone-${n}`));
	const ids: string[] = [];
	for (const each of phones) ids.push(await keep(db, each));
	return { phones, ids };
}

async function placeOf(db: Db, id: string) {
	const [row] = await db.select().from(pushSubscriptions).where(eq(pushSubscriptions.id, id));
	return { blockId: row.blockId, slot: row.slot ?? -1 };
}

async function bind(db: Db, blockId: string, broadcastId: string, asked = 1000) {
	return (await bindBlocks(db, new Map([[blockId, asked]]), broadcastId, afternoon)).get(blockId)!;
}

const open = async (db: Db, blockId: string, bound: BoundBlock | null) =>
	(await openBlocks(db, new Map([[blockId, bound]]))).get(blockId)!;

const waterIsOff = Buffer.from('Amanzi avaliwe: water is off until 16:00');
const waterIsBack = Buffer.from('Amanzi abuyile: water is back');

inBothDatabases((place) => {
	test('phones are put together, and each reads what was sealed with its prepared record', async () => {
		const { phones, ids } = await keepMany(place.db, 5);
		await prepareAtIdle(place.db, afternoon);
		const [block] = await place.db.select().from(pushBlocks);
		expect(block).toMatchObject({ origin: 'https://fcm.googleapis.com', size: 5, living: 5 });
		expect(await place.db.$count(pushShelves)).toBe(2);

		const bound = await bind(place.db, block.id, newId());
		const opened = await open(place.db, block.id, bound);
		for (const [n, id] of ids.entries()) {
			const { slot } = await placeOf(place.db, id);
			expect(opened.endpoint(slot)).toBe(phones[n].sent.endpoint);
			expect(opened.keys(slot)).toEqual(phones[n].sent.keys);
			expect(phones[n].read(opened.seal(slot, waterIsOff)!)).toBe(waterIsOff.toString());
			expect(phones[n].read(opened.sealFresh(slot, waterIsBack))).toBe(waterIsBack.toString());
		}
	});

	test('nothing of addresses, keys or records can be read in the tables', async () => {
		const { phones } = await keepMany(place.db, 2);
		await prepareAtIdle(place.db, afternoon);
		const [{ members }] = await place.db.select().from(pushBlocks);
		const point = Buffer.from(phones[0].sent.keys.p256dh, 'base64url');
		expect(members.includes('/fcm/send/')).toBe(false);
		expect(members.includes(point)).toBe(false);
		const [{ records }] = await place.db.select().from(pushShelves);
		expect(records.length).toBe(2 * 114 + 29);
	});

	test('a retry after a crash finds the same shelf and sends the same bytes', async () => {
		const { ids } = await keepMany(place.db, 3);
		await prepareAtIdle(place.db, afternoon);
		const { blockId, slot } = await placeOf(place.db, ids[0]);
		const broadcastId = newId();
		const first = await open(place.db, blockId!, await bind(place.db, blockId!, broadcastId));
		const again = await open(place.db, blockId!, await bind(place.db, blockId!, broadcastId, 1));
		expect(again.seal(slot, waterIsOff)).toEqual(first.seal(slot, waterIsOff));
	});

	test('two broadcasts have a shelf each, a third takes fresh keys; used ones go with their key', async () => {
		const { ids } = await keepMany(place.db, 3);
		await prepareAtIdle(place.db, afternoon);
		const { blockId, slot } = await placeOf(place.db, ids[0]);
		const [first, second, third] = [newId(), newId(), newId()];
		const bound = [];
		for (const each of [first, second, third]) bound.push(await bind(place.db, blockId!, each));
		expect(bound.map((each) => each?.shelf)).toEqual([0, 1, undefined]);
		expect((await open(place.db, blockId!, bound[2])).seal(slot, waterIsOff)).toBeNull();

		await releaseBlocks(place.db, first);
		expect(await place.db.$count(pushShelves)).toBe(1);
		expect(await place.db.$count(pushGenerations)).toBe(1);
		await releaseBlocks(place.db, second);
		expect(await place.db.$count(pushGenerations)).toBe(0);
		await prepareAtIdle(place.db, afternoon);
		expect(await place.db.$count(pushShelves)).toBe(2);
	});

	test('whoever kept the number of a shelf that was filled anew gets no record of it', async () => {
		const { ids } = await keepMany(place.db, 3);
		await prepareAtIdle(place.db, afternoon);
		const { blockId, slot } = await placeOf(place.db, ids[0]);
		const late = await bind(place.db, blockId!, newId());
		await releaseBlocks(place.db, late!.broadcastId);
		await prepareAtIdle(place.db, afternoon);
		expect((await open(place.db, blockId!, late)).seal(slot, waterIsOff)).toBeNull();
	});

	test('a broadcast for less than half of a block leaves its shelves to others', async () => {
		const { ids } = await keepMany(place.db, 6);
		await prepareAtIdle(place.db, afternoon);
		const { blockId } = await placeOf(place.db, ids[0]);
		expect(await bind(place.db, blockId!, newId(), 2)).toBeNull();
		expect(await bind(place.db, blockId!, newId(), 3)).not.toBeNull();
		await forgetSubscriptions(place.db, ids.slice(0, 2), afternoon);
		expect(await bind(place.db, blockId!, newId(), 2)).not.toBeNull();
	});

	test('a phone with new keys, and one that is gone, leave; a block half empty is given up', async () => {
		const { phones, ids } = await keepMany(place.db, 4);
		await prepareAtIdle(place.db, afternoon);
		const { blockId } = await placeOf(place.db, ids[0]);
		await keep(place.db, phone('phone-0'));
		expect(await placeOf(place.db, ids[0])).toEqual({ blockId: null, slot: -1 });
		const { endpoint } = phones[1].sent;
		await unsubscribe(
			place.db,
			{ personId: null, device: `device-of-${endpoint}`, endpoint },
			noon
		);
		const [{ living }] = await place.db.select().from(pushBlocks);
		expect(living).toBe(2);
		await forgetSubscriptions(place.db, [ids[2]], noon);
		await prepareAtIdle(place.db, afternoon);
		const [block] = await place.db.select().from(pushBlocks);
		expect(block).toMatchObject({ size: 2, living: 2 });
		expect(block.id).not.toBe(blockId);
		expect((await placeOf(place.db, ids[0])).blockId).toBe(block.id);
	});

	test('another push service has blocks of its own, and those of one ward lie together', async () => {
		const { municipalityId } = await settleTown(place.db);
		const phones = Array.from({ length: 6 }, (_, n) => phone(`phone-${n}`));
		const ids: string[] = [];
		for (const [n, each] of phones.entries()) {
			ids.push(await keep(place.db, each));
			await place.db.insert(followings).values({
				id: newId(),
				municipalityId,
				subject: 'ward',
				subjectId: `4200400${(n % 2) + 1}`,
				pushSubscriptionId: ids[n],
				channel: 'web_push',
				because: 'asked',
				since: noon
			});
		}
		await keep(place.db, phone('apple', 'web.push.apple.com'));
		await prepareAtIdle(place.db, afternoon);
		expect((await place.db.select().from(pushBlocks)).map(({ size }) => size).sort()).toEqual([
			1, 6
		]);
		const slots: number[] = [];
		for (const id of ids) slots.push((await placeOf(place.db, id)).slot);
		expect([slots[0], slots[2], slots[4]].every((slot) => slot < 3)).toBe(true);
	});

	test('a few phones wait an hour for company; nothing is moved while a broadcast is sent', async () => {
		const { ids } = await keepMany(place.db, 2);
		await prepareAtIdle(place.db, later(noon, minutes(30)));
		expect((await placeOf(place.db, ids[0])).blockId).toBeNull();
		await prepareAtIdle(place.db, afternoon);
		const { blockId } = await placeOf(place.db, ids[0]);
		await bind(place.db, blockId!, newId());
		await keep(place.db, phone('newcomer'));
		await prepareAtIdle(place.db, later(afternoon, minutes(5)));
		expect(await place.db.$count(pushBlocks)).toBe(1);
		await prepareAtIdle(place.db, later(afternoon, minutes(15)));
		expect(await place.db.$count(pushBlocks)).toBe(2);
	});

	test('after a backup was put back nothing that was prepared is used again', async () => {
		const { ids } = await keepMany(place.db, 3);
		await prepareAtIdle(place.db, afternoon);
		const { blockId, slot } = await placeOf(place.db, ids[0]);
		const bound = await bind(place.db, blockId!, newId());
		await forgetPrepared(place.db);
		expect(await place.db.$count(pushShelves)).toBe(0);
		const opened = await open(place.db, blockId!, bound);
		expect(opened.seal(slot, waterIsOff)).toBeNull();
		expect(opened.endpoint(slot)).toContain('/fcm/send/');
	});

	test('whoever is erased leaves no address in any block, and the others are still reached', async () => {
		const { personId } = await settleReader(place.db, 'Thandi Mokoena', 'thandi@mail.example');
		await keep(place.db, phone('thandi'), personId);
		const neighbour = await keep(place.db, phone('neighbour'));
		await prepareAtIdle(place.db, afternoon);
		await eraseFromBlocks(place.db, personId);
		expect(await place.db.$count(pushBlocks)).toBe(0);
		const found = await readSubscriptions(place.db, [neighbour]);
		expect(found.get(neighbour)?.endpoint).toContain('neighbour');
	});

	describe('one record, one text', () => {
		/** What can happen in any order. */
		const deed = fc.oneof(
			fc.record({ kind: fc.constant('send' as const), broadcast: fc.nat(3) }),
			fc.record({ kind: fc.constant('shorter' as const), broadcast: fc.nat(3) }),
			fc.record({ kind: fc.constant('end' as const), broadcast: fc.nat(3) }),
			fc.record({ kind: fc.constant('idle' as const) }),
			fc.record({ kind: fc.constant('new keys' as const), phone: fc.nat(2) }),
			fc.record({ kind: fc.constant('restore' as const) })
		);

		test('whatever the order of broadcasts, retries, refills, new keys and restores', async () => {
			await keepMany(place.db, 3);
			/** Which texts each record sealed: a record is known by the header of its body. */
			const sealedBy = new Map<string, Set<string>>();
			const kept: Array<BoundBlock | null> = [];
			let clock = afternoon;
			let used = 0;

			const send = async (broadcast: number, ids: string[], suffix = '') => {
				const text = Buffer.from(`broadcast ${ids[broadcast]}${suffix}`);
				const blocks = await place.db.select().from(pushBlocks);
				for (const { id: blockId, size } of blocks) {
					const now = await bind(place.db, blockId, ids[broadcast]);
					kept.push(now);
					// Also with what a slow process still holds from earlier.
					const held = [now, ...kept.filter((each) => each?.broadcastId === ids[broadcast])];
					for (const bound of held) {
						if (bound && bound.blockId !== blockId) continue;
						const opened = await open(place.db, blockId, bound);
						for (let slot = 0; slot < size; slot++)
							for (const said of [text, Buffer.from(`${text}, in short`)]) {
								const body = opened.seal(slot, said);
								if (!body) continue;
								const record = body.toString('hex', 0, 86);
								const texts = sealedBy.get(record) ?? new Set();
								sealedBy.set(record, texts.add(said.toString()));
								used++;
							}
					}
				}
			};

			const story = fc.array(deed, { minLength: 5, maxLength: 14 });
			await fc.assert(
				fc.asyncProperty(story, async (deeds) => {
					const ids = Array.from({ length: 4 }, () => newId());
					for (const each of deeds) {
						clock = later(clock, minutes(20));
						if (each.kind === 'send' || each.kind === 'shorter') await send(each.broadcast, ids);
						else if (each.kind === 'end') {
							await releaseBlocks(place.db, ids[each.broadcast]);
							ids[each.broadcast] = newId();
						} else if (each.kind === 'idle') await prepareAtIdle(place.db, clock);
						else if (each.kind === 'new keys') await keep(place.db, phone(`phone-${each.phone}`));
						else await forgetPrepared(place.db);
					}
					for (const id of ids) await releaseBlocks(place.db, id);
					kept.length = 0;
					for (const texts of sealedBy.values()) expect(texts.size).toBe(1);
				}),
				{ numRuns: 25, seed: 20261122 }
			);
			expect(used).toBeGreaterThan(100);
			expect(sealedBy.size).toBeGreaterThan(20);
		});
	});
});
