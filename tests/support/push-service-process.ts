/** The other process of `push-service.ts`. */
import { once } from 'node:events';
import { createSecureServer, constants, type ServerHttp2Stream } from 'node:http2';
import { createServer as createHttp1 } from 'node:https';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import type { Counts, Errand, Faults, Kept, Orders } from './push-service.ts';

/** Numbers from 0 to 1 that are the same in every run. */
let seed = 20261122;
const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) / 2 ** 32;
/** Whether subscription `n` is one of those that are gone. */
const isGone = (n: number, share: number) => (Math.imul(n, 2654435761) >>> 0) / 2 ** 32 < share;

interface Seen {
	requests: number;
	accepted: number;
	duplicates: number;
	distinct: number;
	gone: number;
	byStatus: Record<string, number>;
	connections: number;
	topics: Set<string>;
	incomplete: number;
	/** How often each subscription was accepted, by its number; 255 means "was told that it is gone". */
	times: Uint8Array;
}

interface Place {
	url: string;
	faults: Faults;
	seen: Seen;
}

let orders: Orders;
const places: Place[] = [];
let kept: Kept[] = [];
let requests = 0;

const nothingSeen = (): Seen => ({
	requests: 0,
	accepted: 0,
	duplicates: 0,
	distinct: 0,
	gone: 0,
	byStatus: {},
	connections: 0,
	topics: new Set(),
	incomplete: 0,
	times: new Uint8Array(1024)
});

/** The number in `/p/NUMBER/…`; 0 where there is none. */
function numberIn(path: string) {
	let n = 0;
	for (let i = 3; i < path.length; i++) {
		const digit = path.charCodeAt(i) - 48;
		if (digit < 0 || digit > 9) break;
		n = n * 10 + digit;
	}
	return n & 0xffffff;
}

function room(seen: Seen, n: number) {
	if (n < seen.times.length) return;
	const more = new Uint8Array(Math.max(n + 1, seen.times.length * 2));
	more.set(seen.times);
	seen.times = more;
}

const lost = 255;

/** What this request is answered with, counted. */
function judge({ faults, seen }: Place, path: string): { status: number; retryAfter?: string } {
	const n = numberIn(path);
	room(seen, n);
	if (faults.gone && isGone(n, faults.gone)) {
		if (seen.times[n] !== lost) seen.gone++;
		seen.times[n] = lost;
		return { status: 410 };
	}
	if (faults.answers?.length) {
		let x = random();
		for (const answer of faults.answers) if ((x -= answer.share) < 0) return answer;
	}
	seen.accepted++;
	if (seen.times[n]++ === 0) seen.distinct++;
	else seen.duplicates++;
	return { status: 201 };
}

type Headers = Record<string, string | string[] | undefined>;

function look({ seen }: Place, headers: Headers) {
	const { topic, ttl, urgency, authorization = '' } = headers;
	if (topic && seen.topics.size < 100) seen.topics.add(String(topic));
	const signed = String(authorization).startsWith('vapid t=');
	if (!signed || !(Number(ttl) > 0) || !urgency || headers['content-encoding'] !== 'aes128gcm')
		seen.incomplete++;
}

/** Whether this request is to be kept whole. */
const isKept = () => kept.length < orders.keep && requests % orders.every === 0;

function keep(place: Place, path: string, headers: Headers, body: Buffer[], status: number) {
	kept.push({
		origin: place.url,
		path,
		headers: Object.fromEntries(
			Object.entries(headers).flatMap(([name, value]) =>
				typeof value === 'string' ? [[name, value]] : []
			)
		),
		body: Buffer.concat(body).toString('base64'),
		status
	});
}

interface Ways {
	answer(status: number, retryAfter?: string): void;
	reset(): void;
	cut(): void;
	onBody(done: (parts: Buffer[]) => void): void;
}

/** One request, whichever protocol brought it. */
function serve(place: Place, path: string, headers: Headers, ways: Ways) {
	const { faults, seen } = place;
	requests++;
	seen.requests++;
	look(place, headers);
	if (faults.stall || faults.blackHole) return ways.onBody(() => {});
	if (faults.cuts && random() < faults.cuts) return ways.cut();
	if (faults.resets && random() < faults.resets) return ways.reset();
	const { status, retryAfter } = judge(place, path);
	seen.byStatus[status] = (seen.byStatus[status] ?? 0) + 1;
	if (isKept()) ways.onBody((parts) => keep(place, path, headers, parts, status));
	else ways.onBody(() => {});
	if (faults.latency) setTimeout(() => ways.answer(status, retryAfter), faults.latency);
	else ways.answer(status, retryAfter);
}

const plainAnswer = { ':status': 201, location: '/m/1' };
const endStream = { endStream: true };

function onStream(place: Place, stream: ServerHttp2Stream, headers: Headers) {
	stream.on('error', () => {});
	serve(place, String(headers[':path']), headers, {
		answer(status, retryAfter) {
			if (stream.destroyed || stream.closed) return;
			if (status === 201) return stream.respond(plainAnswer, endStream);
			const wait = retryAfter ? { 'retry-after': retryAfter } : {};
			stream.respond({ ':status': status, ...wait }, endStream);
		},
		reset: () => stream.close(constants.NGHTTP2_INTERNAL_ERROR),
		cut: () => stream.session?.destroy(),
		onBody: (done) => gather(stream, done)
	});
}

function gather(stream: NodeJS.ReadableStream, done: (parts: Buffer[]) => void) {
	const parts: Buffer[] = [];
	stream.on('data', (part: Buffer) => parts.push(part));
	stream.on('end', () => done(parts));
}

function http2Server(place: Place) {
	const { key, cert } = orders;
	const settings = { maxConcurrentStreams: 1000 };
	const server = createSecureServer({ key, cert, settings, maxSessionMemory: 1000 });
	server.on('session', (session) => {
		place.seen.connections++;
		session.on('error', () => {});
		let heard = 0;
		session.on('stream', (stream, headers) => {
			onStream(place, stream, headers);
			if (++heard === place.faults.goawayAfter) session.close();
		});
	});
	return server;
}

const http1Server = (place: Place) =>
	createHttp1({ key: orders.key, cert: orders.cert }, (request, response) => {
		serve(place, request.url!, request.headers, {
			answer: (status, retryAfter) =>
				response.writeHead(status, retryAfter ? { 'retry-after': retryAfter } : {}).end(),
			reset: () => request.socket.destroy(),
			cut: () => request.socket.destroy(),
			onBody: (done) => gather(request, done)
		});
	});

async function open(): Promise<number> {
	const place: Place = { url: '', faults: {}, seen: nothingSeen() };
	const inner = orders.http1 ? http1Server(place) : http2Server(place);
	inner.on('tlsClientError', () => {});
	const held = new Set<Socket>();
	const outer = createServer((socket) => {
		socket.on('error', () => {});
		if (place.faults.blackHole) held.add(socket);
		else inner.emit('connection', socket);
	});
	outer.listen(0, '127.0.0.1');
	await once(outer, 'listening');
	const { port } = outer.address() as AddressInfo;
	place.url = `https://127.0.0.1:${port}`;
	places.push(place);
	return port;
}

function countsOf(all: Place[]): Counts {
	const sum = (of: (seen: Seen) => number) => all.reduce((n, { seen }) => n + of(seen), 0);
	const byStatus: Counts['byStatus'] = {};
	for (const { seen } of all)
		for (const [status, n] of Object.entries(seen.byStatus))
			byStatus[status] = (byStatus[status] ?? 0) + n;
	const { user, system } = process.cpuUsage();
	return {
		requests: sum((seen) => seen.requests),
		accepted: sum((seen) => seen.accepted),
		distinct: sum((seen) => seen.distinct),
		duplicates: sum((seen) => seen.duplicates),
		gone: sum((seen) => seen.gone),
		byStatus,
		connections: sum((seen) => seen.connections),
		topics: [...new Set(all.flatMap(({ seen }) => [...seen.topics]))],
		incomplete: sum((seen) => seen.incomplete),
		cpuMs: (user + system) / 1000
	};
}

async function run(said: Orders | Errand): Promise<unknown> {
	if ('key' in said) {
		orders = said;
		const ports: number[] = [];
		for (let i = 0; i < said.origins; i++) ports.push(await open());
		return ports;
	}
	if ('set' in said) {
		for (const place of said.origin === undefined ? places : [places[said.origin]])
			place.faults = said.set;
		return true;
	}
	if ('counts' in said) return countsOf(said.origin === undefined ? places : [places[said.origin]]);
	if ('kept' in said) return kept;
	kept = [];
	requests = 0;
	for (const place of places) place.seen = nothingSeen();
	return true;
}

process.on('message', async (said: Orders | Errand) => process.send!(await run(said)));
process.on('disconnect', () => process.exit());
