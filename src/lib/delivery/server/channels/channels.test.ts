import { createECDH, createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import webPush from 'web-push';
import type { Parcel } from '../../channel.ts';
import { useMasterKey } from '../../../platform/server/keys.ts';
import { email } from './email.ts';
import { endpointObstacle } from './push-hosts.ts';
import { retryAfter } from './retry-after.ts';
import { readReturnPath } from './return-path.ts';
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
	const senders: string[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onRcptTo({ address }, _session, done) {
			if (address.startsWith('nobody')) done(Object.assign(new Error('no'), { responseCode: 550 }));
			else if (address.startsWith('later'))
				done(Object.assign(new Error('busy'), { responseCode: 451 }));
			else done();
		},
		onData(stream, { envelope }, done) {
			if (envelope.mailFrom) senders.push(envelope.mailFrom.address);
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

	test('comes back to an address of its own, signed by the municipality', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'dkim-'));
		const { privateKey } = generateKeyPairSync('rsa', {
			modulusLength: 2048,
			publicKeyEncoding: { type: 'spki', format: 'pem' },
			privateKeyEncoding: { type: 'pkcs8', format: 'pem' }
		});
		writeFileSync(join(folder, 'key.pem'), privateKey);
		useMasterKey(Buffer.alloc(32, 7));
		const { port } = server.server.address() as AddressInfo;
		const signed = email({
			url: `smtp://127.0.0.1:${port}`,
			from: 'Imbizo <no-reply@khanyisa.example>',
			bounce: 'bounce@khanyisa.example',
			dkim: `khanyisa.example s2026 ${join(folder, 'key.pem')}`
		});
		await signed.send(parcel);
		await signed.ways!()[0].probe();
		await signed.close?.();
		expect(readReturnPath(senders.at(-1)!)).toBe(parcel.messageId);
		expect(
			readReturnPath(senders.at(-1)!.replace(/-(.)/, (_, c) => (c === '0' ? '-1' : '-0')))
		).toBeNull();
		const letter = received.at(-1)!;
		expect(letter).toMatch(
			/^DKIM-Signature: v=1; a=rsa-sha256; c=relaxed\/relaxed; d=khanyisa\.example;/m
		);
		const [, hash] = /bh=([^;]+);/.exec(letter)!;
		const body = letter.slice(letter.indexOf('\r\n\r\n') + 4).replace(/[ \t]+(?=\r\n)/g, '');
		expect(hash.replace(/\s/g, '')).toBe(
			createHash('sha256')
				.update(`${body.replace(/(\r\n)+$/, '')}\r\n`)
				.digest('base64')
		);
	});

	test('a mail server that is silent is no fault of the letter', async () => {
		const hole = createTcpServer();
		await new Promise<void>((ready) => hole.listen(0, '127.0.0.1', ready));
		const { port } = hole.address() as AddressInfo;
		const lost = email({ url: `smtp://127.0.0.1:${port}`, from: 'a@b.example', patience: 200 });
		await expect(lost.send(parcel)).rejects.toMatchObject({ name: 'TryLater' });
		await expect(lost.ways!()[0].probe()).rejects.toThrow();
		await lost.close?.();
		hole.close();
	});

	test('a line break in a title makes no header', async () => {
		await channel.send({ ...parcel, title: 'News\r\nBcc: everyone@mail.example' });
		expect(received.at(-1)).not.toMatch(/^Bcc:/m);
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
