import { connect, type Socket } from 'node:net';
import type { Bench } from './figure.ts';
import { serveImbizo, serveScript, type Served } from './served.ts';

const subject = '11111111-1111-7111-8111-111111111111';

/**
 * Connections held open by one process: memory for each, and how long until the last of them has
 * heard. The baseline for time is a bare node:http server that writes the same event to each.
 */
export const live: Bench = {
	name: 'live',
	about: '1,000 connections in a process (10,000 with --long), and the last one told',
	async run({ long, say }) {
		const connections = long ? 10_000 : 1_000;
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
			}).listen(Number(process.env.PORT), '127.0.0.1');`
		);
		const peer = await hold(bare, '/live', connections, () =>
			fetch(`http://127.0.0.1:${bare.port}/tell`)
		);
		await bare.stop();

		const ours = await serveImbizo();
		const home = `http://127.0.0.1:${ours.port}`;
		const page = await (await fetch(home)).text();
		const municipality = /data-live="([0-9a-f-]{36})"/.exec(page)![1];
		const held = await hold(ours, `/live?of=${municipality}&of=${subject}`, connections, () =>
			fetch(`${home}/report`, {
				method: 'POST',
				redirect: 'manual',
				headers: { origin: home, accept: 'text/html' },
				body: new URLSearchParams({
					service: 'pothole',
					description: 'A hole in the road at the bus stop.',
					place: 'Bus stop',
					ward: '99901007'
				})
			})
		);
		await ours.stop();
		say(
			`  ${connections} connections: last told after ${Math.round(held.lastMs)} ms (bare ${Math.round(peer.lastMs)} ms), spread ${Math.round(held.spreadMs)} ms (bare ${Math.round(peer.spreadMs)} ms)`
		);
		return [
			{
				case: `memory for one of ${connections}`,
				value: held.bytes / 1000,
				unit: 'kB',
				baseline: 20,
				ratio: null,
				limit_ratio: null
			},
			{
				case: 'first to last of them told, against bare node:http',
				value: 1000 / held.spreadMs,
				unit: 'rounds a second',
				baseline: 1000 / peer.spreadMs,
				ratio: peer.spreadMs / held.spreadMs,
				limit_ratio: 1 / 3
			}
		];
	}
};

/** Opens the streams, causes one event, and waits until every stream has heard it. */
async function hold(
	server: Served,
	path: string,
	connections: number,
	cause: () => Promise<unknown>
) {
	const before = server.memory();
	const sockets: Socket[] = [];
	let [heard, firstAt, lastAt] = [0, 0, 0];
	let all!: () => void;
	const everyone = new Promise<void>((done) => (all = done));
	for (let i = 0; i < connections; i += 200)
		await Promise.all(Array.from({ length: Math.min(200, connections - i) }, () => open()));
	await new Promise((done) => setTimeout(done, 1000));
	const bytes = (server.memory() - before) / connections;

	const began = performance.now();
	await cause();
	await everyone;
	sockets.forEach((socket) => socket.destroy());
	return { bytes, lastMs: lastAt - began, spreadMs: Math.max(1, lastAt - firstAt) };

	function open() {
		return new Promise<void>((ready, failed) => {
			const socket = connect(server.port, '127.0.0.1', () =>
				socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
			);
			sockets.push(socket);
			let told = false;
			socket.on('error', failed);
			socket.on('data', (chunk) => {
				const text = chunk.toString('latin1');
				if (text.includes('retry:')) ready();
				if (told || !text.includes('event: changed')) return;
				told = true;
				lastAt = performance.now();
				firstAt ||= lastAt;
				if (++heard === connections) all();
			});
		});
	}
}
