import { createECDH, randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import webPush from 'web-push';
import type { Parcel } from '../../channel.ts';
import { email } from './email.ts';
import { endpointObstacle } from './push-hosts.ts';
import { retryAfter } from './retry-after.ts';
import { sms } from './sms.ts';
import { webPushChannel } from './web-push.ts';

const parcel: Parcel = {
	messageId: '019aa000-0000-7000-8000-000000000001',
	to: 'thandi@mail.example',
	title: 'KHA-26-7K3MQ: umsebenzi uyaqhubeka',
	text: 'Water & Sanitation <has> started.\n\nhttps://khanyisa.example/issues/KHA-26-7K3MQ?a=1&b=2',
	language: 'zu',
	urgency: 'normal',
	url: 'https://khanyisa.example/issues/KHA-26-7K3MQ',
	unsubscribe: 'https://khanyisa.example/messages/token',
	from: 'Khanyisa'
};

/** A gateway on this machine that answers as it is told and remembers what it heard. */
async function gateway() {
	const heard: Array<{ headers: IncomingHttpHeaders; body: Buffer }> = [];
	const answers: Array<{ status: number; headers?: Record<string, string>; body?: string }> = [];
	const server = createServer(async (request, response) => {
		const parts: Buffer[] = [];
		for await (const part of request) parts.push(part);
		heard.push({ headers: request.headers, body: Buffer.concat(parts) });
		const { status, headers, body } = answers.shift() ?? { status: 201 };
		response.writeHead(status, headers).end(body);
	});
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	const { port } = server.address() as AddressInfo;
	return { heard, answers, port, close: () => server.close() };
}

describe('e-mail', () => {
	const received: string[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onRcptTo({ address }, _session, done) {
			if (address.startsWith('nobody')) done(Object.assign(new Error('no'), { responseCode: 550 }));
			else if (address.startsWith('later'))
				done(Object.assign(new Error('busy'), { responseCode: 451 }));
			else done();
		},
		onData(stream, _session, done) {
			let text = '';
			stream.on('data', (part: Buffer) => (text += part));
			stream.on('end', () => {
				received.push(text);
				done();
			});
		}
	});
	let channel: ReturnType<typeof email>;
	beforeAll(async () => {
		await new Promise<void>((ready) => server.listen(0, '127.0.0.1', () => ready()));
		const { port } = server.server.address() as AddressInfo;
		channel = email({
			url: `smtp://127.0.0.1:${port}`,
			from: 'Imbizo <no-reply@khanyisa.example>'
		});
	});
	afterAll(async () => {
		await channel.close?.();
		server.close();
	});

	test('arrives with plain text, safe HTML, a way out, and as what it is', async () => {
		expect(await channel.send(parcel)).toMatchObject({ outcome: 'accepted' });
		const [letter] = received;
		expect(letter).toContain('From: Khanyisa <no-reply@khanyisa.example>');
		expect(letter).toContain(`Message-ID: <${parcel.messageId}@khanyisa.example>`);
		expect(letter).toContain('Auto-Submitted: auto-generated');
		expect(letter).toMatch(
			/List-Unsubscribe:\s+<https:\/\/khanyisa\.example\/messages\/token\/stop>/
		);
		expect(letter).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
		expect(letter).toContain('text/plain');
		expect(letter).toContain('Water & Sanitation <has> started.');
		expect(letter).toContain('&#60;has&#62;');
	});

	test('an address that does not exist is gone; a busy server is tried again', async () => {
		expect(await channel.send({ ...parcel, to: 'nobody@mail.example' })).toEqual({
			outcome: 'gone',
			fault: 'smtp_550'
		});
		await expect(channel.send({ ...parcel, to: 'later@mail.example' })).rejects.toMatchObject({
			name: 'TryLater',
			message: 'smtp_451'
		});
	});

	test('a line break in a title makes no header', async () => {
		await channel.send({ ...parcel, title: 'News\r\nBcc: everyone@mail.example' });
		expect(received.at(-1)).not.toMatch(/^Bcc:/m);
	});
});

describe('SMS', () => {
	let far: Awaited<ReturnType<typeof gateway>>;
	beforeAll(async () => {
		far = await gateway();
	});
	afterAll(() => far.close());
	const send = (text: string) =>
		sms({ url: `http://imbizo:secret@127.0.0.1:${far.port}/send` }).send({
			...parcel,
			to: '+27820000101',
			text
		});

	test('says the encoding and the parts itself', async () => {
		far.answers.push({ status: 200, body: '{"id":"g-1"}' });
		expect(await send('môre')).toEqual({ outcome: 'accepted', gatewayRef: 'g-1' });
		const { headers, body } = far.heard.at(-1)!;
		expect(headers.authorization).toBe(`Basic ${Buffer.from('imbizo:secret').toString('base64')}`);
		expect(JSON.parse(body.toString())).toEqual({
			id: parcel.messageId,
			to: '+27820000101',
			text: 'môre',
			encoding: 'ucs2',
			segments: 1
		});
	});

	test.each([
		[422, { outcome: 'failed', fault: 'sms_422' }],
		[410, { outcome: 'gone', fault: 'sms_410' }]
	])('answer %i is %j', async (status, answer) => {
		far.answers.push({ status });
		expect(await send('x')).toEqual(answer);
	});

	test('a busy or missing gateway is tried again', async () => {
		far.answers.push({ status: 503, headers: { 'retry-after': '120' } });
		await expect(send('x')).rejects.toMatchObject({ message: 'sms_503', seconds: 120 });
		await expect(sms({ url: 'http://127.0.0.1:1/' }).send(parcel)).rejects.toMatchObject({
			message: 'sms_network'
		});
	});
});

describe('web push', () => {
	let far: Awaited<ReturnType<typeof gateway>>;
	const keys = webPush.generateVAPIDKeys();
	const browser = createECDH('prime256v1');
	browser.generateKeys();
	beforeAll(async () => {
		far = await gateway();
	});
	afterAll(() => far.close());
	const to = (host: string) =>
		JSON.stringify({
			endpoint: `http://${host}/push/1`,
			keys: {
				p256dh: browser.getPublicKey('base64url'),
				auth: randomBytes(16).toString('base64url')
			}
		});
	const send = () => {
		const host = `127.0.0.1:${far.port}`;
		return webPushChannel({
			vapid: { ...keys, subject: 'mailto:it@khanyisa.example' },
			allow: host
		}).send({ ...parcel, to: to(host) });
	};

	test('posts an encrypted message with its time to live and our key', async () => {
		expect(await send()).toMatchObject({ outcome: 'accepted' });
		const { headers, body } = far.heard.at(-1)!;
		expect(headers).toMatchObject({
			'content-encoding': 'aes128gcm',
			ttl: '259200',
			urgency: 'normal'
		});
		expect(headers.authorization).toContain(`k=${keys.publicKey}`);
		expect(body.includes('KHA-26')).toBe(false);
		expect(body.length).toBeLessThan(2500);
	});

	test.each([
		[404, 'gone'],
		[410, 'gone'],
		[400, 'failed']
	])('answer %i: %s', async (status, outcome) => {
		far.answers.push({ status });
		expect(await send()).toMatchObject({ outcome, fault: `push_${status}` });
	});

	test.each([
		[429, '30', 30],
		[503, '120', 120],
		[500, undefined, null],
		[401, undefined, 3600],
		[403, undefined, 3600]
	])('answer %i keeps the subscription and tries later', async (status, wait, seconds) => {
		far.answers.push({ status, headers: wait ? { 'retry-after': wait } : {} });
		await expect(send()).rejects.toMatchObject({ message: `push_${status}`, seconds });
	});

	test('what is too large goes once more without its text', async () => {
		const before = far.heard.length;
		far.answers.push({ status: 413 }, { status: 201 });
		expect(await send()).toMatchObject({ outcome: 'accepted' });
		const [first, second] = far.heard.slice(before);
		expect(second.body.length).toBeLessThan(first.body.length);
	});

	test('posts to nobody who is no push service', async () => {
		const channel = webPushChannel({ vapid: { ...keys, subject: 'mailto:it@khanyisa.example' } });
		const before = far.heard.length;
		expect(await channel.send({ ...parcel, to: to(`127.0.0.1:${far.port}`) })).toMatchObject({
			outcome: 'failed'
		});
		expect(far.heard.length).toBe(before);
	});
});

// prettier-ignore
test.each([
	['https://fcm.googleapis.com/fcm/send/x', '', null],
	['https://web.push.apple.com/x', '', null],
	['https://updates.push.services.mozilla.com/wpush/v2/x', '', null],
	['http://fcm.googleapis.com/x', '', 'not_https'],
	['https://fcm.googleapis.com:8443/x', '', 'unknown_host'],
	['https://fcm.googleapis.com.evil.example/x', '', 'unknown_host'],
	['https://evilpush.apple.com.example/x', '', 'unknown_host'],
	['https://user:pass@fcm.googleapis.com/x', '', 'not_an_address'],
	['https://127.0.0.1:8443/x', '', 'unknown_host'],
	['https://127.0.0.1:8443/x', '127.0.0.1:8443', null],
	['https://127.0.0.1:8444/x', '127.0.0.1:8443', 'unknown_host'],
	['file:///etc/passwd', '', 'not_https'],
	['nonsense', '', 'not_an_address']
])('endpoint %s with %j allowed: %s', (endpoint, allow, obstacle) => {
	expect(endpointObstacle(endpoint, allow)).toBe(obstacle);
});

test('Retry-After in both of its forms', () => {
	const now = new Date('2026-11-20T10:00:00Z');
	expect(retryAfter('120', now)).toBe(120);
	expect(retryAfter('Fri, 20 Nov 2026 10:01:00 GMT', now)).toBe(60);
	expect(retryAfter('soon', now)).toBeNull();
});
