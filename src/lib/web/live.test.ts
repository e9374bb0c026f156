import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Streams } from './live.ts';

const [pothole, khanyisa, other] = ['a', 'b', 'c'].map((letter) => letter.repeat(36));
const change = { municipalityId: khanyisa, thingId: pothole };
let streams: Streams;
let server: ReturnType<typeof createServer>;
const open: IncomingMessage[] = [];

beforeEach(async () => {
	streams = new Streams({ most: 6, crowded: 3, mostOfOne: 2 });
	server = createServer((request, response) =>
		streams.answer(request, response, String(request.headers['x-from'] ?? '') || null)
	);
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
});
afterEach(() => {
	open.splice(0).forEach((stream) => stream.destroy());
	server.close();
});

/** Opens a stream; the answer gathers what it hears. */
const watch = (query: string, headers: Record<string, string> = {}) =>
	new Promise<{ status: number; answer: IncomingMessage; heard: () => string }>((ready) => {
		const { port } = server.address() as AddressInfo;
		get({ port, host: '127.0.0.1', path: `/live?${query}`, headers }, (response) => {
			open.push(response);
			let text = '';
			response.on('data', (chunk) => {
				text += chunk;
				ready({ status: response.statusCode!, answer: response, heard: () => text });
			});
		});
	});

const soon = () => new Promise((done) => setTimeout(done, 30));

test('whoever watches an issue hears of it, and of nothing else', async () => {
	const { heard } = await watch(`of=${pothole}`);
	streams.tell({ ...change, thingId: other, at: 1 });
	streams.tell({ ...change, at: 2 });
	await soon();
	expect(heard().match(/^id: .*/gm)).toEqual(['id: 2']);
	expect(heard()).toContain(`data: ${pothole}`);
});

test('whoever watches a municipality hears of everything in it', async () => {
	const { heard } = await watch(`of=${khanyisa}&of=${other}`);
	streams.tell({ ...change, at: 1 });
	streams.tell({ municipalityId: other, thingId: pothole, at: 2 });
	await soon();
	expect(heard().match(/^data: .*/gm)).toEqual([`data: ${khanyisa}`, `data: ${other}`]);
});

test('a phone that comes back is told what it missed', async () => {
	const at = Date.now() + 60_000;
	streams.tell({ ...change, at });
	expect((await watch(`of=${pothole}`, { 'last-event-id': `${at - 10_000}` })).heard()).toContain(
		'event: changed'
	);
	const nothingNew = { 'last-event-id': `${at + 10_000}` };
	expect((await watch(`of=${pothole}`, nothingNew)).heard()).not.toContain('event');
	expect((await watch(`of=${other}`, { 'last-event-id': `${at - 10_000}` })).heard()).not.toContain(
		'event'
	);
});

test('a phone that was away longer than we remember looks again', async () => {
	expect((await watch(`of=${pothole}`, { 'last-event-id': '5' })).heard()).toContain(
		'event: changed'
	);
});

test.each(['', 'of=', 'of=1', `of=${'a'.repeat(37)}`, 'of=%27;drop', 'x=1'])(
	'%j is no subject',
	async (query) => {
		expect((await watch(query)).status).toBe(400);
	}
);

test('five subjects are too many; the same one five times is one', async () => {
	const five = ['1', '2', '3', '4', '5'].map((digit) => `of=${digit.repeat(36)}`).join('&');
	expect((await watch(five)).status).toBe(400);
	expect((await watch(`of=${pothole}&`.repeat(5))).status).toBe(200);
});

test('a closed page is forgotten', async () => {
	await watch(`of=${pothole}`);
	expect(streams.open).toBe(1);
	open.splice(0).forEach((stream) => stream.destroy());
	await soon();
	expect(streams.open).toBe(0);
});

test('when every line is taken the next is refused until one is free, and told when to come', async () => {
	for (let i = 0; i < 6; i++) await watch(`of=${pothole}`);
	const refused = await watch(`of=${pothole}`);
	expect(refused.status).toBe(503);
	expect(refused.answer.headers['retry-after']).toBe('60');
	open[0].destroy();
	await soon();
	expect((await watch(`of=${pothole}`)).status).toBe(200);
});

test('a carrier’s one address is nobody’s fault until lines are scarce', async () => {
	const carrier = { 'x-from': '41.13.9.8' };
	for (let i = 0; i < 3; i++) expect((await watch(`of=${pothole}`, carrier)).status).toBe(200);
	expect((await watch(`of=${pothole}`, carrier)).status).toBe(503);
	for (const each of ['196.25.1.1', '196.25.1.1'])
		expect((await watch(`of=${pothole}`, { 'x-from': each })).status).toBe(200);
	expect((await watch(`of=${pothole}`, { 'x-from': '196.25.1.1' })).status).toBe(503);
	expect((await watch(`of=${pothole}`)).status).toBe(200);
	// Two of its three lines end: one address may hold two.
	open.slice(0, 2).forEach((stream) => stream.destroy());
	await soon();
	expect((await watch(`of=${pothole}`, carrier)).status).toBe(200);
	expect((await watch(`of=${pothole}`, carrier)).status).toBe(503);
});

test('in the time of one heartbeat every line hears one', async () => {
	const lines = [await watch(`of=${pothole}`), await watch(`of=${khanyisa}`)];
	for (let i = 0; i < 25; i++) streams.beat();
	await soon();
	for (const { heard } of lines) expect(heard().match(/^:$/gm)).toHaveLength(1);
});

test('a phone that reads nothing is let go; those beside it hear everything', async () => {
	const asleep = await watch(`of=${khanyisa}`);
	const awake = await watch(`of=${khanyisa}`);
	asleep.answer.pause();
	const most = 100_000;
	let at = 0;
	while (streams.open === 2 && at < most) {
		for (let i = 0; i < 100; i++) streams.tell({ ...change, thingId: other, at: ++at });
		// Whoever reads keeps up.
		while (!awake.heard().slice(-200).includes(`id: ${at}\n`))
			await new Promise((done) => setImmediate(done));
	}
	expect(at).toBeLessThan(most);
	expect(streams.open).toBe(1);
	expect(awake.heard().match(/^id: /gm)).toHaveLength(at);
});
