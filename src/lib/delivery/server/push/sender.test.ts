import { createECDH, createPublicKey, verify } from 'node:crypto';
import { once } from 'node:events';
import {
	constants,
	createSecureServer,
	type IncomingHttpHeaders,
	type ServerHttp2Stream
} from 'node:http2';
import type { AddressInfo } from 'node:net';
import { createServer as createTls } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { makeCertificate } from '../../../../../tests/support/certificate.ts';
import { startPushService, type PushService } from '../../../../../tests/support/push-service.ts';
import { outwardLookup } from '../channels/inside.ts';
import {
	meaningOf,
	openPushSender,
	type PushReply,
	type PushSender,
	type PushSenderSettings
} from './sender.ts';
import { vapidTokens } from './vapid-token.ts';

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

/** Both ways of speaking HTTP/2. */
const sessions: Array<[name: string, frames: boolean]> = [
	['node:http2', false],
	['frames of our own', true]
];

describe.each(sessions)('a push service on this machine, over %s', (_, frames) => {
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
		const sender = openPushSender({ vapid, allow: far.allow, ca: far.ca, frames, ...settings });
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

	const all = (sender: ReturnType<typeof open>, count: number, origin = 0) =>
		Promise.all(Array.from({ length: count }, (_, n) => sender.post(n, origin)));

	test('what comes beyond its window waits, and beyond a thousand is sent back', async () => {
		await far.set({ latency: 200 });
		const sender = open();
		const replies = await all(sender, 1100);
		expect(replies.filter(({ fault }) => fault === 'full')).toHaveLength(100);
		expect(replies.filter(({ status }) => status === 201)).toHaveLength(1000);
		await sender.close();
	});

	test('a storm of 429: the service rests for as long as it says, then gets everything', async () => {
		await far.set({ answers: [{ share: 1, status: 429, retryAfter: '1' }] });
		const sender = open();
		const [origin] = far.origins;
		const replies = await all(sender, 60);
		expect(replies.every(({ status, retryAfter }) => status === 429 && retryAfter === 1)).toBe(
			true
		);
		expect(sender.room(origin)).toBe(0);
		expect(await sender.post(1)).toMatchObject({ status: 0, fault: 'resting' });
		await far.set({});
		const began = performance.now();
		await Promise.all([sender.whenRoom(origin), sender.whenRoom()]);
		expect(performance.now() - began).toBeGreaterThan(500);
		expect((await all(sender, 4)).every(({ status }) => status === 201)).toBe(true);
		await sender.close();
	});

	test('one phone in ten with too many messages makes nobody else wait', async () => {
		await far.set({ answers: [{ share: 0.1, status: 429, retryAfter: '60' }] });
		const sender = open();
		const replies = await all(sender, 600);
		expect(replies.every(({ status }) => status === 201 || status === 429)).toBe(true);
		expect(sender.room(far.origins[0])).toBeGreaterThan(30);
		await sender.close();
	});

	test('a Retry-After that says nothing is no promise and no harm', async () => {
		await far.set({ answers: [{ share: 1, status: 503, retryAfter: 'soon' }] });
		const sender = open();
		expect(await sender.post(1)).toEqual({ status: 503, retryAfter: null, location: undefined });
		await sender.close();
	});

	test('streams that are reset have no answer; the next message has one', async () => {
		await far.set({ resets: 1 });
		const sender = open();
		expect(await sender.post(1)).toEqual({ status: 0, retryAfter: null, fault: 'reset' });
		await far.set({});
		expect(await sender.post(1)).toMatchObject({ status: 201 });
		await sender.close();
	});

	test('connections that are cut are made anew, and each message is answered once', async () => {
		await far.set({ cuts: 0.02 });
		const sender = open();
		let answers = 0;
		for (let round = 0; round < 20; round++)
			answers += (await all(sender, 30)).filter(({ status, fault }) => status || fault).length;
		expect(answers).toBe(600);
		await far.set({});
		await expect.poll(async () => (await sender.post(1)).status, { timeout: 5000 }).toBe(201);
		expect((await far.counts(0)).connections).toBeGreaterThan(2);
		await sender.close();
	});

	test('a service that says GOAWAY every fifty messages loses none', async () => {
		await far.set({ goawayAfter: 50 });
		const sender = open();
		for (let round = 0; round < 20; round++)
			expect((await all(sender, 30)).every(({ status }) => status === 201)).toBe(true);
		const { distinct, duplicates, accepted, connections } = await far.counts(0);
		expect({ distinct, repeated: duplicates === accepted - distinct }).toEqual({
			distinct: 30,
			repeated: true
		});
		expect(accepted).toBe(600);
		expect(connections).toBeGreaterThan(5);
		await sender.close();
	});

	test('a service that hears and says nothing is given up, and gets a new connection', async () => {
		await far.set({ stall: true });
		const sender = open({ timeout: 400 });
		expect((await all(sender, 10)).every(({ fault }) => fault === 'timeout')).toBe(true);
		await far.set({});
		expect(await sender.post(1)).toMatchObject({ status: 201 });
		expect((await far.counts(0)).connections).toBe(2);
		await sender.close();
	});

	test('a black hole swallows only what was sent to it', async () => {
		await far.set({ blackHole: true }, 0);
		const sender = open({ timeout: 3000 });
		const lost = all(sender, 30, 0);
		const began = performance.now();
		expect((await all(sender, 500, 1)).every(({ status }) => status === 201)).toBe(true);
		expect(performance.now() - began).toBeLessThan(2500);
		expect((await lost).every(({ fault }) => fault === 'timeout')).toBe(true);
		await sender.close();
	});

	test.each([401, 403])(
		'after %i that service gets nothing more until somebody says so',
		async (status) => {
			await far.set({ answers: [{ share: 1, status }] }, 0);
			const stopped: string[] = [];
			const sender = open({ onStopped: (origin, why) => stopped.push(`${origin} ${why}`) });
			await all(sender, 3);
			expect(stopped).toEqual([`${far.origins[0]} ${status}`]);
			expect(sender.stopped()).toEqual([far.origins[0]]);
			const before = (await far.counts(0)).requests;
			expect(meaningOf(await sender.post(1))).toBe('origin_stopped');
			expect((await far.counts(0)).requests).toBe(before);
			expect(await sender.post(1, 1)).toMatchObject({ status: 201 });
			await far.set({});
			sender.resume(far.origins[0]);
			expect(await sender.post(1)).toMatchObject({ status: 201 });
			await sender.close();
		}
	);

	test('a certificate that nobody vouches for is not talked to', async () => {
		const sender = open({ ca: undefined });
		expect(await sender.post(1)).toMatchObject({ status: 0, fault: 'certificate' });
		expect((await far.counts(0)).requests).toBe(0);
		await sender.close();
	});

	test('when nobody asks for room, and a clock jumps an hour, all are still told', async () => {
		await far.set({ latency: 50 });
		const sender = open();
		const replies = all(sender, 200);
		vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
		expect((await replies).every(({ status }) => status === 201)).toBe(true);
		vi.setSystemTime(Date.now() - 7_200_000);
		expect(await sender.post(1)).toMatchObject({ status: 201 });
		vi.useRealTimers();
		await sender.close();
	});

	test('whatever goes wrong, each message is answered exactly once', async () => {
		await far.set({
			answers: [
				{ share: 0.1, status: 429, retryAfter: '1' },
				{ share: 0.05, status: 500 }
			],
			gone: 0.03,
			resets: 0.02,
			cuts: 0.002
		});
		const sender = open({ timeout: 2000 });
		const answers = new Uint8Array(2000);
		for (let n = 0; n < answers.length; n++) {
			while (sender.room(far.origins[0]) === 0) await sender.whenRoom(far.origins[0]);
			const endpoint = far.endpoint(n, 0);
			const done = () => void answers[n]++;
			sender.send({
				endpoint,
				body: Buffer.alloc(9),
				ttl: 60,
				urgency: 'normal',
				topic: null,
				done
			});
		}
		await sender.close();
		expect(answers.every((times) => times === 1)).toBe(true);
	});

	test('a turn that takes longer than a request may makes no answer late', async () => {
		await far.set({ latency: 200 }, 0);
		const sender = open({ timeout: 1000 });
		await sender.post(1, 0);
		await sender.post(1, 1);
		const replies = all(sender, 50, 0);
		// From here on in the turn of a connection: timers come before what the others have to say.
		await sender.post(1, 1);
		const until = performance.now() + 2000;
		while (performance.now() < until);
		expect((await replies).filter(({ status }) => status !== 201)).toEqual([]);
		await sender.close();
	});

	test('whoever waits for a service that rests is let go when the sender closes', async () => {
		await far.set({ answers: [{ share: 1, status: 429, retryAfter: '600' }] });
		const sender = open();
		const [origin] = far.origins;
		await all(sender, 60);
		const waiting = Promise.all([sender.whenRoom(origin), sender.whenRoom()]);
		await sender.close();
		await waiting;
		expect(sender.room(origin)).toBeGreaterThan(0);
	});

	test('after closing nothing is sent, and that is said', async () => {
		const sender = open();
		await sender.close();
		expect(await sender.post(1)).toMatchObject({ status: 0, fault: 'closed' });
	});
});

describe('addresses', () => {
	const reply = (endpoint: string, settings: Partial<PushSenderSettings> = {}) => {
		const sender = openPushSender({ vapid, ...settings });
		return new Promise<PushReply>((done) =>
			sender.send({ endpoint, body: Buffer.from('x'), ttl: 60, urgency: 'high', topic: null, done })
		).finally(() => sender.close());
	};

	test.each([
		['https://127.0.0.1:8443/x', 'unknown_host'],
		['https://169.254.169.254/latest', 'unknown_host'],
		['http://fcm.googleapis.com/x', 'not_https'],
		['https://fcm.googleapis.com@evil.example/x', 'not_an_address'],
		['https://fcm.googleapis.com.evil.example/x', 'unknown_host'],
		['nonsense', 'not_an_address'],
		['', 'not_an_address']
	])('%s is never posted to', async (endpoint, fault) => {
		const said = await reply(endpoint);
		expect(said).toEqual({ status: 0, retryAfter: null, fault });
		expect(meaningOf(said)).toBe('failed');
	});

	test('a push service whose name leads into our own network is not connected to', async () => {
		const lookup = outwardLookup((_name, _how, done) =>
			done(null, [{ address: '127.0.0.1', family: 4 }])
		);
		const said = await reply('https://fcm.googleapis.com/fcm/send/x', { lookup });
		expect(said).toMatchObject({ status: 0, fault: 'inside' });
		expect(meaningOf(said)).toBe('failed');
	});

	test('a name that is not found today may be found tomorrow', async () => {
		const lookup = outwardLookup((_name, _how, done) =>
			done(Object.assign(new Error('no'), { code: 'ENOTFOUND', syscall: 'getaddrinfo' }), [])
		);
		const said = await reply('https://fcm.googleapis.com/fcm/send/x', { lookup });
		expect(said).toMatchObject({ fault: 'no_name' });
		expect(meaningOf(said)).toBe('later');
	});
});

describe.each(sessions)('other servers, over %s', (_, frames) => {
	test('one that speaks HTTP/1.1 only is reached all the same', async () => {
		const far = await startPushService({ http1: true });
		const sender = openPushSender({ vapid, allow: far.allow, ca: far.ca, frames });
		const replies = await Promise.all(
			Array.from({ length: 120 }, (_, n) => post(sender, far.endpoint(n)))
		);
		expect(replies.every(({ status }) => status === 201)).toBe(true);
		expect(await far.counts()).toMatchObject({ distinct: 120, duplicates: 0, incomplete: 0 });
		await far.set({ cuts: 1 });
		expect(await post(sender, far.endpoint(1))).toMatchObject({ status: 0, fault: 'reset' });
		await sender.close();
		await far.stop();
	});

	/** A server of node:http2, so that ours is not the only one it was tried against. */
	async function serveHttp2(
		onStream: (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => void,
		maxConcurrentStreams = 250
	) {
		const { key, cert, remove } = makeCertificate();
		const server = createSecureServer({ key, cert, settings: { maxConcurrentStreams } });
		server.on('stream', onStream).listen(0, '127.0.0.1');
		await once(server, 'listening');
		const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
		const sender = openPushSender({ vapid, allow: host, ca: cert, frames });
		const close = async () => {
			await sender.close();
			server.close();
			remove();
		};
		return { sender, close, endpoint: (n: number) => `https://${host}/p/${n}/x` };
	}

	test('no more streams are opened than it takes', async () => {
		let [now, most] = [0, 0];
		const far = await serveHttp2((stream) => {
			most = Math.max(most, ++now);
			setTimeout(() => {
				now--;
				stream.respond({ ':status': 201 }, { endStream: true });
			}, 5);
		}, 5);
		await post(far.sender, far.endpoint(0));
		const some = Array.from({ length: 200 }, (_, n) => post(far.sender, far.endpoint(n)));
		expect((await Promise.all(some)).every(({ status }) => status === 201)).toBe(true);
		expect(most).toBeLessThanOrEqual(10);
		await far.close();
	});

	test('what it refused without looking is sent once more', async () => {
		const asked: string[] = [];
		const far = await serveHttp2((stream, { ':path': path = '' }) => {
			stream.on('error', () => {});
			asked.push(path);
			if (asked.length === 1 || path === '/p/2/x') stream.close(constants.NGHTTP2_REFUSED_STREAM);
			else stream.respond({ ':status': 201 }, { endStream: true });
		});
		expect(await post(far.sender, far.endpoint(1))).toMatchObject({ status: 201 });
		expect(await post(far.sender, far.endpoint(2))).toMatchObject({ status: 0, fault: 'reset' });
		expect(asked).toEqual(['/p/1/x', '/p/1/x', '/p/2/x', '/p/2/x']);
		await far.close();
	});

	test('a redirect is a failure, and not followed', async () => {
		const asked: string[] = [];
		const far = await serveHttp2((stream, { ':path': path = '' }) => {
			asked.push(path);
			stream.respond({ ':status': 307, location: '/p/9/x' }, { endStream: true });
		});
		expect(meaningOf(await post(far.sender, far.endpoint(1)))).toBe('failed');
		expect(asked).toEqual(['/p/1/x']);
		await far.close();
	});

	test('headers that change with every message arrive as they were sent', async () => {
		const wrong: unknown[] = [];
		const far = await serveHttp2((stream, headers) => {
			const n = String(headers[':path']).split('/')[2];
			if (headers.topic !== `topic-${n}` || headers.ttl !== `${Number(n) + 1}`) wrong.push(headers);
			stream.respond({ ':status': 201, location: `/m/${n}` }, { endStream: true });
		});
		const replies = await Promise.all(
			Array.from(
				{ length: 900 },
				(_, n) =>
					new Promise<PushReply>((done) =>
						far.sender.send({
							endpoint: far.endpoint(n),
							body: Buffer.alloc(2500, n),
							ttl: n + 1,
							urgency: n % 2 ? 'high' : 'normal',
							topic: `topic-${n}`,
							done
						})
					)
			)
		);
		expect(replies.map(({ location }) => location)).toEqual(replies.map((_, n) => `/m/${n}`));
		expect(wrong).toEqual([]);
		await far.close();
	});

	test('a service that talks rubbish, or too much, harms nobody', async () => {
		const { key, cert, remove } = makeCertificate();
		let answer = Buffer.alloc(0);
		const server = createTls({ key, cert, ALPNProtocols: ['h2'] }, (socket) => {
			socket.on('error', () => {});
			socket.on('data', () => socket.write(answer));
		}).listen(0, '127.0.0.1');
		await once(server, 'listening');
		const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
		const settings = { vapid, allow: host, ca: cert, frames, timeout: 1500 };
		for (const rubbish of [
			Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'),
			Buffer.alloc(64, 0xff),
			Buffer.from('00000401040000000182ffffff', 'hex'),
			Buffer.alloc(0)
		]) {
			answer = rubbish;
			const sender = openPushSender(settings);
			const { status, fault } = await post(sender, `https://${host}/p/1/x`);
			expect([0, ['reset', 'timeout', 'network'].includes(fault ?? '')]).toEqual([status, true]);
			await sender.close();
		}
		server.close();
		remove();
	});

	test('an answer with a long body is heard to its end and not kept', async () => {
		const far = await serveHttp2((stream) => {
			stream.respond({ ':status': 400 });
			stream.end(Buffer.alloc(200_000, 'x'));
		});
		const some = Array.from({ length: 20 }, (_, n) => post(far.sender, far.endpoint(n)));
		expect((await Promise.all(some)).every(({ status }) => status === 400)).toBe(true);
		await far.close();
	});
});

const post = (sender: PushSender, endpoint: string) =>
	new Promise<PushReply>((done) =>
		sender.send({ endpoint, body: Buffer.from('x'), ttl: 60, urgency: 'high', topic: null, done })
	);

describe('the token for a push service', () => {
	const claims = (header: string) =>
		JSON.parse(Buffer.from(/t=[^.]+\.([^.]+)\./.exec(header)![1], 'base64url').toString());
	const noon = Date.parse('2026-11-20T10:00:00Z');
	const origin = 'https://fcm.googleapis.com';

	test('names the service and us, holds twelve hours, and is signed with our key', () => {
		const header = vapidTokens(vapid, () => noon)(origin);
		expect(claims(header)).toEqual({ aud: origin, exp: noon / 1000 + 43_200, sub: vapid.subject });
		const [said, signature] = /t=(.+)\.([^.]+), k=/.exec(header)!.slice(1);
		const point = Buffer.from(vapid.publicKey, 'base64url');
		const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((n) => n.toString('base64url'));
		const key = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
		const how = { key, dsaEncoding: 'ieee-p1363' as const };
		expect(verify('sha256', Buffer.from(said), how, Buffer.from(signature, 'base64url'))).toBe(
			true
		);
	});

	// prettier-ignore
	test.each([
		['an hour later', 1, true],
		['nearly six hours later', 5.9, true],
		['after six hours', 6, false],
		['when the clock was put back an hour', -1, false],
		['when the clock jumped a day', 24, false]
	])('%s it is the same: %s', (_, hoursLater, same) => {
		let now = noon;
		const header = vapidTokens(vapid, () => now);
		const first = header(origin);
		now += hoursLater * 3_600_000;
		expect(header(origin) === first).toBe(same);
		expect(claims(header(origin)).exp * 1000 - now).toBeGreaterThan(6 * 3_600_000 - 1);
		expect(claims(header(origin)).exp * 1000 - now).toBeLessThanOrEqual(12 * 3_600_000);
	});
});
