/** The other process of `push-service.ts`. */
import { once } from 'node:events';
import { createServer as createHttp1 } from 'node:http';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTls, type TLSSocket } from 'node:tls';
import { complete, Connection, lookAt } from './http2-server.ts';
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

/** One whole request, whichever protocol brought it. */
interface Asked {
	pathStart(most?: number): string;
	topic: string;
	looks: number;
	kept: { headers: Record<string, string>; body: Buffer[] } | null;
	answer(status: number, retryAfter?: string): void;
	reset(): void;
	cut(): void;
}

/** The number stands within so many characters. */
const numberWithin = 12;

function serve(place: Place, asked: Asked) {
	const { faults, seen } = place;
	requests++;
	seen.requests++;
	if (asked.topic && seen.topics.size < 100) seen.topics.add(asked.topic);
	if (asked.looks !== complete) seen.incomplete++;
	if (faults.stall || faults.blackHole) return;
	if (faults.cuts && random() < faults.cuts) return asked.cut();
	if (faults.resets && random() < faults.resets) return asked.reset();
	const { status, retryAfter } = judge(place, asked.pathStart(numberWithin));
	seen.byStatus[status] = (seen.byStatus[status] ?? 0) + 1;
	if (asked.kept) keep(place, asked, status);
	if (faults.latency) setTimeout(() => asked.answer(status, retryAfter), faults.latency);
	else asked.answer(status, retryAfter);
}

const keeps = () => kept.length < orders.keep && requests % orders.every === 0;

function keep({ url }: Place, { pathStart, kept: whole }: Asked, status: number) {
	const { headers, body } = whole!;
	const all = Buffer.concat(body).toString('base64');
	kept.push({ origin: url, path: pathStart(), headers, body: all, status });
}

function speakHttp2(place: Place, socket: TLSSocket) {
	let heard = 0;
	const connection = new Connection(socket, {
		streams: orders.streams,
		keeps,
		serve(request) {
			serve(place, request);
			if (++heard === place.faults.goawayAfter) connection.goAway();
		}
	});
}

const http1Server = (place: Place) =>
	createHttp1(async (request, response) => {
		const body: Buffer[] = [];
		for await (const part of request) body.push(part as Buffer);
		const headers = request.headers as Record<string, string>;
		serve(place, {
			pathStart: () => request.url!,
			topic: headers.topic ?? '',
			looks: Object.entries(headers).reduce(
				(bits, [name, value]) => bits | lookAt({ name, value }),
				0
			),
			kept: keeps() ? { headers, body } : null,
			answer: (status, retryAfter) =>
				response.writeHead(status, retryAfter ? { 'retry-after': retryAfter } : {}).end(),
			reset: () => request.socket.destroy(),
			cut: () => request.socket.destroy()
		});
	});

async function open(): Promise<number> {
	const place: Place = { url: '', faults: {}, seen: nothingSeen() };
	const plain = http1Server(place);
	const { key, cert, http1 } = orders;
	const ALPNProtocols = http1 ? ['http/1.1'] : ['h2', 'http/1.1'];
	const inner = createTls({ key, cert, ALPNProtocols }, (socket) => {
		place.seen.connections++;
		socket.on('error', () => {});
		if (socket.alpnProtocol === 'h2') speakHttp2(place, socket);
		else plain.emit('connection', socket);
	});
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
