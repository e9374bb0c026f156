import { expect } from '@playwright/test';
import { looksWell, report, test } from './demo.ts';

const thembeni = 'bbox=28.4,-33.35,28.75,-33.05';

test.describe('the public map', () => {
	test('without a script: a drawing whose circles are links, and the list beside it', async ({
		visit
	}) => {
		const page = await visit();
		await page.goto('/map');
		await expect(page.getByRole('heading', { level: 1 })).toContainText('on the map of Khanyisa');
		await expect(page.getByRole('button', { name: 'Move and zoom the map' })).toBeHidden();
		await expect(page.locator('#list article').first()).toBeVisible();

		const circle = page.getByRole('link', { name: /reports, zoom in/ }).first();
		const before = Number(/\d+/.exec((await circle.textContent())!)![0]);
		await circle.click();
		await expect(page).toHaveURL(/at=28\.\d+,-33\.\d+,\d+/);
		await expect(page.getByRole('heading', { level: 1 })).toContainText('here');
		expect(before).toBeGreaterThan(1);

		await page.goto('/map?state=claimed&ward=99901007');
		await page.getByRole('link', { name: 'Only the list' }).click();
		await expect(page).toHaveURL(/\/issues\?.*state=claimed/);
		await page.getByRole('link', { name: 'Map', exact: true }).click();
		await expect(page).toHaveURL(/\/map\?.*ward=99901007/);
		await expect(page.getByLabel('How they stand')).toHaveValue('claimed');
	});

	test('by keys alone: open it, zoom into a circle, read a note, go back and follow it', async ({
		visit
	}) => {
		const page = await visit(undefined, true);
		await page.goto('/map?at=28.5136,-33.229,13');
		const open = page.getByRole('button', { name: 'Move and zoom the map' });
		await open.focus();
		await page.keyboard.press('Enter');
		const canvas = page.getByRole('application');
		await expect(canvas).toBeFocused();
		await expect(page.locator('.moving .spot').first()).toBeVisible();

		await page.keyboard.press('+');
		await expect(page).toHaveURL(/(,|%2C)14$/);
		for (let presses = 0; presses < 6; presses++) {
			if ((await page.locator('.pin').count()) > 0) break;
			await page.locator('.circle').first().focus();
			const was = page.url();
			await page.keyboard.press('Enter');
			await expect(page).not.toHaveURL(was);
			await expect(page.locator('.moving .spot').first()).toBeVisible();
		}
		const pin = page.locator('.pin').first();
		await pin.focus();
		await page.keyboard.press('Enter');
		const link = page.locator('.note a');
		await expect(link).toBeFocused();
		await page.keyboard.press('Escape');
		await expect(link).toBeHidden();
		await expect(pin).toBeFocused();
		await page.keyboard.press('Enter');
		await expect(link).toBeFocused();
		await page.keyboard.press('Enter');
		await expect(page).toHaveURL(/\/issues\/KHA-/);
	});

	test('what is between a resident and the municipality is in no answer', async ({ visit }) => {
		const page = await visit('resident');
		const total = async () =>
			(await (await page.request.get(`/map/data?${thembeni}&zoom=9&state=all`)).json()).total;
		const before = await total();
		const at = { lat: '-33.2301', lon: '28.5099' };
		await report(page, { ...at, service: 'street-light', description: 'Dark at the very end.' });
		expect(await total()).toBe(before + 1);
		const secret = await report(page, {
			...at,
			service: 'food',
			description: 'He asked for money at the very end.'
		});
		expect(await total()).toBe(before + 1);
		for (const zoom of [4, 9, 13, 16]) {
			const address = `/map/data?bbox=28.5098,-33.2302,28.51,-33.23&zoom=${zoom}&state=all`;
			for (const more of ['', '&q=money', '&service=food', '&ward=99901007']) {
				const answer = await (await page.request.get(address + more)).text();
				expect(answer).not.toContain(secret);
				expect(answer).not.toContain('money');
			}
		}
	});

	test('nonsense is refused with a reason, the rest is answered', async ({ visit }) => {
		const page = await visit();
		for (const [query, field] of [
			['', 'bbox'],
			['bbox=NaN,1,2,3&zoom=9', 'bbox'],
			['bbox=28,-33,29,-34&zoom=9', 'bbox'],
			['bbox=28,-34,29,-33&zoom=x', 'zoom']
		]) {
			const answer = await page.request.get(`/map/data?${query}`);
			expect(answer.status(), query).toBe(400);
			expect((await answer.json()).field, query).toBe(field);
		}
		for (const query of ['bbox=-180,-90,180,90&zoom=22', 'bbox=170,-34,-170,-33&zoom=9']) {
			const answer = await page.request.get(`/map/data?${query}`);
			expect(answer.status(), query).toBe(200);
			const etag = answer.headers().etag;
			const again = await page.request.get(`/map/data?${query}`, {
				headers: { 'if-none-match': etag }
			});
			expect(again.status()).toBe(304);
		}
		expect((await page.request.get('/map?at=NaN,7,99')).status()).toBe(200);
	});

	test('weighs little until it is opened, and no more than 45 kB then', async ({ visit }) => {
		const page = await visit(undefined, true);
		const sizes: Array<{ url: string; bytes: number }> = [];
		page.on('requestfinished', async (request) => {
			const { responseBodySize } = await request.sizes();
			sizes.push({ url: request.url(), bytes: responseBodySize });
		});
		const weight = (part: RegExp) =>
			sizes.filter(({ url }) => part.test(url)).reduce((sum, { bytes }) => sum + bytes, 0);
		await page.goto('/map', { waitUntil: 'networkidle' });
		expect(weight(/\/map$|\.css|_app/)).toBeLessThan(16_000);
		expect(weight(/moving-map/)).toBe(0);
		await page.getByRole('button', { name: 'Move and zoom the map' }).click();
		await expect(page.getByRole('application')).toBeVisible();
		await expect(page.locator('.moving .spot').first()).toBeVisible();
		expect(weight(/moving-map/)).toBeGreaterThan(10_000);
		expect(weight(/moving-map/)).toBeLessThan(45_000);
	});

	for (const colorScheme of ['light', 'dark'] as const)
		for (const width of [360, 1280])
			test(`looks well, still and moving, at ${width} in the ${colorScheme}`, async ({
				browser
			}) => {
				const context = await browser.newContext({
					colorScheme,
					viewport: { width, height: 900 }
				});
				const page = await context.newPage();
				await looksWell(page, ['/map', '/map?at=28.5136,-33.229,15', '/map?q=water']);
				await page.goto('/map');
				await page.getByRole('button', { name: 'Move and zoom the map' }).click();
				await expect(page.locator('.moving .spot').first()).toBeVisible();
				await context.close();
			});
});
