import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, type Page } from '@playwright/test';
import sharp from 'sharp';
import { serveImbizo, type Served } from '../../bench/served.ts';
import { makeCertificate } from '../support/certificate.ts';
import { test } from './demo.ts';

const credit = 'The surveyor of Khanyisa';

/** Somebody else's tile server: pictures of one colour, over https, that remembers who asked for what. */
async function openTileServer() {
	const certificate = makeCertificate('DNS:localhost');
	const tile = await sharp({
		create: { width: 256, height: 256, channels: 3, background: '#2f9e8f' }
	})
		.png()
		.toBuffer();
	const asked: Array<{ path: string; from: string }> = [];
	const server = createServer(certificate, ({ url = '', headers }, answer) => {
		asked.push({ path: url, from: headers.referer ?? '' });
		const found = /^\/\d+\/\d+\/\d+\.png$/.test(url);
		answer.writeHead(found ? 200 : 404, {
			'content-type': 'image/png',
			'cache-control': 'no-store'
		});
		answer.end(found ? tile : '');
	});
	const listen = async (port: number) => {
		server.listen(port, '127.0.0.1');
		await once(server, 'listening');
		return (server.address() as AddressInfo).port;
	};
	const port = await listen(0);
	return {
		address: `https://localhost:${port}/{z}/{x}/{y}.png`,
		origin: `https://localhost:${port}`,
		asked,
		die: async () => {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
		rise: () => listen(port),
		remove: certificate.remove
	};
}

const spotOf = (address: string) => new URL(address).searchParams.get('at')!.split(',').map(Number);

/** The colour that most of the map has, as it is seen: a page may not read pictures of another site. */
async function colourOf(page: Page): Promise<number[]> {
	const shot = await page.locator('.moving').screenshot();
	const { data } = await sharp(shot).removeAlpha().raw().toBuffer({ resolveWithObject: true });
	const counts = new Map<number, number>();
	for (let i = 0; i < data.length; i += 3) {
		const colour = data.readUIntBE(i, 3);
		counts.set(colour, (counts.get(colour) ?? 0) + 1);
	}
	const [[most]] = [...counts].sort(([, a], [, b]) => b - a);
	return [most >> 16, (most >> 8) & 255, most & 255];
}

test.describe('a tile server of somebody else', () => {
	let tiles: Awaited<ReturnType<typeof openTileServer>>;
	let imbizo: Served;

	test.beforeAll(async () => {
		test.setTimeout(300_000);
		tiles = await openTileServer();
		imbizo = await serveImbizo({ TILE_URL: tiles.address, TILE_CREDIT: credit });
	});
	test.afterAll(async () => {
		await imbizo?.stop();
		await tiles?.die().catch(() => {});
		tiles?.remove();
	});

	test('draws its streets; when it dies the map is drawn as without, and comes back with it', async ({
		browser
	}) => {
		const context = await browser.newContext({ ignoreHTTPSErrors: true });
		const page = await context.newPage();
		const faults: Error[] = [];
		page.on('pageerror', (fault) => faults.push(fault));
		const home = `http://localhost:${imbizo.port}`;
		const answer = await page.goto(`${home}/map?state=all&at=28.5136,-33.229,14`);
		expect(answer?.headers()['content-security-policy']).toContain(`img-src ${tiles.origin} `);
		expect(tiles.asked).toEqual([]);

		await page.getByRole('button', { name: 'Move and zoom the map' }).click();
		const [moving, tile] = [page.locator('.moving'), page.locator('img.leaflet-tile-loaded')];
		await expect(tile.first()).toBeVisible();
		await expect(moving).toHaveClass(/streets/);
		await expect(page.locator('.moving .spot').first()).toBeVisible();
		await expect(page.locator('.credit')).toHaveText(credit);
		expect(await colourOf(page)).toEqual([0x2f, 0x9e, 0x8f]);
		// It learns from which site the question comes, and nothing of what is looked for there.
		expect(new Set(tiles.asked.map(({ from }) => from))).toEqual(new Set([`${home}/`]));
		for (const { path } of tiles.asked) expect(path).toMatch(/^\/14\/9\d{3}\/9\d{3}\.png$/);

		await tiles.die();
		await page.keyboard.press('-');
		await expect.poll(() => spotOf(page.url())[2]).toBe(13);
		await expect(moving).not.toHaveClass(/streets/);
		await expect(page.locator('.g-road').first()).not.toHaveCSS('display', 'none');
		await expect(page.locator('.moving .spot').first()).toBeVisible();
		await expect(page.locator('#list a[href^="/issues/KHA-"]').first()).toBeVisible();
		await page.reload();
		await expect(page.locator('#list a[href^="/issues/KHA-"]').first()).toBeVisible();
		await page.getByRole('button', { name: 'Move and zoom the map' }).click();
		await expect(page.locator('.moving .spot').first()).toBeVisible();
		await expect(page.locator('.g-ward').first()).toBeAttached();

		await tiles.rise();
		await page.keyboard.press('-');
		await expect.poll(() => spotOf(page.url())[2]).toBe(12);
		await expect(moving).toHaveClass(/streets/);
		expect(faults).toEqual([]);
		await context.close();
	});

	test('lies under the pin of a report as well, which needs none of it', async ({ browser }) => {
		const context = await browser.newContext({ ignoreHTTPSErrors: true });
		const page = await context.newPage();
		const open = async () => {
			await page.goto(`http://localhost:${imbizo.port}/report?service=pothole`);
			await page.locator('.pin button').nth(1).click();
			await expect(page.locator('.pin-map .leaflet-interactive').first()).toBeAttached();
		};
		await open();
		await expect(page.locator('img.leaflet-tile-loaded').first()).toBeVisible();
		await tiles.die();
		await open();
		await expect(page.locator('img.leaflet-tile-loaded')).toHaveCount(0);
		await tiles.rise();
		await context.close();
	});
});
