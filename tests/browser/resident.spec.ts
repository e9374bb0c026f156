import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type Page } from '@playwright/test';

const origin = (page: Page) => new URL(page.url()).origin;
const post = (page: Page, path: string, form: Record<string, string>) =>
	page.request.post(path, { form, headers: { origin: origin(page), accept: 'text/html' } });

async function signIn(page: Page, handle: string) {
	await page.goto('/demo');
	await page.locator(`button[value="${handle}"]`).click();
	await expect(page).not.toHaveURL(/\/demo$/);
}

/** Thandi reports a burst pipe; the page she comes to is its page. */
async function report(page: Page, place: string): Promise<string> {
	const answer = await post(page, '/report', {
		service: 'burst-pipe',
		description: 'Water runs down the street into two yards.',
		place,
		ward: '99901007'
	});
	return new URL(answer.url()).pathname;
}

/** Riaan of Water and Sanitation says that it is done. */
async function claim(browser: Browser, path: string) {
	const context = await browser.newContext({ baseURL: test.info().project.use.baseURL });
	const page = await context.newPage();
	await signIn(page, 'department-officer');
	const answer = await post(page, `/office/cases/${path.split('/').at(-1)}?/next`, {
		what: 'claim',
		words: 'The joint was replaced.',
		audience: 'public'
	});
	expect(answer.ok()).toBe(true);
	await context.close();
}

for (const javaScriptEnabled of [true, false])
	test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
		test.use({ javaScriptEnabled });

		test('Thandi confirms that it is fixed', async ({ page, browser }) => {
			await signIn(page, 'resident');
			const path = await report(page, 'Vlei Street, corner by the clinic');
			await claim(browser, path);
			await page.goto('/');
			const card = page.locator('.ask', { hasText: path.split('/').at(-1) });
			await expect(card).toContainText('The Water and Sanitation team says this was fixed today.');
			await card.getByRole('button', { name: 'Yes, it is fixed' }).click();
			await expect(page).toHaveURL(path);
			await expect(page.locator('main .pill').first()).toHaveText('Fixed, confirmed');
			await expect(page.locator('.deeds li').first()).toContainText('Fixed, says the resident');
		});

		test('Thandi says no, and later opens it again with a reason', async ({ page, browser }) => {
			await signIn(page, 'resident');
			const path = await report(page, 'Mill Road 12');
			await claim(browser, path);
			await page.goto(path);
			await page.getByRole('button', { name: 'No, it is not' }).click();
			await expect(page.locator('main .pill').first()).toHaveText('Received');
			await expect(page.locator('.deeds li').first()).toContainText('Opened again');

			await claim(browser, path);
			await page.reload();
			await page.getByRole('button', { name: 'Yes, it is fixed' }).click();
			await page.getByRole('link', { name: 'It is not fixed: open it again' }).click();
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('Open it again');
			await page.getByLabel('What is still wrong?').fill('It runs again since the night.');
			await page.getByRole('button', { name: 'Open it again' }).click();
			await expect(page).toHaveURL(path);
			await expect(page.locator('.deeds li').first()).toContainText('It runs again');
		});

		test('a neighbour without an account joins, follows, and takes it back', async ({
			page,
			browser
		}) => {
			await signIn(page, 'resident');
			const path = await report(page, 'Sparrow Street');
			const context = await browser.newContext({
				javaScriptEnabled,
				baseURL: test.info().project.use.baseURL
			});
			const neighbour = await context.newPage();
			await neighbour.goto(path);
			await neighbour.getByText('Add my address').click();
			await neighbour.getByLabel('My address').fill('16 Sparrow Street');
			await neighbour.getByRole('button', { name: 'This affects me too' }).click();
			await expect(neighbour.getByText('You said this affects you too.')).toBeVisible();
			await expect(neighbour.locator('.facts')).toContainText('2 households');

			await neighbour.getByText('Tell me when it moves').click();
			await neighbour.getByLabel(/Cell phone number/).fill('call me');
			await neighbour.getByRole('button', { name: 'Tell me', exact: true }).click();
			await expect(neighbour).toHaveTitle(/^Error: /);
			await neighbour.getByLabel(/Cell phone number/).fill('082 000 0999');
			await neighbour.getByRole('button', { name: 'Tell me', exact: true }).click();
			await expect(neighbour.getByRole('status')).toContainText('We will tell you');

			await neighbour.getByRole('button', { name: 'Take that back' }).click();
			await expect(neighbour.getByRole('button', { name: 'This affects me too' })).toBeVisible();
			await context.close();
		});

		test('Thandi takes a report back, giving a reason', async ({ page }) => {
			await signIn(page, 'resident');
			const path = await report(page, 'Ntaba Street 3');
			await page.goto(path);
			await page.getByRole('link', { name: 'Take it back' }).click();
			await page.getByRole('button', { name: 'Take my report back' }).click();
			await expect(page.getByRole('alert')).toContainText('Choose why');
			await page.getByLabel('It was reported by mistake').check();
			await page.getByRole('button', { name: 'Take my report back' }).click();
			await expect(page.locator('main .pill').first()).toHaveText('Taken back');
		});
	});

test('a receipt opens the report on another phone, which can forget it again', async ({
	page,
	browser
}) => {
	await page.goto('/demo');
	const path = await report(page, 'Old Mill bridge');
	await page.goto(path);
	// The redirect already showed the receipt to the request that reported; the phone keeps it.
	const cookies = await page.context().cookies();
	const receipt = cookies.find(({ name }) => name === 'receipts')?.value ?? '';
	const context = await browser.newContext({ baseURL: test.info().project.use.baseURL });
	const other = await context.newPage();
	await other.goto('/mine');
	await other.getByLabel('Your receipt').fill('ABC');
	await other.getByRole('button', { name: 'Open my report' }).click();
	await expect(other.getByRole('alert')).toContainText('No report has this receipt');
	await other.getByLabel('Your receipt').fill(receipt.toLowerCase().replace(/(.{5})/g, '$1 '));
	await other.getByRole('button', { name: 'Open my report' }).click();
	await expect(other).toHaveURL(path);
	await expect(other.getByRole('heading', { name: 'Your report' })).toBeVisible();
	await other.goto('/mine');
	await other.getByRole('button', { name: 'Make this device forget' }).click();
	await expect(other.getByText('Nothing was reported from this device.')).toBeVisible();
	await context.close();
});

test('however a number is typed, it leads to the one address', async ({ page }) => {
	await page.goto('/demo');
	const path = await report(page, 'Aloe Ridge');
	const typed = path.split('/').at(-1)!.toLowerCase().replaceAll('-', ' ');
	await page.goto('/issues');
	await page.getByLabel(/Search/).fill(typed);
	await page.getByRole('button', { name: 'Find' }).click();
	await expect(page).toHaveURL(path);
	await page.goto(path.toLowerCase());
	await expect(page).toHaveURL(path);
	expect((await page.goto('/issues/KHA-26-22222'))?.status()).toBe(404);
});

test('the keyboard alone leads through the page of an issue', async ({ page, browser }) => {
	await page.goto('/demo');
	const path = await report(page, 'Thembeni clinic');
	const context = await browser.newContext({ baseURL: test.info().project.use.baseURL });
	const neighbour = await context.newPage();
	await neighbour.goto(path);
	await neighbour.keyboard.press('Tab');
	await expect(neighbour.getByRole('link', { name: 'Skip to content' })).toBeFocused();
	await neighbour.keyboard.press('Enter');
	const button = neighbour.getByRole('button', { name: 'This affects me too' });
	for (let i = 0; i < 15 && !(await button.evaluate((it) => it === document.activeElement)); i++)
		await neighbour.keyboard.press('Tab');
	await expect(button).toBeFocused();
	await neighbour.keyboard.press('Enter');
	await expect(neighbour.getByText('You said this affects you too.')).toBeVisible();
	await context.close();
});

test.describe('anybody can read it', () => {
	for (const colorScheme of ['light', 'dark'] as const)
		test(`axe finds nothing, ${colorScheme}`, async ({ page, browser }) => {
			// Twelve pages are looked at.
			test.setTimeout(180_000);
			await page.emulateMedia({ colorScheme });
			await signIn(page, 'resident');
			const path = await report(page, 'Vlei Street 40');
			await claim(browser, path);
			for (const address of ['/', '/issues', path, '/mine', '/suggestions', `${path}/fixed`])
				for (const width of [360, 1280]) {
					await page.setViewportSize({ width, height: 800 });
					await page.goto(address);
					const { violations } = await new AxeBuilder({ page }).analyze();
					expect(violations.map(({ id, nodes }) => [address, id, nodes[0].html])).toEqual([]);
					const wide = await page.evaluate(() => document.documentElement.scrollWidth);
					expect(wide, `${address} at ${width}`).toBeLessThanOrEqual(width);
				}
		});
});
