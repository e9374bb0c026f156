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
	streams = new Streams();
	server = createServer((request, response) => streams.answer(request, response));
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
});
afterEach(() => {
	open.splice(0).forEach((stream) => stream.destroy());
	server.close();
});

/** Opens a stream; the answer gathers what it hears. */
const watch = (query: string, headers: Record<string, string> = {}) =>
	new Promise<{ status: number; heard: () => string }>((ready) => {
		const { port } = server.address() as AddressInfo;
		get({ port, host: '127.0.0.1', path: `/live?${query}`, headers }, (response) => {
			open.push(response);
			let text = '';
			response.on('data', (chunk) => {
				text += chunk;
				ready({ status: response.statusCode!, heard: () => text });
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
