import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import postgres from 'postgres';
import { newId } from '#lib/platform/ids.ts';
import { startCluster } from '../tests/support/cluster.ts';
import type { Bench } from './figure.ts';
import { serveImbizo, serveScript, type Served } from './served.ts';

const most = 10_000;
/** Files a process holds open besides its lines. */
const spare = 500;
const atOnce = 200;

/**
 * Lines held open by one process: memory for each, and how long after NOTIFY until the last of them
 * has heard. The baseline is a bare node:http server that holds as many and writes the same event.
 */
export const live: Bench = {
	name: 'live',
	about: `${most} connections in a process, from NOTIFY to the last one told; baseline: bare node:http`,
	async run({ long, say }) {
		const lines = Math.min(most, filesAllowed() - spare);
		if (lines < most) say(`  ${filesAllowed()} open files are allowed here (ulimit -n)`);
		const rounds = long ? 9 : 5;
		const bare = await serveScript(
			`import { createServer } from 'node:http';
			const open = new Set();
			createServer((request, response) => {
				if (request.url === '/') return response.end('ready');
				if (request.url === '/tell') {
					for (const each of open) each.write('event: changed\\ndata: x\\n\\n');
					return response.end();
				}
				response.writeHead(200, { 'content-type': 'text/event-stream' });
				response.write('retry: 5000\\n\\n');
				open.add(response);
				response.once('close', () => open.delete(response));
			}).listen(Number(process.env.PORT), '127.0.0.1');`
		);
		const peer = await hold(bare, '/live', lines, rounds, () =>
			fetch(`http://127.0.0.1:${bare.port}/tell`)
		);
		peer.hangUp();
		await bare.stop();

		const cluster = await startCluster();
		const ours = await serveImbizo({ DATABASE_URL: cluster?.url ?? '' });
		const page = await (await fetch(`http://127.0.0.1:${ours.port}`)).text();
		const municipality = /data-live="([0-9a-f-]{36})"/.exec(page)![1];
		const path = `/live?of=${municipality}&of=${newId()}`;
		const sql = cluster && postgres(cluster.url, { max: 1 });
		const tell = sql
			? () => sql`select pg_notify('changed', ${`${municipality} ${newId()} ${Date.now()}`})`
			: () => report(ours.port);
		const held = await hold(ours, path, lines, rounds, tell);
		const next = lines < most ? null : await refusal(ours.port, path);
		held.hangUp();
		await sql?.end();
		await ours.stop();
		cluster?.stop();
		say(
			`  ${lines} lines: ${sql ? 'from NOTIFY' : 'from sending a report'} to the first ${held.firstMs.toFixed(0)} ms, to the last ${held.lastMs.toFixed(0)} ms (bare ${peer.lastMs.toFixed(0)} ms); ${(held.bytes / 1000).toFixed(1)} kB each (bare ${(peer.bytes / 1000).toFixed(1)} kB)`
		);
		const figures = [
			{
				case: `memory for one of ${lines} lines`,
				value: held.bytes / 1000,
				unit: 'kB',
				baseline: 20,
				ratio: null,
				limit_ratio: null
			},
			{
				case: `from NOTIFY to the last of ${lines}, against bare node:http`,
				value: 1000 / held.lastMs,
				unit: 'rounds a second',
				baseline: 1000 / peer.lastMs,
				ratio: peer.lastMs / held.lastMs,
				limit_ratio: 1 / 3
			}
		];
		if (next === null) return figures;
		say(`  line ${lines + 1} is answered ${next}`);
		const refused = /^HTTP\/1.1 503 .*retry-after: \d+/is.test(next) ? 0 : 1;
		return [
			...figures,
			{
				case: `lines past ${lines} that are not refused with 503 and Retry-After`,
				value: refused,
				unit: 'lines',
				baseline: 0,
				ratio: null,
				limit_ratio: null
			}
		];
	}
};

/** Node lifts its own soft limit to the hard one when it starts. */
function filesAllowed(): number {
	const hard = /Max open files\s+\d+\s+(\d+)/.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
	return Number(hard ?? Infinity);
}

const report = (port: number) =>
	fetch(`http://127.0.0.1:${port}/report`, {
		method: 'POST',
		redirect: 'manual',
		headers: { origin: `http://127.0.0.1:${port}`, accept: 'text/html' },
		body: new URLSearchParams({
			service: 'pothole',
			description: 'A hole in the road at the bus stop.',
			place: 'Bus stop',
			ward: '99901007'
		})
	});

const question = (path: string) =>
	[
		`GET ${path} HTTP/1.1`,
		'Host: localhost',
		'User-Agent: Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36',
		'Accept: text/event-stream',
		'Accept-Language: en-ZA,en;q=0.9,zu;q=0.8',
		'Accept-Encoding: gzip, deflate, br, zstd',
		'Sec-Fetch-Site: same-origin',
		'\r\n'
	].join('\r\n');

/** The head of the answer to one line more. */
const refusal = (port: number, path: string) =>
	new Promise<string>((done, failed) => {
		const socket = connect(port, '127.0.0.1', () => socket.write(question(path)));
		socket.on('error', failed);
		socket.once('data', (chunk) => {
			socket.destroy();
			done(chunk.toString('latin1').split('\r\n\r\n')[0].replaceAll('\r\n', ', '));
		});
	});

/** Opens the lines, causes an event some times, and waits each time until every line has heard it. */
async function hold(
	server: Served,
	path: string,
	lines: number,
	rounds: number,
	cause: () => Promise<unknown>
) {
	const sockets: Socket[] = [];
	let [heard, firstAt, lastAt] = [0, 0, 0];
	let everyone = () => {};
	const fill = async (many: number) => {
		for (let i = 0; i < many; i += atOnce)
			await Promise.all(Array.from({ length: Math.min(atOnce, many - i) }, () => open()));
	};
	const hangUp = () => sockets.splice(0).forEach((socket) => socket.destroy());

	// What the first lines cost is code and buffers that the others share.
	await fill(Math.min(1000, lines));
	hangUp();
	await pause(1500);
	const before = server.memory();
	await fill(lines >> 1);
	await pause(1500);
	const half = server.memory();
	await fill(lines - (lines >> 1));
	await pause(1500);
	const after = server.memory();
	// The first lines may lie in memory that the start had left free: the second half tells by itself.
	const bytes = Math.max((after - before) / lines, (after - half) / (lines - (lines >> 1)));

	const [firsts, lasts]: [number[], number[]] = [[], []];
	for (let round = 0; round < rounds; round++) {
		[heard, firstAt] = [0, 0];
		const all = new Promise<void>((done) => (everyone = done));
		const began = performance.now();
		await Promise.all([cause(), all]);
		firsts.push(firstAt - began);
		lasts.push(lastAt - began);
		await pause(300);
	}
	const middle = (values: number[]) => values.sort((a, b) => a - b)[rounds >> 1];
	return { bytes, firstMs: middle(firsts), lastMs: middle(lasts), hangUp };

	function open() {
		return new Promise<void>((ready, failed) => {
			const socket = connect(server.port, '127.0.0.1', () => socket.write(question(path)));
			sockets.push(socket);
			socket.on('error', failed);
			socket.on('data', (chunk) => {
				const text = chunk.toString('latin1');
				if (text.includes('retry:')) return ready();
				if (!text.includes('event: changed')) return;
				lastAt = performance.now();
				firstAt ||= lastAt;
				if (++heard === lines) everyone();
			});
		});
	}
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
