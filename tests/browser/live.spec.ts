import { expect, type Page } from '@playwright/test';
import { origin, report, signIn, test } from './demo.ts';

const leak = (place: string) => ({
	service: 'burst-pipe',
	description: 'Water stands in the road by the school gate.',
	place
});

/** Riaan of Water and Sanitation says that it is done. */
async function claim(page: Page, reference: string) {
	await signIn(page, 'department-officer');
	const answer = await page.request.post(`/office/cases/${reference}?/next`, {
		form: { what: 'claim', words: 'The pipe was replaced.', audience: 'public' },
		headers: { origin: origin(), accept: 'text/html' }
	});
	expect(answer.ok()).toBe(true);
}

test('a neighbour with the page open sees what the department does, without touching it', async ({
	page,
	visit
}) => {
	const reference = await report(page, leak('School Street 4'));
	const neighbour = await visit(undefined, true);
	await neighbour.goto(`/issues/${reference}`);
	const state = neighbour.locator('main .pill').first();
	const before = await state.textContent();

	await claim(page, reference);
	await expect(state).not.toHaveText(before!);
	await expect(neighbour.locator('[data-news]')).toHaveText('Shown as it stands now.');
});

test('whoever is writing is offered the new state, and keeps every letter', async ({
	page,
	visit
}) => {
	const reference = await report(page, leak('Church Street 9'));
	const writer = await visit(undefined, true);
	await writer.goto(`/issues/${reference}`);
	await writer.evaluate(() => {
		document
			.querySelector('main')!
			.insertAdjacentHTML('beforeend', '<textarea id="mine"></textarea>');
	});
	await writer.locator('#mine').fill('I saw it too');

	await claim(page, reference);
	await expect(writer.locator('[data-news]')).toContainText('This page has changed.');
	await expect(writer.locator('#mine')).toHaveValue('I saw it too');
	await writer.locator('[data-news] a').click();
	await expect(writer.locator('main .pill').first()).toContainText('fixed');
});

test('a page that many read is kept, in every packing and language, and dropped by a deed', async ({
	page,
	playwright,
	baseURL
}) => {
	const stranger = await playwright.request.newContext({ baseURL });
	const read = (headers: Record<string, string> = {}) => stranger.get('/issues', { headers });
	const first = await read();
	const again = await read();
	expect(again.headers().vary).toBe('cookie, accept-language, accept-encoding');
	expect(again.headers()['x-kept']).toBe('1');
	expect(again.headers().etag).toBe(first.headers().etag);
	expect(await again.text()).toBe(await first.text());
	expect(await (await read({ 'accept-encoding': 'identity' })).text()).toBe(await first.text());
	expect(await (await read({ 'accept-encoding': 'gzip' })).text()).toBe(await first.text());
	expect((await read({ 'if-none-match': again.headers().etag })).status()).toBe(304);
	expect(await (await read({ 'accept-language': 'zu' })).text()).toContain('lang="zu"');
	expect(again.headers()['set-cookie']).toBeUndefined();
	expect(await again.text()).not.toMatch(/name="deed"/);

	const reference = await report(page, {
		service: 'pothole',
		description: 'A hole as deep as a bucket.',
		place: 'Long Street 77'
	});
	await expect.poll(async () => (await read()).text()).toContain(reference);
	await stranger.dispose();
});

test('a phone without signal says which ward it is in', async ({ browser, baseURL }) => {
	const context = await browser.newContext({
		baseURL,
		permissions: ['geolocation'],
		geolocation: { latitude: -33.2, longitude: 28.5, accuracy: 20 }
	});
	const page = await context.newPage();
	await page.goto('/wards');
	await page.waitForFunction(() => caches.match('/wards/lines?m=KHA').then(Boolean));
	await page.waitForLoadState('networkidle');
	const online = await page.request.get('/wards?lat=-33.2&lon=28.5&accuracy=20');
	const [, ward] = /<h1[^>]*>[^<]*?(\d+)/.exec(await online.text())!;

	await context.setOffline(true);
	await page.locator('button[data-here]').click();
	await expect(page.locator('#here-said')).toContainText(`Ward ${ward}`);
	await context.close();
});
