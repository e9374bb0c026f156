import { expect, type Page } from '@playwright/test';
import sharp from 'sharp';
import { origin, report, test } from './demo.ts';

const leak = {
	service: 'burst-pipe',
	description: 'Water runs down the street into two yards.',
	place: 'Vlei Street 50'
};
const said = (page: Page, property: string) =>
	page.locator(`head meta[property="og:${property}"]`).getAttribute('content');
const firstOf = async (page: Page, list: string, pattern: RegExp) =>
	pattern.exec(await (await page.request.get(list)).text())![1];

test('a link to an issue, a promise or news says what it is, with a picture', async ({ visit }) => {
	const page = await visit();
	for (const path of [
		`/issues/${await report(page, leak)}`,
		await firstOf(page, '/commitments', /href="(\/commitments\/[\w-]+)"/),
		await firstOf(page, '/news', /href="(\/news\/\d+)"/)
	]) {
		await page.goto(path);
		const address = (await page.locator('head link[rel=canonical]').getAttribute('href'))!;
		// A promise is found under `P-3` too.
		expect(address, path).toBe(origin() + path.replace('/P-', '/'));
		expect(await said(page, 'title'), path).toBe(await page.locator('h1').textContent());
		expect(await said(page, 'url'), path).toBe(address);
		expect((await said(page, 'description'))!.length, path).toBeGreaterThan(10);

		const picture = new URL((await said(page, 'image'))!);
		expect(picture.origin, path).toBe(origin());
		const answer = await page.request.get(picture.href);
		expect(answer.headers()['content-type'], path).toBe('image/png');
		const png = await answer.body();
		expect(await sharp(png).metadata(), path).toMatchObject({
			format: 'png',
			width: 1200,
			height: 630
		});
		// WhatsApp shows none above 300 kB; a page without anything on it would be smaller than 5.
		expect(png.length, path).toBeGreaterThan(5_000);
		expect(png.length, path).toBeLessThan(300_000);
	}
});

test('what is between a resident and the municipality is not offered to be shared', async ({
	visit
}) => {
	const thandi = await visit('resident');
	const secret = await report(thandi, { service: 'food', description: 'He asked for money.' });
	await thandi.goto(`/issues/${secret}`);
	await expect(thandi.getByText('Share this')).toHaveCount(0);
	await expect(thandi.locator('head meta[property^="og:"]')).toHaveCount(0);
	const picture = await thandi.request.get(`/share/picture.png?of=/issues/${secret}`);
	expect(picture.status()).toBe(404);
});

test('without a script: WhatsApp, the address, and a code to scan', async ({ visit }) => {
	const page = await visit();
	const reference = await report(page, leak);
	await page.goto(`/issues/${reference}`);
	await page.getByText('Share this').click();
	const link = page.getByRole('link', { name: 'Send by WhatsApp' });
	const whatsApp = new URL((await link.getAttribute('href'))!);
	expect(whatsApp.origin).toBe('https://wa.me');
	expect(whatsApp.searchParams.get('text')).toContain(page.url());
	await expect(page.getByRole('link', { name: page.url() })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Copy' })).toBeHidden();
	await expect(page.getByRole('button', { name: 'Share' })).toBeHidden();

	const code = page.getByRole('img', { name: 'Code that leads to this page' });
	await expect
		.poll(() => code.evaluate((image: HTMLImageElement) => image.naturalWidth))
		.toBeGreaterThan(0);
	const other = await page.request.get('/share/code.svg?of=/news/1');
	expect(other.headers()['content-type']).toContain('image/svg+xml');
	const own = await page.request.get((await code.getAttribute('src'))!);
	expect(await own.text()).not.toBe(await other.text());
});

test('with a script: the phone’s own sheet, and one tap to copy', async ({ visit }) => {
	const page = await visit(undefined, true);
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.addInitScript(() => {
		navigator.share = async (what) => {
			document.title = `${what?.title} ${what?.url}`;
		};
	});
	const reference = await report(page, leak);
	await page.goto(`/issues/${reference}`);
	await page.getByText('Share this').click();
	await page.getByRole('button', { name: 'Copy' }).click();
	await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
	expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
	const title = await page.locator('h1').textContent();
	await page.getByRole('button', { name: 'Share', exact: true }).click();
	await expect(page).toHaveTitle(`${title} ${page.url()}`);
});
