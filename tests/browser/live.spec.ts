import { expect, test, type Page } from '@playwright/test';

const origin = (page: Page) => new URL(page.url()).origin;
const post = (page: Page, path: string, form: Record<string, string>) =>
	page.request.post(path, { form, headers: { origin: origin(page), accept: 'text/html' } });

async function signIn(page: Page, handle: string) {
	await page.goto('/demo');
	await page.locator(`button[value="${handle}"]`).click();
	await expect(page).not.toHaveURL(/\/demo$/);
}

test('a neighbour with the page open sees what the department does, without touching it', async ({
	page,
	browser
}) => {
	await page.goto('/');
	const reported = await post(page, '/report', {
		service: 'burst-pipe',
		description: 'Water stands in the road by the school gate.',
		place: 'School Street 4',
		ward: '99901007'
	});
	const path = new URL(reported.url()).pathname;

	const neighbour = await (await browser.newContext()).newPage();
	await neighbour.goto(origin(page) + path);
	const state = neighbour.locator('main .pill').first();
	const before = await state.textContent();

	await signIn(page, 'department-officer');
	const answer = await post(page, `/office/cases/${path.split('/').at(-1)}?/next`, {
		what: 'claim',
		words: 'The pipe was replaced.',
		audience: 'public'
	});
	expect(answer.ok()).toBe(true);
	await expect(state).not.toHaveText(before!);
	await expect(neighbour.locator('[data-news]')).toHaveText('Shown as it stands now.');
	await neighbour.context().close();
});

test('whoever is writing is offered the new state, and keeps every letter', async ({
	page,
	browser
}) => {
	await page.goto('/');
	const reported = await post(page, '/report', {
		service: 'burst-pipe',
		description: 'Water comes up through the pavement.',
		place: 'Church Street 9',
		ward: '99901007'
	});
	const path = new URL(reported.url()).pathname;
	const writer = await (await browser.newContext()).newPage();
	await writer.goto(origin(page) + path);
	await writer.evaluate(() => {
		document
			.querySelector('main')!
			.insertAdjacentHTML('beforeend', '<textarea id="mine"></textarea>');
	});
	await writer.locator('#mine').fill('I saw it too');

	await signIn(page, 'department-officer');
	await post(page, `/office/cases/${path.split('/').at(-1)}?/next`, {
		what: 'claim',
		words: 'Done.',
		audience: 'public'
	});
	await expect(writer.locator('[data-news]')).toContainText('This page has changed.');
	await expect(writer.locator('#mine')).toHaveValue('I saw it too');
	await writer.locator('[data-news] a').click();
	await expect(writer.locator('main .pill').first()).toContainText('fixed');
	await writer.context().close();
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

	await page.goto('/');
	const reported = await post(page, '/report', {
		service: 'pothole',
		description: 'A hole as deep as a bucket.',
		place: 'Long Street 77',
		ward: '99901007'
	});
	const reference = new URL(reported.url()).pathname.split('/').at(-1)!;
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
