import { createECDH } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startPushService, type PushService } from '../../../../../tests/support/push-service.ts';
import { meaningOf, openPushSender, type PushReply, type PushSenderSettings } from './sender.ts';

// prettier-ignore
test.each([
	[200, 'accepted'], [201, 'accepted'], [202, 'accepted'],
	[301, 'failed'], [302, 'failed'], [307, 'failed'], [308, 'failed'],
	[400, 'failed'], [401, 'origin_stopped'], [403, 'origin_stopped'],
	[404, 'gone'], [405, 'failed'], [408, 'later'], [410, 'gone'], [413, 'smaller'], [429, 'later'],
	[500, 'later'], [502, 'later'], [503, 'later'], [504, 'later']
] as const)('a push service that answers %i means: %s', (status, meaning) => {
	expect(meaningOf({ status, retryAfter: null })).toBe(meaning);
});

// prettier-ignore
test.each([
	['timeout', 'later'], ['reset', 'later'], ['network', 'later'], ['no_name', 'later'],
	['certificate', 'later'], ['resting', 'later'], ['full', 'later'], ['closed', 'later'],
	['origin_stopped', 'origin_stopped'],
	['inside', 'failed'], ['unknown_host', 'failed'], ['not_https', 'failed'], ['not_an_address', 'failed']
] as const)('no answer, because of %s, means: %s', (fault, meaning) => {
	expect(meaningOf({ status: 0, retryAfter: null, fault })).toBe(meaning);
});

const pair = createECDH('prime256v1');
pair.generateKeys();
const vapid = {
	publicKey: pair.getPublicKey('base64url'),
	privateKey: pair.getPrivateKey('base64url'),
	subject: 'mailto:it@khanyisa.example'
};

describe('a push service on this machine', () => {
	let far: PushService;
	beforeAll(async () => {
		far = await startPushService({ origins: 2, keep: 1000 });
	});
	afterEach(async () => {
		await far.set({});
		await far.reset();
	});
	afterAll(() => far.stop());

	const open = (settings: Partial<PushSenderSettings> = {}) => {
		const sender = openPushSender({ vapid, allow: far.allow, ca: far.ca, ...settings });
		const send = (n: number, origin = 0) =>
			new Promise<PushReply>((done) =>
				sender.send({
					endpoint: far.endpoint(n, origin),
					body: Buffer.from('sealed'),
					ttl: 3600,
					urgency: 'high',
					topic: 'water-in-mill-road',
					done
				})
			);
		return { ...sender, post: send };
	};

	test('takes what is sent, over HTTP/2, with all that the standards ask for', async () => {
		const sender = open();
		expect(await sender.post(1)).toMatchObject({ status: 201, location: '/m/1' });
		await sender.close();
		const [{ path, headers, body }] = await far.kept();
		expect(far.endpoint(1, 0)).toBe(far.origins[0] + path);
		expect(Buffer.from(body, 'base64').toString()).toBe('sealed');
		expect(headers).toMatchObject({
			':method': 'POST',
			ttl: '3600',
			urgency: 'high',
			topic: 'water-in-mill-road',
			'content-encoding': 'aes128gcm',
			'content-length': '6'
		});
		expect(headers.authorization).toMatch(/^vapid t=[\w.-]+, k=/);
	});

	test('two thousand phones are each told once, over two sessions', async () => {
		const sender = open();
		const [origin] = far.origins;
		const replies: PushReply[] = [];
		for (let n = 0; n < 2000; n++) {
			while (sender.room(origin) === 0) await sender.whenRoom(origin);
			void sender.post(n).then((reply) => replies.push(reply));
		}
		await sender.close();
		expect(replies.filter(({ status }) => status === 201)).toHaveLength(2000);
		expect(await far.counts(0)).toMatchObject({ distinct: 2000, duplicates: 0, connections: 2 });
	});
});
