import { createECDH, randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { expect, test } from 'vitest';
import {
	deliver,
	failing,
	myWays,
	outbox,
	sendMessage,
	settingsOf,
	subscribe,
	unsubscribe
} from '#lib/delivery/server/index.ts';
import { messages, pushSubscriptions } from '#lib/delivery/server/schema.ts';
import { newId } from '#lib/platform/ids.ts';
import { later, minutes } from '#lib/platform/time.ts';
import { settleReader, settleTown } from '../support/followers.ts';
import { inBothDatabases } from '../support/story.ts';

const noon = new Date('2026-11-20T10:00:00Z');

/** What Thandi's browser would hand over. */
function subscription(name = 'one') {
	const browser = createECDH('prime256v1');
	browser.generateKeys();
	return {
		endpoint: `https://fcm.googleapis.com/fcm/send/${name}`,
		keys: {
			p256dh: browser.getPublicKey('base64url'),
			auth: randomBytes(16).toString('base64url')
		}
	};
}

inBothDatabases((place) => {
	const device = 'a-phone-in-wheel-road1';
	const thandiAt = () => settleReader(place.db, 'Thandi Mokoena', 'thandi@mail.example');
	const tell = (municipalityId: string, personId: string) =>
		sendMessage(
			place.db,
			{
				municipalityId,
				personId,
				template: 'reply',
				facts: { reference: 'KHA-26-7K3MQ', department: 'Water' },
				subject: 'issue',
				subjectId: newId(),
				dedupeKey: newId()
			},
			noon
		);

	test('from then on she is told there, and her subscription lies sealed', async () => {
		const { municipalityId } = await settleTown(place.db);
		const { personId } = await thandiAt();
		await subscribe(place.db, { personId, device, sent: subscription() }, noon);
		const { id } = await tell(municipalityId, personId);
		const push = failing([]);
		await deliver(
			place.db,
			id!,
			{ email: outbox, sms: outbox, inbox: outbox, web_push: push },
			noon
		);
		expect(push.sent[0]).toMatchObject({
			title: 'KHA-26-7K3MQ: an answer',
			text: 'Water answered.'
		});
		const [row] = await place.db.select().from(pushSubscriptions);
		expect(row.origin).toBe('https://fcm.googleapis.com');
		expect(JSON.stringify(row)).not.toContain('/fcm/send/');
	});

	test('a phone that is gone is forgotten, and the next message goes by e-mail', async () => {
		const { municipalityId } = await settleTown(place.db);
		const { personId } = await thandiAt();
		await subscribe(place.db, { personId, device, sent: subscription() }, noon);
		const { id } = await tell(municipalityId, personId);
		const channels = { email: outbox, sms: outbox, inbox: outbox };
		await deliver(place.db, id!, { ...channels, web_push: failing([{ outcome: 'gone' }]) }, noon);
		const second = await tell(municipalityId, personId);
		const [row] = await place.db.select().from(messages).where(eq(messages.id, second.id!));
		expect(row.channel).toBe('email');
	});

	test('ten phones are kept, telling us again is no eleventh, and undoes no choice', async () => {
		const { personId } = await thandiAt();
		for (let n = 0; n < 12; n++)
			await subscribe(
				place.db,
				{ personId, device, sent: subscription(`phone-${n}`) },
				later(noon, minutes(n))
			);
		expect((await myWays(place.db, { id: personId })).phones).toBe(10);
		expect((await settingsOf(place.db, { personId })).channel).toBe('web_push');
	});

	test('only the phone itself or its owner takes it off the list', async () => {
		const { personId } = await thandiAt();
		const sent = subscription();
		await subscribe(place.db, { personId, device, sent }, noon);
		const { endpoint } = sent;
		await unsubscribe(
			place.db,
			{ personId: null, device: 'another-device-abcdef1', endpoint },
			noon
		);
		expect((await myWays(place.db, { id: personId })).phones).toBe(1);
		await unsubscribe(place.db, { personId, device: 'another-device-abcdef1', endpoint }, noon);
		expect((await myWays(place.db, { id: personId })).phones).toBe(0);
	});

	test.each([
		[{ ...subscription(), endpoint: 'http://127.0.0.1/x' }, 'endpoint'],
		[{ ...subscription(), endpoint: 'https://169.254.169.254/latest' }, 'endpoint'],
		[{ ...subscription(), keys: { p256dh: 'AAAA', auth: 'AAAA' } }, 'keys.p256dh'],
		[{ ...subscription(), keys: { p256dh: 'B'.padEnd(87, 'J'), auth: 'AAAA' } }, 'keys.p256dh'],
		[{}, 'endpoint'],
		[null, 'subscription']
	])('what is no subscription is refused by name (%#)', async (sent, field) => {
		await expect(subscribe(place.db, { personId: null, device, sent }, noon)).rejects.toMatchObject(
			{ status: 400, field }
		);
	});

	test('one client with ten thousand phones is held back, telling us again is not', async () => {
		const { personId } = await thandiAt();
		for (let n = 0; n < 20; n++)
			await subscribe(place.db, { personId: null, device, sent: subscription(`many-${n}`) }, noon);
		const more = { personId: null, device, sent: subscription('many-20') };
		await expect(subscribe(place.db, more, noon)).rejects.toMatchObject({ status: 429 });
		const again = { personId, device, sent: subscription('many-19') };
		await expect(subscribe(place.db, again, noon)).resolves.toBeTypeOf('string');
	});
});
