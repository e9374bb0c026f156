import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { atomFeed, tellHub } from '#lib/alerts/server/index.ts';
import { feedChanged } from '#lib/alerts/server/genuine/hub.ts';
import { drainJobs, type Job } from '#lib/platform/server/jobs.ts';
import { settleKhanyisa } from '../../src/demo/khanyisa/index.ts';
import { khanyisa } from '../support/scene.ts';
import { inBothDatabases } from '../support/story.ts';

const heard: string[] = [];
let answer = 202;
const hub = createServer((request, response) => {
	let body = '';
	request.on('data', (part) => (body += part));
	request.on('end', () => {
		heard.push(`${request.method} ${request.headers['content-type']} ${body}`);
		response.writeHead(answer).end();
	});
});
let address: string;
beforeAll(async () => {
	await new Promise<void>((done) => hub.listen(0, '127.0.0.1', done));
	address = `http://127.0.0.1:${(hub.address() as AddressInfo).port}/hub?a=1&b=2`;
});
afterAll(() => hub.close());
afterEach(() => {
	delete process.env.WEBSUB_HUB;
	heard.length = 0;
	answer = 202;
});

inBothDatabases((place) => {
	const tell = async () =>
		tellHub.run(
			{ db: place.db, now: new Date() },
			{ municipalityId: (await khanyisa(place.db)).id }
		);

	test('where the operator named a hub, the feed names it, and the hub is told which feed changed', async () => {
		process.env.WEBSUB_HUB = address;
		const feed = await atomFeed(place.db, await khanyisa(place.db));
		expect(feed).toContain(`<link rel="hub" href="${address.replace('&', '&amp;')}"/>`);
		const [, self] = /rel="self"[^>]* href="([^"]+)"/.exec(feed)!;
		await tell();
		expect(heard).toEqual([
			`POST application/x-www-form-urlencoded ${new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': self })}`
		]);
	});

	test('a change that is undone is told to nobody, one that stands is told once it stands', async () => {
		process.env.WEBSUB_HUB = address;
		const { id } = await khanyisa(place.db);
		const undone = place.db.transaction(async (tx) => {
			await feedChanged(tx, id);
			throw new Error('undone');
		});
		await expect(undone).rejects.toThrow('undone');
		await place.db.transaction((tx) => feedChanged(tx, id));
		await drainJobs(place.db, [tellHub] as unknown as Job[], new Date());
		expect(heard).toHaveLength(1);
	});

	test('a hub that refuses is told again: the job fails', async () => {
		process.env.WEBSUB_HUB = address;
		answer = 503;
		await expect(tell()).rejects.toThrow('503');
	});

	test('without one nobody is named and nobody told', async () => {
		expect(await atomFeed(place.db, await khanyisa(place.db))).not.toContain('rel="hub"');
		await tell();
		expect(heard).toEqual([]);
	});
}, settleKhanyisa);
